"""Where a map looks: at everything until somebody moves it, and then on at the same place."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QResizeEvent

from ui.map.looking import Looking

COMMUNE = SimpleNamespace(bounds=(0.0, 0.0, 1_000.0, 500.0), reach=(-1_000.0, -1_000.0, 2_000.0, 1_500.0))


class Map(Looking):
    def __init__(self) -> None:
        super().__init__()
        self.known, self.settled = None, 0

    @property
    def ground(self):
        return self.known

    def settle(self) -> None:
        self.settled += 1


@pytest.fixture
def looking(qtbot) -> Map:
    made = Map()
    qtbot.addWidget(made)
    made.resize(448, 448)
    return made


def resized(looking: Map, width: int, height: int) -> None:
    before = looking.size()
    looking.resize(width, height)
    # A widget that is not shown hears of its size only once it is.
    looking.resizeEvent(QResizeEvent(looking.size(), before))


def test_that_a_map_of_unknown_ground_looks_nowhere(looking):
    looking.fit()
    looking.zoom(2.0)
    looking.move_by(QPointF(1, 1))
    assert (looking.view, looking.settled) == (None, 0)


def test_that_the_whole_commune_fits_and_goes_on_to_when_the_size_changes(looking):
    looking.known = COMMUNE
    looking.fit()
    # 1000 m on 448 px less two margins of 24 px.
    assert looking.view.metres == pytest.approx(2.5)
    resized(looking, 248, 448)
    assert looking.view.metres == pytest.approx(5.0)
    assert looking.is_fitted


def test_that_who_has_moved_the_map_keeps_the_middle_and_the_scale(looking):
    looking.known = COMMUNE
    looking.fit()
    looking.go_to(300.0, 200.0)
    looking.zoom(2.0)
    resized(looking, 300, 200)
    assert (looking.view.x, looking.view.y, looking.view.metres) == pytest.approx((300.0, 200.0, 1.25))
    assert not looking.is_fitted


def test_that_each_look_is_told_and_asks_for_a_sharp_picture(looking):
    looking.known = COMMUNE
    told = []
    looking.looked.connect(told.append)
    looking.fit()
    looking.move_by(QPointF(10, 0))
    assert told[-1] == looking.view
    assert (len(told), looking.settled) == (2, 2)
