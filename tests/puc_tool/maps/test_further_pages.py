"""A sheet with more to say than one page of the hand holds goes on: whole tables, key figures, tags and marks."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from layers.text import Text, same
from puc_tool.maps.panel import LongTable, Panel, PlainTable
from puc_tool.maps.render import Rendered, render
from puc_tool.maps.sheet import Areas, LegendGroup, LegendItem
from puc_tool.maps.style import Fill
from puc_tool.maps.view import View

PT_MM = 25.4 / 72
FORMULAS = 40


@pytest.fixture(scope="module")
def full(sheet):
    """Return the sheet with a legend that leaves no room, 36 rows, and 40 formulas beside the map."""
    items = tuple(LegendItem(same(f"Classe {n}"), Fill(f"#{n:02x}80a0"), same("10 ha")) for n in range(18))
    rows = tuple(replace(sheet.table.rows[0], cells=(same(n), same(f"Borgo {n}"), same("10"))) for n in range(1, 37))
    heads = (same("Formula"), Text("Con i valori", "With its values"), Text("Risultato", "Result"))
    formulas = tuple((same(f"F{n} = a × {n}"), same(f"2 × {n}"), same(2 * n)) for n in range(1, FORMULAS + 1))
    panel = Panel(table=LongTable(same("Formule"), PlainTable(heads, formulas, lefts=2, wide=(0, 1)), "formulas.csv"))
    content = replace(sheet.map, layers=tuple(Areas((sheet.map.boundary,), each.style) for each in items), panel_mm=100)
    table = replace(sheet.table, rows=rows)
    return replace(sheet, map=content, legend=(LegendGroup(items),), table=table, panel=panel)


def on(sheet, paper, lang="it"):
    context = replace(sheet.map.context, view=View(paper))
    return replace(sheet, map=replace(sheet.map, context=context), lang=lang)


@pytest.fixture(scope="module")
def made(full) -> Rendered:
    return render(on(full, "A4"), ("pdf", "png", "svg"), 60)


@pytest.fixture(scope="module")
def pdf(made) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made.files["pdf"]))


def tags_below(pdf):
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") is not None]


def test_that_nothing_is_left_to_tell_of_what_found_no_room(made):
    assert {problem.code for problem in made.problems} & {"sheet-rows-hidden", "sheet-column-full"} == set()


def test_that_every_page_has_the_paper_of_the_first(pdf):
    sizes = {tuple(round(float(side) * PT_MM) for side in page.MediaBox[2:]) for page in pdf.pages}
    assert len(pdf.pages) > 1
    assert sizes == {(297, 210)}


def test_that_all_rows_and_all_formulas_are_there_with_their_heads(pdf):
    kinds = [str(item.S) for item in tags_below(pdf)]
    # One table of 36 neighbourhoods and their total, one of 40 formulas, each with its head.
    assert kinds.count("/Table") == 2
    assert kinds.count("/TR") == (1 + 36 + 1) + (1 + FORMULAS)


def test_that_the_further_page_is_a_bookmark_under_the_title_and_no_level_is_skipped(pdf):
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert [each.title for each in title.children] == ["Cifre, tabelle e formule"]
    kinds = {str(item.S) for item in tags_below(pdf)}
    assert {"/H1", "/H2", "/H3"} <= kinds


def test_that_the_first_page_says_where_it_goes_on(full):
    for lang, words in (("it", "alla pagina successiva"), ("en", "on the next page")):
        page = render(on(full, "A4", lang), ()).page["sheet.json"].decode()
        assert words in page
        assert "formulas.csv" not in page


def test_that_each_further_page_is_a_picture_of_its_own_as_large_as_the_first(made, pdf):
    pages = [made.files["png"], *made.further["png"]]
    assert len(pages) == len(pdf.pages) == 1 + len(made.further["svg"])
    assert len({Image.open(io.BytesIO(page)).size for page in pages}) == 1
    assert len(set(pages)) == len(pages)


def test_that_the_same_sheet_gives_the_same_further_pages(made, full):
    again = render(on(full, "A4"), ("png", "svg"), 60)
    assert again.further == {kind: made.further[kind] for kind in ("png", "svg")}


def test_that_wall_paper_stays_one_page(full):
    made = render(on(full, "A2"), ("pdf",))
    assert len(pikepdf.open(io.BytesIO(made.files["pdf"])).pages) == 1


def test_that_a_sheet_that_fits_has_one_page_and_says_nothing_of_another(sheet):
    made = render(on(sheet, "A4"), ("pdf", "png"), 60)
    assert made.further == {}
    assert len(pikepdf.open(io.BytesIO(made.files["pdf"])).pages) == 1
