"""The pickers over two compared maps: their names are read whole where there is any room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from ui.map.comparison_bar import ComparisonBar

YEARS = ["Consumo di suolo (ISPRA) 2012", "Consumo di suolo (ISPRA) 2024"]


@pytest.fixture
def bar(qtbot, look) -> ComparisonBar:
    ground = QWidget()
    qtbot.addWidget(ground)
    bar = ComparisonBar(ground, look, "it")
    bar.offer(YEARS, (0, 1), is_curtain=False)
    bar.kept_alive = ground
    return bar


@pytest.mark.parametrize("width", [440, 600, 1200])
def test_that_two_long_names_are_read_whole_and_the_bar_stays_within_the_map(bar, width):
    bar.fit(width)
    assert bar.left.width() >= bar.left.sizeHint().width()
    assert bar.right.width() >= bar.right.sizeHint().width()
    assert bar.width() <= width


def test_that_a_map_too_narrow_for_a_name_still_holds_the_bar(bar):
    bar.fit(260)
    assert bar.width() <= 260


def test_that_pickers_that_were_empty_before_are_laid_side_by_side_whole(bar):
    bar.offer([], (-1, -1), is_curtain=True)
    bar.fit(1200)
    bar.offer(YEARS, (0, 1), is_curtain=True)
    bar.fit(1200)
    bar.parentWidget().show()
    bar.show()
    assert bar.left.geometry().right() < bar.right.geometry().left()
    assert bar.right.geometry().right() < bar.way.geometry().left()
