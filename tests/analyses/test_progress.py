import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.progress import Cancelled, part_of, tracked
from layers.text import Text

COUNTING = Text("Conto", "Counting")


def cancel_at(limit):
    def report(share, message):
        if share >= limit:
            raise Cancelled

    return report


def test_that_each_item_is_told_before_it_is_handed_out_and_the_end_once():
    log = []
    for item in tracked("abcd", lambda share, message: log.append((share, message)), COUNTING):
        log.append(item)  # noqa: PERF402 (what is told in between lands in the same list)
    # Four items: a quarter of the way more at each.
    assert log == [
        (0.0, COUNTING), "a", (0.25, COUNTING), "b", (0.5, COUNTING), "c", (0.75, COUNTING), "d", (1.0, COUNTING),
    ]  # fmt: skip


def test_that_nothing_to_do_is_done():
    told = []
    assert list(tracked([], lambda share, message: told.append(share), COUNTING)) == []
    assert told == [1.0]


def test_that_no_item_is_handed_out_after_the_cancellation():
    seen = []

    def look_at_all():
        for item in tracked([1, 2, 3, 4], cancel_at(0.5), COUNTING):
            seen.append(item)  # noqa: PERF402 (what was seen until the cancellation is the point)

    with pytest.raises(Cancelled):
        look_at_all()
    assert seen == [1, 2]


def test_that_a_part_of_a_report_fills_its_share_only():
    told = []
    half = part_of(lambda share, message: told.append(share), 0.5, 1.0)
    for share in (0.0, 0.5, 1.0):
        half(share, COUNTING)
    assert told == [0.5, 0.75, 1.0]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_that_parts_of_parts_stay_within_the_whole(low, high, inner, share):
    low, high = sorted((low, high))
    told = []
    outer = part_of(lambda share, message: told.append(share), low, high)
    part_of(outer, 0.0, inner)(share, COUNTING)
    assert low <= told[0] <= high + 1e-12


def test_that_a_part_passes_the_cancellation_on():
    with pytest.raises(Cancelled):
        part_of(cancel_at(0.7), 0.5, 1.0)(0.5, COUNTING)
