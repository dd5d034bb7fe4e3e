from __future__ import annotations

import hashlib
import io
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from analyses.progress import Cancelled
from layers.text import Text, same
from puc_tool.maps.render import render

ATTACKS = ('#panic("x")', '"]; <script>alert(1)</script>', "$x^2$ *b* _i_ @ref \\ `raw`")
RENDER = """
import hashlib, pickle, sys
from puc_tool.maps.render import render
files = render(pickle.load(open(sys.argv[1], "rb")), ("pdf", "png", "svg"), 40).files
print({kind: hashlib.sha256(content).hexdigest() for kind, content in files.items()})
"""


@pytest.fixture(scope="module")
def pdf(sheet) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render(sheet).files["pdf"]))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return list(_below(pdf.Root.StructTreeRoot))


def kinds_in(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as made:
        return [str(element.S) for element in elements(made)]


def _below(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _below(child)


def test_that_the_pdf_says_its_language_title_and_standard(pdf):
    assert str(pdf.Root.Lang) == "it-IT"
    assert str(pdf.docinfo.Title) == "SP-SUO-01 · Carta del consumo di suolo"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_that_the_pdf_is_dated_by_the_sheet_and_not_by_the_clock(pdf):
    assert str(pdf.docinfo.CreationDate).startswith("D:20260331")


def test_that_the_page_is_an_a3_lying(pdf):
    # 420 × 297 mm in points of 1/72 inch
    assert [float(side) for side in pdf.pages[0].MediaBox[2:]] == pytest.approx([1190.55, 841.89], abs=0.01)


def test_that_the_title_is_read_first_then_the_map_then_the_column(pdf):
    kinds = [str(element.S) for element in elements(pdf)]
    assert [kind for kind in kinds if kind in ("/H1", "/H2", "/Figure", "/Table")] == [
        "/H1", "/Figure", "/H2", "/H2", "/Table", "/H2", "/H2", "/Figure",
    ]  # fmt: skip


def test_that_the_map_says_what_it_shows(pdf):
    figure, small_map = (element for element in elements(pdf) if element.S == "/Figure")
    assert str(figure.Alt) == "Il suolo consumato occupa 127 ettari su 1.200."
    assert str(small_map.Alt) == "Inquadramento: il territorio fra i vicini, con il riquadro della tavola."


def test_that_the_table_has_a_header_for_each_column(pdf):
    kinds = [str(element.S) for element in elements(pdf)]
    assert kinds.count("/TH") == 4  # n., Quartiere, the bars, %
    assert kinds.count("/TD") == 3 * 4  # two rows and the total


def test_that_every_font_is_plex_and_embedded(pdf):
    objects = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    fonts = [item for item in objects if item.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all("IBMPlexSans" in str(font.FontName) and "/FontFile2" in font for font in fonts)


def test_that_a_png_has_the_pixels_its_resolution_asks_for(sheet):
    # 420 mm at 50 dpi: 826.8
    with Image.open(io.BytesIO(render(sheet, ("png",), 50).files["png"])) as image:
        assert image.size == pytest.approx((827, 585), abs=1)


def test_that_two_processes_make_the_same_bytes(sheet, tmp_path):
    (tmp_path / "sheet").write_bytes(pickle.dumps(sheet))
    made = [
        subprocess.run(
            [sys.executable, "-c", RENDER, str(tmp_path / "sheet")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": zone},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]  # fmt: skip
    assert made[0] == made[1]
    assert hashlib.sha256(render(sheet).files["pdf"]).hexdigest() in made[0]


def test_that_no_name_is_ever_read_as_code(sheet):
    table = replace(sheet.table, rows=tuple(replace(row, cells=tuple(map(same, ATTACKS))) for row in sheet.table.rows))
    source = replace(sheet.sources[0], text=same(ATTACKS[1]))
    hostile = replace(
        sheet,
        title=same(ATTACKS[0]),
        alt=same(ATTACKS[1]),
        table=table,
        sources=(source,),
        title_block={**sheet.title_block, "ente": same(ATTACKS[2])},
        map=replace(sheet.map, context=replace(sheet.map.context, names=(ATTACKS[1],))),
    )
    made = pikepdf.open(io.BytesIO(render(hostile).files["pdf"]))
    assert str(made.docinfo.Title) == f"SP-SUO-01 · {ATTACKS[0]}"
    figure, _ = (element for element in elements(made) if element.S == "/Figure")
    assert str(figure.Alt) == ATTACKS[1]
    assert "/JavaScript" not in made.Root.get("/Names", {})


def test_that_a_character_without_glyph_and_a_missing_alternative_text_still_make_a_sheet(sheet):
    odd = replace(sheet, subtitle=same("城市 \x00"), alt=Text("", ""))
    rendered = render(odd)
    assert rendered.files["pdf"].startswith(b"%PDF")
    assert {"sheet-glyph-missing", "sheet-no-alt"} <= {problem.code for problem in rendered.problems}


def test_that_a_sheet_without_table_note_and_figures_is_set_too(sheet):
    bare = replace(sheet, table=None, note=None, key_figures=(), footnotes=(), lang="en", is_demonstration=False)
    made = pikepdf.open(io.BytesIO(render(bare).files["pdf"]))
    assert "/Table" not in [str(element.S) for element in elements(made)]
    assert str(made.Root.Lang) == "en-GB"


def test_that_drawing_can_be_cancelled(sheet):
    def stop(share: float, message: Text) -> None:
        if share >= 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        render(sheet, report=stop)


def test_that_a_row_must_fit_the_columns_of_its_table(sheet):
    short = replace(sheet.table.rows[0], cells=(same("1"),))
    with pytest.raises(ValueError, match="one cell for each column"):
        replace(sheet.table, rows=(short,))


@pytest.mark.parametrize(("rows", "tables"), [(20, 1), (36, 2), (60, 2)])
def test_that_a_long_table_stands_in_two_columns(sheet, rows, tables):
    longer = replace(sheet, table=replace(sheet.table, rows=(sheet.table.rows[0],) * rows))
    rendered = render(longer)
    kinds = kinds_in(rendered.files["pdf"])
    assert kinds.count("/Table") == kinds.count("/THead") == tables
    assert kinds.count("/TR") == rows + tables + 1  # a header each, and one total
    assert kinds.count("/TH") == (4 if tables == 1 else 6)  # the bars have a column only in the single table
    assert rendered.problems == ()


def test_that_a_table_too_long_for_its_page_stands_whole_on_the_next(sheet):
    rendered = render(replace(sheet, table=replace(sheet.table, rows=(sheet.table.rows[0],) * 75)))
    kinds = kinds_in(rendered.files["pdf"])
    # 60 rows and the total in two tables with a header each, then all 75 with header and total.
    assert kinds.count("/TR") == 60 + 1 + 2 + 75 + 1 + 1
    assert rendered.problems == ()


def test_that_long_names_in_two_columns_break_or_end_in_dots_and_never_run_into_the_numbers(sheet):
    name = "Tessuti collinari sparsi di consolidamento con servizi e dotazioni territoriali di progetto"
    number, _, share = sheet.table.rows[0].cells
    row = replace(sheet.table.rows[0], cells=(number, same(name), share))
    rendered = render(replace(sheet, table=replace(sheet.table, rows=(row,) * 40)))
    assert [problem.code for problem in rendered.problems if problem.code == "sheet-column-full"] == []
    kinds = kinds_in(rendered.files["pdf"])
    assert kinds.count("/Table") == 2


def test_that_a_sheet_without_a_date_is_set_undated_and_stopped_by_the_lint(sheet):
    rendered = render(replace(sheet, day=None))
    assert [problem.code for problem in rendered.problems] == ["sheet-no-date"]
    assert rendered.files["pdf"] == render(replace(sheet, day=None)).files["pdf"]
