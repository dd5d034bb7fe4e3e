"""The printed page: its size, its control bar, its fold marks, its words, for every paper."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from layers.text import Text, same
from puc_tool.maps.framed import framed
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, LegendGroup, LegendItem
from puc_tool.maps.style import Fill
from puc_tool.maps.view import View

PT_MM = 25.4 / 72
SIZES = {"A0": (1189, 841), "A1": (841, 594), "A2": (594, 420), "A3": (420, 297), "A4": (297, 210)}


def on(sheet, name):
    context = replace(sheet.map.context, view=View(name))
    return replace(sheet, map=replace(sheet.map, context=context))


@pytest.fixture(scope="module")
def opened(sheet):
    made = {}

    def of(name):
        if name not in made:
            made[name] = pikepdf.open(io.BytesIO(render(on(sheet, name)).files["pdf"]))
        return made[name]

    return of


def strokes(pdf) -> list[tuple[float, float, float, float]]:
    """Return every straight line of the page as x, y, x, y in millimetres from the lower left corner."""
    found, stack, matrix, start = [], [], pikepdf.Matrix(), (0.0, 0.0)
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        words = str(operator)
        if words == "q":
            stack.append(matrix)
        elif words == "Q":
            matrix = stack.pop()
        elif words == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif words == "m":
            start = matrix.transform(tuple(map(float, operands)))
        elif words == "l":
            end = matrix.transform(tuple(map(float, operands)))
            found.append(tuple(value * PT_MM for value in (*start, *end)))
            start = end
    return found


def words_of(pdf) -> str:
    """Return the text of the page as a search finds it: each glyph by its font's own table of characters."""
    page = pdf.pages[0]
    tables = {name: _characters(font) for name, font in page.Resources.Font.items()}
    table, found = {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            found.append("".join(table.get(codes[at : at + 2], "") for at in range(0, len(codes), 2)))
    return "".join(found)


def _characters(font) -> dict[bytes, str]:
    written = font.ToUnicode.read_bytes().decode("latin-1")
    single = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*\n", written)
    return {bytes.fromhex(code): bytes.fromhex(word).decode("utf-16-be") for code, word in single}


@pytest.mark.parametrize("name", SIZES)
def test_that_the_page_has_the_size_of_its_paper(opened, name):
    width, height = (float(side) * PT_MM for side in opened(name).pages[0].MediaBox[2:])
    assert (width, height) == pytest.approx(SIZES[name], abs=0.01)


@pytest.mark.parametrize("name", SIZES)
def test_that_the_control_bar_measures_a_hundred_millimetres(opened, name):
    # It begins at the binding margin, 6 mm above the foot of the paper.
    bars = [line for line in strokes(opened(name)) if line[1] == pytest.approx(6.0, abs=0.01) == line[3]]
    assert [(line[0], line[2] - line[0]) for line in bars] == [(pytest.approx(25.0), pytest.approx(100.0, abs=0.01))]


@pytest.mark.parametrize(("name", "across", "up"), [("A4", [], []), ("A3", [125, 230], []), ("A2", [210, 402], [297])])
def test_that_fold_marks_stand_at_the_edge_where_the_paper_folds(opened, name, across, up):
    width, height = SIZES[name]
    marks = [line for line in strokes(opened(name)) if abs(line[2] - line[0]) + abs(line[3] - line[1]) < 4.01]
    feet = sorted(
        {round(x) for x, y, x2, y2 in marks if x == pytest.approx(x2) and min(y, y2) == pytest.approx(0, abs=0.01)}
    )
    left = sorted(
        {round(y) for x, y, x2, y2 in marks if y == pytest.approx(y2) and min(x, x2) == pytest.approx(0, abs=0.01)}
    )
    assert (feet, left) == (across, up)
    assert all(0 < mark < width for mark in feet)
    assert all(0 < mark < height for mark in left)


@pytest.mark.parametrize("name", SIZES)
def test_that_words_and_numbers_of_the_sheet_can_be_searched(opened, name):
    words = words_of(opened(name))
    for word in (
        "Carta del consumo di suolo",
        "SP-SUO-01",
        "Permanente",
        "ISPRA 2023",
        "DATI DIMOSTRATIVI",
        "MONTEBELLO",
    ):
        assert word in words


def test_that_poppler_finds_no_fault_with_the_tags(opened):
    assert "/Suspects" not in opened("A3").Root.MarkInfo
    assert opened("A3").Root.MarkInfo.Marked


def test_that_the_column_of_paper_for_the_wall_is_read_from_further_away(sheet, opened):
    assert [on(sheet, name).map.context.view.paper for name in ("A0", "A3")] == ["A0", "A3"]
    assert words_of(opened("A0")).count("SP-SUO-01") == words_of(opened("A3")).count("SP-SUO-01")


def test_that_the_coat_of_arms_is_printed_in_place_of_its_box(sheet):
    held = io.BytesIO()
    Image.new("RGB", (30, 40), "#aa0000").save(held, "PNG")
    with_arms = pikepdf.open(io.BytesIO(render(replace(sheet, crest=("crest.png", held.getvalue()))).files["pdf"]))
    sizes = [(int(item.Width), int(item.Height)) for item in with_arms.objects if _is_picture(item)]
    assert (30, 40) in sizes
    assert "stemma" not in words_of(with_arms)


def _is_picture(item) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"


def test_that_a_sheet_of_a_unit_is_named_after_it_numbered_and_explains_only_what_it_shows(sheet, halves):
    view = View(
        ground=halves[1], is_unit=True, name=Text("Quartiere Levante", "Neighbourhood Levante"), number=2, count=2
    )
    part = framed(replace(sheet, map=replace(sheet.map, context=replace(sheet.map.context, view=view))))
    made = render(part)
    pdf = pikepdf.open(io.BytesIO(made.files["pdf"]))
    words = words_of(pdf)
    assert "Quartiere Levante" in words
    assert "2 di 2" in words
    assert "Unità inquadrata" in words
    assert part.alt.it.endswith("Il foglio inquadra: Quartiere Levante.")
    assert part.footnotes[-1].it == "Le quantità sono di tutto il comune."
    # A sheet made for its unit says so already: of the whole municipality are only the amounts of the legend.
    own = framed(replace(sheet, map=replace(sheet.map, context=replace(sheet.map.context, view=view))), is_of_unit=True)
    assert own.alt == sheet.alt
    assert own.footnotes[-1].it == "Le quantità della legenda sono di tutto il comune."
    assert [problem.code for problem in made.problems] == []


def test_that_small_paper_gives_up_table_figures_and_index_map_before_its_words_overlap(sheet):
    extra = tuple(LegendItem(same(f"Classe {n} con un nome lungo"), Fill(f"#{n:02x}80a0")) for n in range(18))
    shown = replace(
        sheet,
        map=replace(sheet.map, layers=tuple(Areas((sheet.map.boundary,), item.style) for item in extra)),
        legend=(LegendGroup(tuple(replace(item, amount=same("10 ha")) for item in extra)),),
    )
    codes = [problem.code for problem in render(on(shown, "A4")).problems]
    assert "sheet-rows-hidden" not in codes  # they go on to a further page
    assert "sheet-column-full" not in codes
