"""Hazard exposure from the words of the commands: layers as offices deliver them, IdroGEO's table, the sheet."""

import csv
import json

import geopandas
import pytest
import shapely

from analyses.hazard_exposure import HAZARD_EXPOSURE
from puc_tool.studies import study_reading
from puc_tool.written import written

WEST, SOUTH = 4_306_000.0, 2_336_000.0


def square(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


@pytest.fixture
def floods(brought):
    """Return floods with the words of the national mosaic: P3 over 10 ha in P2 over 20 ha."""
    words = [
        "Pericolosita' idraulica media - MediumProbabilityHazard",
        "Pericolosità idraulica elevata - HighProbabilityHazard",
    ]
    shapes = [square(0, 0, 200, 1000), square(0, 0, 100, 1000)]
    path = brought / "mosaico.gpkg"
    geopandas.GeoDataFrame({"scenario": words}, geometry=shapes, crs=3035).to_file(path, layer="idraulica")
    return path


@pytest.fixture
def idrogeo(brought):
    """Return a table like ISPRA's: keys without zeros, km², an area ten times too large."""
    path = brought / "idrogeo.csv"
    path.write_text(
        "CMN,area,pop,area_id_H,area_id_M,area_id_H_p,area_id_M_p,pop_id_M\n999001,10.0,900,0.1,0.21,10.0,21.0,7\n",
        encoding="utf-8",
    )
    return path


def rows(folder, table):
    with (folder / "results" / "hazard-exposure" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def figures(folder):
    content = json.loads((folder / "results" / "hazard-exposure" / "figures.json").read_text(encoding="utf-8"))
    return {each["id"]: each for each in content["figures"]}


def test_that_a_national_mosaic_is_taken_by_its_own_words(puc, town, floods):
    assert puc("add", town, "flood_hazard", floods, "--field", "class=scenario").code == 0
    said = puc("run", town, "hazard-exposure", "--json")
    assert said.code == 0
    known = figures(town)
    assert known["flood_p3_m2"]["value"] == pytest.approx(100_000.0)
    assert known["flood_p2_m2"]["value"] == pytest.approx(200_000.0)
    assert known["flood_p2_people"]["value"] is None
    assert known["flood_p2_people"]["why"].startswith("Manca la popolazione")
    assert {"hazard-overlap", "uses-not-law"} <= said.problems.keys()
    by_class = rows(town, "by_class")
    assert [(row["class"], float(row["area_m2"])) for row in by_class] == [
        ("P3", 100_000.0), ("P2", 100_000.0), ("P1", 0.0), ("", 800_000.0)
    ]  # fmt: skip


def test_that_idrogeo_joined_to_the_boundary_is_compared_with(puc, town, floods, idrogeo):
    puc("add", town, "flood_hazard", floods, "--field", "class=scenario")
    added = puc(
        "add", town, "boundary", town / "data" / "borgo.gpkg", "--layer", "confine", "--join", idrogeo,
        "--on", "code=CMN", "--replace",
    )  # fmt: skip
    assert added.code == 0, added.err
    said = puc("run", town, "hazard-exposure", "--json")
    assert said.code == 0
    assert "idrogeo-area-tenfold" in said.problems
    found = {row["figure"]: row for row in rows(town, "reconciliation")}
    # 0.21 km² at 21 % make 1 km² of commune; P2 here is 20 ha, there 21.
    assert float(found["boundary_m2"]["published"]) == pytest.approx(1_000_000.0)
    assert float(found["flood_p2_m2"]["difference"]) == pytest.approx(-10_000.0)
    assert "flood_p2_people" not in found


def test_that_a_district_without_an_index_leaves_a_gap_that_reads_as_a_missing_number(puc, town, floods, brought):
    path = brought / "distretti.gpkg"
    columns = {"code": ["D1", "D2"], "name": ["Uno", "Due"], "ut_m2_m2": [0.5, None]}
    shapes = [square(0, 0, 100, 100), square(100, 0, 200, 100)]
    geopandas.GeoDataFrame(columns, geometry=shapes, crs=3035).to_file(path, layer="distretti")
    puc("add", town, "flood_hazard", floods, "--field", "class=scenario")
    assert puc("add", town, "districts", path).code == 0
    said = puc("run", town, "hazard-exposure", "--json")
    assert "(Due)" in said.problems["district-without-index"]["message"]
    study = study_reading.read(town)
    frame = written(HAZARD_EXPOSURE, study).table("by_district")
    # D1 lies in P3: 0.5 × 10,000 m².
    assert frame.loc[frame["code"] == "D1", "floor_area_new_m2"].tolist() == [5000.0, 0.0, 0.0, 0.0]
    assert frame.loc[frame["code"] == "D2", "floor_area_new_m2"].isna().all()


def test_that_without_any_hazard_it_says_what_is_missing(puc, town):
    said = puc("run", town, "hazard-exposure", "--json")
    assert said.code == 1
    (problem,) = [each for each in said.content["problems"] if each["severity"] == "error"]
    assert "Pericolosità" in problem["message"]


def test_that_its_sheet_is_exported(puc, town, floods):
    puc("add", town, "flood_hazard", floods, "--field", "class=scenario")
    puc("run", town, "hazard-exposure")
    assert puc("export", town, "pericolosita", "--format", "svg").code == 0
    assert (town / "export" / "03_pericolosita.svg").is_file()


def test_that_running_again_finds_the_results_unchanged(puc, town, floods, hashes):
    puc("add", town, "flood_hazard", floods, "--field", "class=scenario")
    puc("run", town, "hazard-exposure")
    before = hashes(town / "results")
    assert puc("run", town, "hazard-exposure", "--json").content["unchanged"] == ["hazard-exposure"]
    assert hashes(town / "results") == before
