"""A waterfall of two parts, 0.5 of 0.6 and 0.2 of 0.4: where bars stand, and what is written beside them."""

from __future__ import annotations

import re

import pytest

from layers.text import Text, same
from puc_tool.maps.panel import PANEL_MM, Axis, PlainTable, Step, Waterfall
from puc_tool.maps.panel_page import picture, size_mm
from puc_tool.maps.waterfall import fitting

DATA = PlainTable((Text("Criterio", "Criterion"), Text("dà", "gives")), ((same("x"), same("1")),))
WORDS = re.compile(r'<text x="(-?\d+)" y="(-?\d+)" [^>]*>([^<]*)</text>')


def chart(*steps):
    given = sum(step.amount for step in steps)
    return Waterfall(Text("Titolo", "Title"), Axis(Text("Punteggio", "Score"), 2), steps, given,
                     Text("Totale", "Total"), Text("dato", "given"), Text("al massimo", "at most"),
                     Text("Prova.", "Test."), DATA)  # fmt: skip


TWO = chart(Step(Text("pendenza", "slope"), 0.5, 0.6), Step(Text("acqua", "water"), 0.2, 0.4))


def at(svg, words):
    return next((int(x), int(y)) for x, y, said in WORDS.findall(svg) if said == words)


def test_that_each_part_has_a_row_in_its_order_and_the_total_the_last():
    svg = picture(TWO, "en").decode()
    slope, water, total = (at(svg, words)[1] for words in ("slope", "water", "Total"))
    assert slope < water < total
    assert total - water == pytest.approx(water - slope, rel=0.05)


def test_that_the_total_is_written_where_its_bar_ends():
    svg = picture(TWO, "en").decode()
    none, whole = at(svg, "0.00")[0], at(svg, "1.00")[0]
    assert at(svg, "0.70")[0] == pytest.approx(none + 0.7 * (whole - none), rel=0.05)


def test_that_a_part_of_nothing_has_a_row_all_the_same():
    svg = picture(chart(Step(Text("pendenza", "slope"), 0.0, 0.6), Step(Text("acqua", "water"), 0.2, 0.4)), "it")
    assert {"pendenza", "acqua"} <= {said for _, _, said in WORDS.findall(svg.decode())}


def test_that_it_is_as_high_as_its_rows():
    (width, two), (_, one) = size_mm(TWO), size_mm(chart(TWO.steps[0]))
    assert width == PANEL_MM
    assert two > one


def test_that_words_too_long_for_their_room_end_in_dots():
    assert fitting("pendenza") == "pendenza"
    assert fitting("un criterio dal nome che non finisce mai " * 3).endswith("…")


def test_that_the_same_waterfall_gives_the_same_bytes():
    assert picture(TWO, "it") == picture(TWO, "it")
