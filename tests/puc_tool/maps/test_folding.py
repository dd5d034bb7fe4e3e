"""Folding to A4: the title block lies in front, the binding margin stays free."""

from __future__ import annotations

import itertools

import pytest

from puc_tool.maps.folding import folds_across, folds_up
from puc_tool.maps.frame import BINDING_MM, MARGIN_MM, paper


def panels(name: str) -> list[float]:
    sheet = paper(name)
    edges = [0.0, *folds_across(sheet.width_mm, sheet.height_mm), sheet.width_mm]
    return [right - left for left, right in itertools.pairwise(edges)]


@pytest.mark.parametrize("name", ["A0", "A1", "A2", "A3"])
def test_that_a_folded_sheet_is_as_wide_as_an_a4_and_shows_its_right_edge(name):
    # Panels go to and fro: an odd number of them ends on top, face up, at 210 mm from the binding edge.
    widths = panels(name)
    turns = list(itertools.accumulate(width if place % 2 == 0 else -width for place, width in enumerate(widths)))
    assert len(widths) % 2 == 1
    assert turns[-1] == pytest.approx(210.0)
    assert max(turns) == pytest.approx(210.0)


@pytest.mark.parametrize("name", ["A0", "A1", "A2", "A3"])
def test_that_no_panel_but_the_first_covers_the_binding_margin(name):
    # A3: 125 out, 105 back to 20 mm; the holes of the binder lie in the first 20 mm.
    widths = panels(name)
    turns = [0.0, *itertools.accumulate(width if place % 2 == 0 else -width for place, width in enumerate(widths))]
    assert min(turns[1:]) >= 18.0


@pytest.mark.parametrize("name", ["A0", "A1", "A2", "A3"])
def test_that_the_column_with_the_title_block_is_on_the_front_panel(name):
    assert panels(name)[-1] >= paper(name).column_mm + MARGIN_MM - 0.001
    assert panels(name)[0] > BINDING_MM


@pytest.mark.parametrize(
    ("name", "folds"), [("A0", (247.0, 544.0)), ("A1", (297.0,)), ("A2", (123.0,)), ("A3", ()), ("A4", ())]
)
def test_that_a_sheet_folds_up_every_297_mm_from_its_foot(name, folds):
    # A0: 841 − 297 = 544, 544 − 297 = 247 mm from the upper edge
    assert folds_up(paper(name).height_mm) == folds


def test_that_a4_and_a_paper_of_no_standard_do_not_fold_across():
    assert folds_across(297.0, 210.0) == folds_across(300.0, 200.0) == ()
