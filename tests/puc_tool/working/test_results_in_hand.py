"""Which results stand on the screen: those that count, what is tried, or those that count no longer."""

from __future__ import annotations

import pytest

from analyses.soil_consumption import SOIL_CONSUMPTION
from puc_tool.figures.found_results import Results
from puc_tool.working.old_results import OF_OTHER_DATA, Old
from puc_tool.working.results_in_hand import ResultsInHand


def of(*years: int) -> Results:
    return Results(SOIL_CONSUMPTION, (), (), years)


@pytest.fixture
def hand() -> ResultsInHand:
    return ResultsInHand()


def test_that_old_results_are_seen_only_where_there_are_none_that_count(hand):
    old = Old(of(2012), OF_OTHER_DATA)
    hand.put(None, old)
    assert (hand.shown, hand.old_shown, hand.looked_at) == (old.results, old, None)
    hand.put(of(2023), old)
    assert (hand.shown, hand.old_shown) == (of(2023), None)


def test_that_what_is_tried_is_looked_at_and_the_results_stay(hand):
    hand.put(of(2023))
    hand.show_tried(of(2012))
    assert (hand.looked_at, hand.results) == (of(2012), of(2023))
    hand.show_tried(None)
    assert hand.looked_at == of(2023)


def test_that_what_is_tried_is_told_once(hand):
    told = []
    hand.tried_changed.connect(lambda: told.append(hand.tried))
    tried = of(2012)
    hand.show_tried(tried)
    hand.show_tried(tried)
    assert told == [tried]


def test_that_other_results_end_what_was_tried(hand):
    hand.show_tried(of(2012))
    hand.put(of(2023))
    assert hand.looked_at == of(2023)
