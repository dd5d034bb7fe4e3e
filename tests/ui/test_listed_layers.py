"""The layers of the list without Qt: their headings, their places there, numbers that stay their own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from layers import roles
from layers.reference import LayerRef
from ui.panels.layer_groups import BY_ORDER, BY_THEME
from ui.panels.listed_layers import ListedLayers


def entry(role, year: int | None = None):
    ref = LayerRef(role.id, "a.gpkg", year=year)
    return SimpleNamespace(ref=ref, intake=SimpleNamespace(role=role, ref=ref))


BOUNDARY, UNITS, OLD, ZONES = (
    entry(roles.BOUNDARY),
    entry(roles.NEIGHBOURHOODS),
    entry(roles.LAND_USE, 2012),
    entry(roles.ZONING),
)


@pytest.fixture
def session():
    return SimpleNamespace(entries=(BOUNDARY, ZONES, UNITS, OLD))


@pytest.fixture
def listed(session) -> ListedLayers:
    made = ListedLayers(session)
    for each in session.entries:
        made.note(each.ref.key)
    return made


def heading_of(role) -> int:
    return next(place for place, group in enumerate(BY_THEME.groups, 1) if role in group.roles)


def test_that_each_layer_stands_under_the_heading_of_its_role_in_the_session_s_order(listed):
    assert listed.under(heading_of(roles.BOUNDARY)) == [0, 2]
    assert listed.under(heading_of(roles.ZONING)) == [1]
    assert [listed.heading(row) for row in listed.all] == [1, 4, 1, 2]


def test_that_results_stand_under_the_first_heading_by_rows_below_zero(listed):
    listed.results = (SimpleNamespace(theme=SimpleNamespace(id="a")), SimpleNamespace(theme=SimpleNamespace(id="b")))
    assert listed.under(0) == [-1, -2]
    assert [listed.key(row) for row in listed.under(0)] == ["a", "b"]
    assert (listed.heading(-2), listed.row(-2), listed.row(-3)) == (0, -2, None)


def test_that_every_layer_is_under_one_heading_whatever_the_headings_are(listed):
    for grouping in (BY_THEME, BY_ORDER):
        listed.grouping = grouping
        every = [row for heading in range(len(grouping.groups) + 1) for row in listed.under(heading)]
        assert sorted(every) == [0, 1, 2, 3]


def test_that_a_number_stays_a_layer_s_own_when_it_moves_goes_and_comes_back(session, listed):
    number = listed.number(1)
    session.entries = (ZONES, BOUNDARY, UNITS)
    assert listed.row(number) == 0
    session.entries = (BOUNDARY, UNITS)
    assert listed.row(number) is None
    session.entries = (BOUNDARY, UNITS, ZONES)
    listed.note(ZONES.ref.key)
    assert (listed.row(number), listed.number(2)) == (2, number)


def test_that_layers_above_are_counted_under_one_heading_alone(listed):
    assert listed.above(heading_of(roles.BOUNDARY), 3) == 2
    assert listed.above(heading_of(roles.BOUNDARY), 1) == 1
    assert listed.above(heading_of(roles.ZONING), 1) == 0
