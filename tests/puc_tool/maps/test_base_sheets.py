"""Base sheets: the zones, covers and districts of a borough of 100 ha, with areas counted by hand."""

from __future__ import annotations

import geopandas
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from puc_tool.maps import base_themes
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Context
from puc_tool.maps.style import FREE_LAND
from puc_tool.maps.view import View
from puc_tool.printing import sheets
from puc_tool.printing.coverage import Part
from puc_tool.printing.sheet_orders import Wish, orders
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working import layer_style, view

WEST, SOUTH = 4_306_000.0, 2_336_000.0


def square(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


@pytest.fixture
def study(town, puc, brought):
    """The borough with a plan of 40 + 60 ha, a land use, and one district of 4 ha."""
    tables = {
        "piano": geopandas.GeoDataFrame(
            {"zone": ["R1", "AG"], "name": ["residenziale", "agricola"], "dm1444": ["B", "E"]},
            geometry=[square(0, 0, 1000, 400), square(0, 400, 1000, 1000)], crs=3035,
        ),
        "uso": geopandas.GeoDataFrame(
            {"code": ["1121", "311"]}, geometry=[square(0, 0, 1000, 250), square(0, 250, 1000, 1000)], crs=3035
        ),
        "distretti": geopandas.GeoDataFrame(
            {"code": ["D1"], "name": ["Ex cava"], "state": ["non attuato"], "ut_m2_m2": [0.3]},
            geometry=[square(900, 0, 1200, 400)], crs=3035,
        ),
    }  # fmt: skip
    for name, role in (("piano", "zoning"), ("uso", "land_use"), ("distretti", "districts")):
        path = brought / f"{name}.gpkg"
        tables[name].to_file(path, driver="GPKG")
        words = ["--year", "2020"] if role != "districts" else []
        assert puc("add", town, role, path, "--copy", *words).code == 0
    return town


@pytest.fixture
def built(study):
    shelf = Shelf(study_reading.read(study))
    return lambda name, lang="it": sheets.BY_ID[name].build(shelf, Context(), lang)


def cells(sheet):
    return [[cell.it for cell in row.cells] for row in sheet.table.rows]


def test_that_zones_are_told_with_their_hectares_and_percent(built):
    sheet = built("zone")
    assert cells(sheet) == [["R1 residenziale", "40", "40,0"], ["AG agricola", "60", "60,0"]]
    assert [cell.it for cell in sheet.table.total.cells] == ["Totale", "100", "100,0"]
    assert sheet.alt.it == (
        "Zone del piano vigente di Borgo alla scala 1:5.000, 2 zone del piano. La zona più estesa è AG agricola: "
        "60 ettari, il 60,0 % del territorio. I valori sono nella tabella a lato."
    )


def test_that_a_cover_of_four_digits_is_called_by_its_corine_class(built):
    # 25 ha of 1121 belong to CORINE 112
    assert cells(built("uso-suolo")) == [
        ["112 Tessuto urbano discontinuo", "25", "25,0"], ["311 Boschi di latifoglie", "75", "75,0"],
    ]  # fmt: skip


def test_that_a_district_counts_only_inside_the_boundary_and_the_rest_is_free(built):
    # 300 × 400 m, of which 100 × 400 m inside
    sheet = built("distretti")
    assert cells(sheet) == [["1", "Ex cava", "0,30", "4,0", "4,0"]]
    assert FREE_LAND in [item.style for item in sheet.legend[0].items]


@pytest.mark.parametrize("name", ["zone", "uso-suolo", "distretti"])
@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_lint_has_nothing_against_a_base_sheet_but_empty_fields(built, name, lang):
    found = render(built(name, lang), ("svg",)).problems
    assert [problem.code for problem in found if problem.severity == "error"] == []


def test_that_many_zones_are_taken_together_by_the_letter_of_the_decree():
    strips = [square(x, 0, x + 10, 1000) for x in range(0, 1000, 10)]
    letters = ["A", "B", "C", "D"] * 25
    plan = geopandas.GeoDataFrame(
        {"zone": [f"Z{n}" for n in range(100)], "name": "", "dm1444": letters}, geometry=strips, crs=3035
    )
    found = base_themes.zoning_classes(plan)
    assert [each.label.it for each in found] == [
        "A Centro storico", "B Completamento", "C Espansione", "D Produttivo",
    ]  # fmt: skip
    assert sum(each.area_m2 for each in found) == pytest.approx(1e6)


def test_that_no_two_zones_look_alike():
    strips = [square(x, 0, x + 50, 1000) for x in range(0, 1000, 50)]
    plan = geopandas.GeoDataFrame(
        {"zone": [f"E{n}" for n in range(20)], "name": "", "dm1444": "E"}, geometry=strips, crs=3035
    )
    looks = [each.style for each in base_themes.zoning_classes(plan)]
    assert len(set(looks[:8])) == 8


def test_that_building_a_sheet_leaves_the_layers_as_they_were(study):
    shelf = Shelf(study_reading.read(study))
    layer = shelf.intake(shelf.study.of_role("zoning")[0]).layer
    before = layer.copy(deep=True)
    sheets.BY_ID["zone"].build(shelf, Context(), "it")
    assert_geodataframe_equal(layer, before)


def test_that_a_layer_that_is_gone_is_told_and_the_other_sheets_are_drawn(study, puc):
    (study / "data" / "piano.gpkg").unlink()
    said = puc("export", study, "zone", "uso-suolo", "--format", "svg", "--json")
    assert said.code == 1
    assert [path.rpartition("/")[2] for path in said.content["files"]] == ["22_uso-suolo.svg"]
    assert "source-missing" in said.problems


ZONES, DISTRICTS = ("zoning", 2020), ("districts", None)


def styled(study, values):
    view.save(values, study)
    return sheets.BY_ID["zone"].build(Shelf(study_reading.read(study)), Context(), "it")


def looks(sheet):
    return {item.label.it: item.style for group in sheet.legend for item in group.items}


def test_that_a_sheet_has_the_colour_that_a_class_was_given_in_the_window(study, built):
    before = looks(built("zone"))
    after = looks(styled(study, {layer_style.colour_place(ZONES, "B"): "#123456"}))
    assert after["R1 residenziale"].colour == "#123456"
    assert after["AG agricola"] == before["AG agricola"]


def test_that_a_sheet_has_the_classes_of_the_field_chosen_in_the_window(study):
    sheet = styled(study, {view.of_layer(view.FIELD, ZONES): "name", view.of_layer(view.FILL, ZONES): "rising"})
    assert cells(sheet) == [["agricola", "60", "60,0"], ["residenziale", "40", "40,0"]]
    assert looks(sheet)["agricola"].hatch.angle_deg == 45.0


def test_that_another_style_orders_the_sheet_anew_and_restoring_it_does_not(study):
    def key():
        (order,) = orders(study_reading.read(study), sheets.BY_ID["zone"], None, [Part("", "", View())], Wish(("png",)))
        return order.key

    before = key()
    view.save({layer_style.colour_place(ZONES, "B"): "#123456"}, study)
    assert key() != before
    view.save({}, study)
    assert key() == before


@pytest.mark.parametrize("content", [b"no geopackage", None], ids=["broken", "gone"])
def test_that_without_a_readable_boundary_each_base_sheet_says_so_and_the_others_are_tried(study, puc, content):
    declared = study_reading.read(study)
    boundary = study / declared.of_role("boundary")[0].source
    if content is None:
        boundary.unlink()
    else:
        boundary.write_bytes(content)
    told = puc("export", study, "zone", "uso-suolo", "--format", "svg", "--json")
    assert told.code == 1
    said = [each for each in told.content["problems"] if each["code"] == "sheet-no-boundary"]
    assert [each["where"] for each in said] == ["Zone del piano vigente", "Uso del suolo"]
    assert said[0]["message"] == "lo studio non ha un confine comunale leggibile."
    assert all(each["remedy"] for each in said)
