"""A chart of three points on one sheet: what is drawn, what the tags of the page say."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import numpy as np
import pikepdf
import pytest

from layers.text import Text, same
from puc_tool.maps.chart import SIZE_MM, picture
from puc_tool.maps.panel import PANEL_MM, Axis, Chart, LongTable, Panel, PlainTable, Points
from puc_tool.maps.render import render
from puc_tool.maps.style import Mark

GREY, DARK = Mark("dot", "#9a9fa4", 2.2), Mark("dot", "#0a626b", 2.6)
DATA = PlainTable(
    (same(""), Text("Scenario", "Scenario"), Text("Alloggi", "Homes")),
    ((same("A"), same("Primo"), same("10")), (same("B"), same("Secondo"), same("20"))),
    lefts=2,
    wide=(1,),
)


def chart(places=((10.0, 1.0), (20.0, 3.0))):
    return Chart(
        title=Text("Confronto", "Comparison"),
        across=Axis(Text("Alloggi", "Homes"), 0),
        up=Axis(Text("Verde", "Green"), 1),
        points=(Points(Text("migliore", "better"), DARK, places[1:], ("B",) * (len(places) - 1)),
                Points(Text("peggiore", "worse"), GREY, places[:1], ("A",))),
        alt=Text("Grafico di prova.", "Chart of a test."),
        data=DATA,
    )  # fmt: skip


PANEL = Panel(chart(), LongTable(Text("Formule", "Formulas"), DATA, "formulas.csv"))


def words(svg):
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg.decode())


def test_that_axes_signs_and_letters_are_real_text_in_the_language_asked_for():
    found = words(picture(chart(), "en"))
    assert {"Homes", "Green", "better", "worse", "A", "B"} <= set(found)
    assert "Alloggi" in words(picture(chart(), "it"))


def test_that_more_stands_farther_right_and_higher():
    svg = picture(chart(), "it").decode()
    at = {
        letter: (int(x), int(y))
        for x, y, letter in re.findall(r'<text x="(-?\d+)" y="(-?\d+)" [^>]*>([AB])</text>', svg)
    }
    assert at["B"][0] > at["A"][0]
    assert at["B"][1] < at["A"][1]


def test_that_no_two_ticks_print_one_number():
    ticks = [word for word in words(picture(chart(((0.0, 1.0), (2.0, 3.0))), "it")) if re.fullmatch(r"-?[\d.,]+", word)]
    across = [word for word in ticks if "," not in word]
    assert len(across) == len(set(across))


@pytest.mark.parametrize("places", [((5.0, 5.0),), ((5.0, 5.0), (5.0, 9.0)), ((-3.0, 0.0), (0.0, 0.0))])
def test_that_points_on_one_line_or_one_place_are_drawn_within_the_picture(places):
    svg = picture(chart(places), "it").decode()
    assert "nan" not in svg
    at = np.array(re.findall(r'<text x="(-?\d+)" y="(-?\d+)" [^>]*>[AB]</text>', svg), dtype=float) / 100.0
    assert ((at >= 0.0) & (at <= SIZE_MM)).all()


def test_that_the_same_chart_gives_the_same_bytes():
    assert picture(chart(), "it") == picture(chart(), "it")


def test_that_a_row_without_a_cell_for_each_column_is_refused():
    with pytest.raises(ValueError, match="one cell for each column"):
        PlainTable((same("a"), same("b")), ((same("1"),),))


def test_that_the_page_tags_the_chart_with_its_words_and_its_numbers_as_a_table(sheet):
    wide = replace(sheet, table=None, panel=PANEL, map=replace(sheet.map, panel_mm=PANEL_MM))
    drawn = render(wide)
    assert "sheet-panel-left-out" not in {problem.code for problem in drawn.problems}
    with pikepdf.open(io.BytesIO(drawn.files["pdf"])) as pdf:
        kinds, alts = tags(pdf.Root.StructTreeRoot.K)
    assert "Grafico di prova." in alts
    # Two tables, each with a head of three cells and two rows of three; the table of the map is left out here.
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 6
    assert kinds.count("/TD") == 12


def tags(nodes):
    """Return the kinds of all elements of the structure tree, and the alternative texts."""
    kinds, alts = [], []
    for node in nodes if isinstance(nodes, pikepdf.Array) else [nodes]:
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            kinds.append(str(node.S))
            alts += [str(node.Alt)] if "/Alt" in node else []
            below = tags(node.K) if "/K" in node else ([], [])
            kinds, alts = kinds + below[0], alts + below[1]
    return kinds, alts
