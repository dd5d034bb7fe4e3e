"""The CRS of a dataset is asked with a reason for each answer, and only the answer given enters the study."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from pyproj import CRS

from analyses.progress import silent
from puc_tool.intake import crs_question
from puc_tool.intake.folder_acceptance import Answers, accept, choices
from puc_tool.intake.folder_intake import add_folder
from puc_tool.intake.layer_preview import NO_PLACE, preview
from puc_tool.intake.outcomes import State
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

WEST, SOUTH = 570_000.0, 4_880_000.0


@pytest.fixture
def town(tmp_path):
    """Return a study of two kilometres by two near La Spezia, in EPSG:7791, and an empty folder beside it."""
    folder = tmp_path / "studio"
    (folder / "data").mkdir(parents=True)
    (tmp_path / "consegna è").mkdir()
    outline = geopandas.GeoDataFrame({"name": ["Prova"]}, geometry=[_box(0, 0, 2000, 2000)], crs=7791)
    outline.to_file(folder / "data" / "boundary.gpkg", layer="boundary")
    text = 'version = 1\n[study]\ntitle = "Prova"\ncomuni = []\ncrs = "EPSG:7791"\n'
    layer = '[[layer]]\nrole = "boundary"\nsource = "data/boundary.gpkg"\nlayer = "boundary"\n'
    (folder / "study.toml").write_text(text + layer, encoding="utf-8")
    return folder


def _box(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


def hazards(town, crs, *, says=True):
    """Deliver landslides in ``crs``; without ``says`` the file keeps it to itself."""
    path = town.parent / "consegna è" / "frane_pai.shp"
    shapes = [_box(100, 100, 600, 600), _box(900, 900, 1900, 1900)]
    frame = geopandas.GeoDataFrame({"PER_FR_ITA": ["P3", "P4"]}, geometry=shapes, crs=7791)
    frame.to_crs(crs).to_file(path)
    if not says:
        path.with_suffix(".prj").unlink()
    return add_folder(town, path.parent, silent).outcomes


def ground(town):
    return Shelf(study_reading.read(town)).ground()


def test_that_a_file_without_crs_is_left_out_and_asked_with_where_it_would_fall(town):
    (outcome,) = hazards(town, 3003, says=False)
    assert outcome.state is State.REFUSED
    assert crs_question.is_open(outcome)
    asked = crs_question.question(outcome, ground(town))
    assert asked.asked == crs_question.NOT_SAID
    assert asked.choices[0].crs == CRS.from_epsg(3003)
    assert "100" in asked.choices[0].why.it
    assert study_reading.read(town).of_role("landslide_hazard") == (), "nothing is guessed"


def test_that_the_answer_places_the_data_and_is_written_into_the_study(town):
    (outcome,) = hazards(town, 3003, says=False)
    placed = crs_question.placed(outcome, CRS.from_epsg(3003), ground(town))
    assert placed.found.subject.reach.of_itself > 0.9
    assert next(each.role.id for each in choices(placed)) == "landslide_hazard"
    assert study_reading.read(town).of_role("landslide_hazard") == (), "looking is not yet accepting"
    after = accept(town, (outcome,), Answers(chosen={0: choices(placed)[0]}, placed={0: placed}))
    assert after[0].state is State.ADDED
    (ref,) = study_reading.read(town).of_role("landslide_hazard")
    assert ref.crs == "EPSG:3003"


def test_that_an_old_crs_is_asked_about_and_stays_unless_another_is_told(town):
    (outcome,) = hazards(town, 3003)
    assert outcome.state is State.ADDED
    assert not crs_question.is_open(outcome)
    assert crs_question.may_be_asked(outcome)
    own, *_ = crs_question.question(outcome, ground(town)).choices
    assert own.crs is None
    assert "4 m" in own.why.it, "Monte Mario to RDN2008 is good to 4 m without the grids of the IGM"


def test_that_another_crs_for_what_was_added_takes_the_first_away(town):
    (outcome,) = hazards(town, 3003)
    placed = crs_question.placed(outcome, CRS.from_epsg(23032), ground(town))
    (after,) = accept(town, (outcome,), Answers(placed={0: placed}))
    assert after.state is not State.ADDED
    assert study_reading.read(town).of_role("landslide_hazard") == ()


def test_that_data_that_lies_elsewhere_is_asked_with_what_would_bring_it_here(town):
    path = town.parent / "consegna è" / "frane.gpkg"
    shapes = geopandas.GeoSeries([_box(100, 100, 600, 600)], crs=7791).to_crs(3003)
    wrong = geopandas.GeoDataFrame({"PER_FR_ITA": ["P3"]}, geometry=list(shapes), crs=32633)
    wrong.to_file(path)
    (outcome,) = add_folder(town, path.parent, silent).outcomes
    assert outcome.state is State.ELSEWHERE
    asked = crs_question.question(outcome, ground(town))
    assert "EPSG:32633" in asked.asked.it
    assert CRS.from_epsg(3003) in [each.crs for each in asked.choices]
    assert CRS.from_epsg(32633) not in [each.crs for each in asked.choices]


def test_that_a_modern_crs_is_not_asked_about(town):
    (outcome,) = hazards(town, 6707)
    assert not crs_question.may_be_asked(outcome)


def test_that_a_raster_without_crs_is_asked_too(town):
    path = town.parent / "consegna è" / "dtm_quote.tif"
    cells = np.linspace(0, 300, 400, dtype="float32").reshape(20, 20)
    place = Affine(100, 0, WEST, 0, -100, SOUTH + 2000)
    with rasterio.open(path, "w", driver="GTiff", width=20, height=20, count=1, dtype="float32", transform=place) as to:
        to.write(cells, 1)
    (outcome,) = add_folder(town, path.parent, silent).outcomes
    assert outcome.state is State.UNREAD
    first = crs_question.question(outcome, ground(town)).choices[0]
    placed = crs_question.placed(outcome, first.crs, ground(town))
    assert "elevation" in [each.role.id for each in choices(placed)]
    accept(town, (outcome,), Answers(chosen={0: choices(placed)[0]}, placed={0: placed}))
    assert [ref.crs for ref in study_reading.read(town).of_role("elevation")] == ["EPSG:7791"]


def test_that_the_preview_shows_data_only_where_its_place_is_known(town):
    (outcome,) = hazards(town, 3003, says=False)
    unplaced = preview(outcome.found, outcome.proposal, ground(town))
    assert (unplaced.picture, unplaced.said) == (None, NO_PLACE)
    placed = crs_question.placed(outcome, CRS.from_epsg(3003), ground(town))
    shown = preview(placed.found, choices(placed)[0], ground(town)).picture
    assert sorted(style.code for style in shown.classes) == ["P3", "P4"]
    left, top = shown.shapes.bounds.T[[0, 3]]
    # Drawn where they were made: 100 m in from the corner, within the 4 m that the conversion is good to.
    assert abs(left.min() - (WEST + 100)) < 8
    assert abs(top.max() - (SOUTH + 1900)) < 8
