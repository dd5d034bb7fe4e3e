"""Points of a chart that coincide: every one is in one sign, in order, and reached from the one before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from layers.text import same
from puc_tool.scenarios.scenario_chart import Point
from ui.scenarios.clusters import clustered


def points(places: list[tuple[int, int]]) -> list[Point]:
    return [Point(f"s{at}", same(f"S{at}"), float(x), float(y), is_dominated=False) for at, (x, y) in enumerate(places)]


def at(point: Point) -> QPointF:
    return QPointF(point.x, point.y)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=12))
def test_that_every_point_is_in_one_sign_and_signs_lie_apart(places):
    found = clustered(points(places), at)
    assert sorted(each.scenario for one in found for each in one.points) == sorted(f"s{n}" for n in range(len(places)))
    assert all((one.at - other.at).manhattanLength() >= 3 for one in found for other in found if one is not other)
    assert all((at(each) - one.at).manhattanLength() < 3 for one in found for each in one.points)


def test_that_clicks_go_round_all_of_a_sign():
    [cluster] = clustered(points([(5, 5), (5, 5), (6, 5)]), at)
    assert [each.it for each in cluster.titles] == ["S0", "S1", "S2"]
    assert [cluster.after(each) for each in ("base", "s0", "s1", "s2")] == ["s0", "s1", "s2", "s0"]
