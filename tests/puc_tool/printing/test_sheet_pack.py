"""The pack and the preview: what is looked at is what is exported; what fails is told and the rest goes on."""

from __future__ import annotations

import json

import geopandas
import pytest
import shapely

from analyses.progress import Cancelled
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.problems import PucError
from puc_tool import run
from puc_tool.printing import sheets
from puc_tool.printing.coverage import Cut
from puc_tool.printing.exporting import export
from puc_tool.printing.sheet_list import listed
from puc_tool.printing.sheet_orders import Wish
from puc_tool.printing.sheet_pack import State, export_pack, plan
from puc_tool.printing.sheet_preview import dpi_for, preview
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from tests.puc_tool.conftest import SIDE_M, SOUTH, WEST

SOIL, HAZARD, LAND_USE = (sheets.BY_ID[name] for name in ("consumo-suolo", "pericolosita", "uso-suolo"))


LAYER = """
[[layer]]
role = "land_use"
source = "data/uso.gpkg"
year = 2019
"""


@pytest.fixture
def shelf(town):
    """Return the study of two neighbourhoods with its soil consumption computed, and land use in two halves."""
    halves = [shapely.box(WEST + a, SOUTH, WEST + b, SOUTH + SIDE_M) for a, b in ((0, 500), (500, 1000))]
    frame = geopandas.GeoDataFrame({"code": ["112", "311"]}, geometry=halves, crs=3035)
    frame.to_file(town / "data" / "uso.gpkg", driver="GPKG")
    with (town / "study.toml").open("a", encoding="utf-8") as file:
        file.write(LAYER)
    made = Shelf(study_reading.read(town))
    run.run(SOIL_CONSUMPTION, made, SOIL_CONSUMPTION.params())
    return made


def test_that_the_preview_is_the_picture_that_is_exported(shelf):
    made = preview(shelf, SOIL, Cut("A4"), "it")
    done = export(shelf, (SOIL,), ("png",), dpi=dpi_for("A4"), cut=Cut("A4"))
    assert done.files[0].read_bytes() == made.picture


def test_that_a_larger_paper_is_looked_at_less_finely(shelf):
    # 2500 pixels over 1189 mm are 53 dots an inch; 297 mm at 150 are 1754 pixels.
    assert (dpi_for("A4"), dpi_for("A0")) == (150, 53)


def test_that_the_preview_tells_the_table_and_the_sentence_of_the_page(shelf):
    made = preview(shelf, SOIL, Cut(), "it")
    assert "Ponente" in {cell for row in made.words.rows for cell in row}
    assert len(made.words.are_right) == len(made.words.columns)
    assert made.words.alt.startswith("Carta del consumo di suolo")


def test_that_a_unit_is_previewed_by_its_place_and_one_beyond_the_last_is_the_last(shelf):
    cut = Cut(coverage="neighbourhood")
    assert preview(shelf, SOIL, cut, "it", place=1).part.code == "P"
    assert preview(shelf, SOIL, cut, "it", place=99).place == 1


def test_that_a_sheet_without_results_says_what_to_run(shelf):
    with pytest.raises(PucError) as refused:
        preview(shelf, HAZARD, Cut(), "it")
    assert refused.value.problems[0].code == "results-missing"


def test_that_a_base_sheet_without_its_layer_says_what_to_add(shelf):
    with pytest.raises(PucError) as refused:
        preview(shelf, sheets.BY_ID["zone"], Cut(), "it")
    assert refused.value.problems[0].code == "sheet-passed-over"
    assert plan(shelf, (sheets.BY_ID["zone"],), Wish(("png",))).fit == ()


def test_that_a_boundary_that_is_gone_is_told_before_anything_is_drawn(shelf):
    (shelf.study.folder / "data" / "borgo.gpkg").unlink()
    anew = Shelf(shelf.study)
    with pytest.raises(PucError):
        preview(anew, LAND_USE, Cut(), "it")
    pack, done = export_pack(anew, (LAND_USE,), Wish(("png",)), tell=lambda pack: None)
    assert (pack.total, done.files) == (0, ())


def test_that_a_sheet_that_cannot_be_drawn_is_told_and_the_others_are_written(shelf):
    told = []
    pack, done = export_pack(shelf, (HAZARD, SOIL, LAND_USE), Wish(("png",)), tell=told.append)
    assert pack.lines[0].state is State.REFUSED
    assert {path.name for path in done.files} == {"01_consumo-suolo.png", "22_uso-suolo.png"}
    assert done.problems[0].code == "results-missing"
    # Before the first, after the first, after the second.
    assert [each.settled for each in told] == [0, 1, 2]
    assert pack.total == 2


def test_that_a_pack_made_again_says_that_nothing_changed(shelf):
    export_pack(shelf, (SOIL,), Wish(("png",)), tell=lambda pack: None)
    pack, done = export_pack(shelf, (SOIL,), Wish(("png",)), tell=lambda pack: None)
    assert (done.drawn, pack.lines[0].unchanged, pack.lines[0].drawn) == (0, 1, 0)


def test_that_each_line_counts_the_pages_of_its_units(shelf):
    pack = plan(shelf, (SOIL, LAND_USE), Wish(("png",), cut=Cut(coverage="neighbourhood")))
    assert [line.total for line in pack.lines] == [2, 2]


def test_that_a_pack_that_is_stopped_leaves_the_sheets_that_are_done(shelf):
    def stop_after_one(pack):
        if pack.settled:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_pack(shelf, (SOIL, LAND_USE), Wish(("png",)), tell=stop_after_one)
    assert [path.name for path in shelf.study.export.glob("*.png")] == ["01_consumo-suolo.png"]
    assert not list(shelf.study.export.glob("*.part"))


def test_that_the_list_says_what_can_be_drawn_and_what_lies_there(shelf):
    export_pack(shelf, (SOIL,), Wish(("png",)), tell=lambda pack: None)
    soil, hazard, land_use = listed(shelf.study, (SOIL, HAZARD, LAND_USE))
    assert soil.is_exported
    assert soil.remark.it.startswith("SP-SUO-01, A3, 1:")
    assert not hazard.is_ready
    assert (land_use.is_ready, land_use.is_exported) == (True, False)


def test_that_a_manifest_of_an_earlier_state_of_the_tool_is_listed_as_far_as_it_goes(shelf):
    export_pack(shelf, (SOIL,), Wish(("png",)), tell=lambda pack: None)
    path = shelf.study.export / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    for entry in told["files"].values():
        del entry["code"]
        entry["scale"] = "?"
    path.write_text(json.dumps(told), encoding="utf-8")
    (soil,) = listed(shelf.study, (SOIL,))
    assert (soil.is_exported, soil.remark.it) == (True, "A3")


def test_that_a_folder_of_somebody_else_refuses_the_pack_and_tells_nothing_in_the_list(shelf):
    shelf.study.export.mkdir(parents=True)
    (shelf.study.export / "mio.txt").write_text("mio", encoding="utf-8")
    with pytest.raises(PucError) as refused:
        export_pack(shelf, (SOIL,), Wish(("png",)), tell=lambda pack: None)
    assert refused.value.problems[0].code == "folder-not-ours"
    assert not listed(shelf.study, (SOIL,))[0].is_exported
