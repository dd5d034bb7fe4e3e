from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from PIL import Image
from pyproj import CRS

from layers.problems import Severity
from layers.text import NOTHING, Text, same
from puc_tool.maps import legend
from puc_tool.maps import lint as lint_module
from puc_tool.maps.drawing import Picture, draw
from puc_tool.maps.frame import grid_step
from puc_tool.maps.layout import lay_out
from puc_tool.maps.lint import lint
from puc_tool.maps.proof import Proof
from puc_tool.maps.sheet import Areas, Labels, LegendGroup, LegendItem, Numbers, Sheet
from puc_tool.maps.style import Fill, Hatch, Lettering
from puc_tool.maps.view import View


def proof_of(sheet: Sheet, rows_shown: int = 2, slack_mm: float = 10.0) -> Proof:
    layout = lay_out(sheet.map, sheet.is_demonstration)
    drawing = draw(sheet.map, layout, sheet.lang)
    groups = legend.with_base(sheet.legend, drawing.drawn, grid_step(layout.frame.denominator))
    return Proof(sheet, layout.frame, drawing, groups, rows_shown, slack_mm)


def sentences(proof: Proof) -> list[str]:
    return [problem.sentence("it") for problem in lint(proof)]


def test_that_a_whole_sheet_has_nothing_against_it(sheet):
    assert sentences(proof_of(sheet)) == []


def test_that_empty_fields_of_the_title_block_are_named_as_a_warning(sheet):
    given = {key: words for key, words in sheet.title_block.items() if key not in ("redatto", "rup")}
    (problem,) = lint(proof_of(replace(sheet, title_block=given)))
    assert problem.severity is Severity.WARNING
    assert problem.sentence("it") == (
        "Tavola SP-SUO-01: campi obbligatori del cartiglio vuoti: Redatto, Responsabile del procedimento. "
        "Al loro posto è stampato un trattino. Compilarli nelle impostazioni delle tavole."
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sources": ()}, "mancano le fonti dei dati."),
        ({"alt": NOTHING}, "manca il testo alternativo della carta."),
    ],
)
def test_that_a_sheet_without_credentials_is_stopped(sheet, change, sentence):
    assert any(sentence in found for found in sentences(proof_of(replace(sheet, **change))))


@pytest.mark.parametrize(("field", "code"), [("crs", "sheet-no-crs"), ("licenza", "sheet-no-licence")])
def test_that_crs_and_licence_may_not_be_left_out(sheet, field, code):
    given = {key: words for key, words in sheet.title_block.items() if key != field}
    assert [problem.code for problem in lint(proof_of(replace(sheet, title_block=given)))] == [code]


def test_that_a_map_of_nothing_is_an_error(sheet):
    empty = replace(sheet, map=replace(sheet.map, layers=()), legend=())
    assert any("non è disegnato alcun elemento" in found for found in sentences(proof_of(empty)))


def test_that_a_legend_item_without_its_class_is_named(sheet):
    extra = LegendItem(Text("Cave", "Quarries"), Fill("#123456"), same("0 ha"))
    longer = replace(sheet, legend=(replace(sheet.legend[0], items=(*sheet.legend[0].items, extra)), *sheet.legend[1:]))
    assert sentences(proof_of(longer)) == [
        "Tavola SP-SUO-01: la voce di legenda «Cave» non compare nella carta. Togliere la voce o controllare i dati."
    ]


def test_that_a_drawn_class_without_legend_item_is_found_on_vectors_and_cells(sheet):
    codes = [problem.code for problem in lint(proof_of(replace(sheet, legend=sheet.legend[1:])))]
    assert codes == ["sheet-class-unexplained", "sheet-colour-wrong"]


def test_that_two_items_of_one_look_are_refused(sheet):
    twice = replace(sheet, legend=(*sheet.legend, LegendGroup((sheet.legend[0].items[0],))))
    assert [problem.code for problem in lint(proof_of(twice))] == ["sheet-legend-alike"] * 2


def test_that_a_colour_the_legend_lacks_is_found_in_the_picture_itself(sheet):
    proof = proof_of(sheet)
    written = io.BytesIO()
    Image.fromarray(np.full((4, 4, 3), (190, 0, 26), np.uint8)).save(written, "PNG")
    wrong = replace(proof.drawing, pictures=(*proof.drawing.pictures, Picture("x.png", written.getvalue())))
    assert any("#be001a" in found for found in sentences(replace(proof, drawing=wrong)))


def test_that_a_scale_of_its_own_is_not_standard(sheet):
    odd = replace(sheet, map=replace(sheet.map, denominator=33_333))
    assert any("la scala 1:33.333 non è tra quelle ammesse" in found for found in sentences(proof_of(odd)))
    assert "sheet-scale" in codes(odd)


def test_that_characters_without_glyph_are_shown(sheet):
    found = sentences(proof_of(replace(sheet, title=same("城市"))))
    assert any("caratteri che il font non ha: 城 市." in sentence for sentence in found)


def test_that_made_up_data_without_stamp_are_an_error(sheet):
    source = replace(sheet.sources[0], text=same("dato simulato"))
    bare = replace(sheet, is_demonstration=False, sources=(source,))
    assert [problem.code for problem in lint(proof_of(bare))] == ["sheet-demo-unstamped"]


def test_that_degrees_are_no_crs_for_a_sheet(sheet):
    town = shapely.box(9.8, 44.1, 9.9, 44.2)
    world = replace(sheet, map=replace(sheet.map, boundary=town, crs=CRS(4326), layers=()), legend=())
    assert "sheet-crs-not-metric" in [problem.code for problem in lint(proof_of(world))]


def test_that_rows_and_names_without_room_and_a_full_column_are_told(sheet):
    crowd = Labels((shapely.Point(568_000, 4_885_500),) * 40, tuple(same(f"Borgo {n}") for n in range(40)))
    full = replace(sheet, map=replace(sheet.map, layers=(*sheet.map.layers, crowd)))
    found = {problem.code: problem for problem in lint(proof_of(full, rows_shown=1, slack_mm=-12.0))}
    assert found["sheet-rows-hidden"].severity is Severity.INFO
    assert found["sheet-name-left-out"].severity is Severity.WARNING
    assert "la colonna eccede di 12 mm" in found["sheet-column-full"].sentence("it")


def codes(sheet: Sheet) -> list[str]:
    return [problem.code for problem in lint(proof_of(sheet))]


def test_that_numbers_over_one_another_are_told_as_a_warning(sheet):
    crowd = Numbers((shapely.Point(568_000, 4_885_500),) * 900, tuple(str(n) for n in range(900)))
    (found,) = (
        problem
        for problem in lint(proof_of(replace(sheet, map=replace(sheet.map, layers=(*sheet.map.layers, crowd)))))
        if problem.code == "sheet-label-collision"
    )
    assert found.severity is Severity.WARNING


def test_that_type_under_six_points_is_an_error_and_six_is_none(sheet):
    for size, expected in ((5.9, ["sheet-type-small"]), (6.0, [])):
        names = Labels((shapely.Point(568_000, 4_885_500),), (same("Borgo"),), Lettering(size_pt=size))
        assert codes(replace(sheet, map=replace(sheet.map, layers=(*sheet.map.layers, names)))) == expected


def test_that_pale_words_are_an_error_and_large_ones_may_be_a_little_paler(sheet):
    for style, expected in (
        (Lettering("#999999"), ["sheet-contrast"]),
        (Lettering("#7d7d7d", 9.0), []),
        (Lettering("#7d7d7d", 8.0), ["sheet-contrast"]),
    ):
        names = Labels((shapely.Point(568_000, 4_885_500),), (same("Borgo"),), style)
        assert codes(replace(sheet, map=replace(sheet.map, layers=(*sheet.map.layers, names)))) == expected


def test_that_neighbouring_classes_of_nearly_one_colour_are_told_unless_a_hatch_tells_them_apart(sheet, halves):
    pale, other = Fill("#f0e0c0"), Fill("#f1e2c0")
    for second, expected in ((other, ["sheet-classes-close"]), (replace(other, hatch=Hatch("#000000", 1.5)), [])):
        layers = (Areas(halves[:1], pale), Areas(halves[1:], second))
        items = (LegendItem(same("Uno"), pale), LegendItem(same("Due"), second))
        close = replace(sheet, map=replace(sheet.map, layers=layers), legend=(LegendGroup(items),))
        assert codes(close) == expected


def test_that_a_ground_larger_than_the_frame_stops_the_sheet(sheet):
    # 4 km at 1:10.000 are 400 mm, the frame has 264
    assert codes(replace(sheet, map=replace(sheet.map, denominator=10_000))) == ["sheet-scale-unfit"]


def test_that_unverified_defaults_are_told_once_for_the_sheet(sheet):
    told = lint(proof_of(replace(sheet, unverified=(Text("Raggio", "Reach"), Text("Passo", "Pace")))))
    assert [(problem.code, problem.severity) for problem in told] == [("sheet-unverified", Severity.WARNING)]
    assert told[0].message.it == "valori predefiniti non verificati alla fonte: Raggio, Passo."
    assert told[0].message.en == "defaults not verified at a source: Reach, Pace."


def test_that_of_a_set_the_unit_or_the_number_says_which_sheet_is_meant(sheet):
    context, ground = sheet.map.context, sheet.map.boundary
    unit = View(ground=ground, is_unit=True, name=Text("Quartiere Ponente", "Neighbourhood Ponente"))
    places = []
    for view in (unit, View(ground=ground, number=3, count=4)):
        one = replace(sheet, day=None, map=replace(sheet.map, context=replace(context, view=view)))
        places += [each.where for each in lint(proof_of(one)) if each.code == "sheet-no-date"]
    assert [each.it for each in places] == ["Tavola SP-SUO-01 (Quartiere Ponente)", "Tavola SP-SUO-01 (foglio 3)"]
    assert [each.en for each in places] == ["Sheet SP-SUO-01 (Neighbourhood Ponente)", "Sheet SP-SUO-01 (number 3)"]


def test_that_a_missing_date_of_the_data_stops_the_sheet(sheet):
    assert codes(replace(sheet, day=None)) == ["sheet-no-date"]


def test_that_every_finding_of_the_lint_is_provoked_by_a_test():
    """A finding nobody can provoke is one nobody needs."""
    here = Path(__file__).parents[1]
    told = "".join(path.read_text(encoding="utf-8") for path in here.rglob("test_*.py"))
    findings = {
        name
        for path in Path(lint_module.__file__).parent.glob("lint*.py")
        for name in re.findall(r'"(sheet-[a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(findings) > 20
    assert {name for name in findings if f'"{name}"' not in told} == set()
