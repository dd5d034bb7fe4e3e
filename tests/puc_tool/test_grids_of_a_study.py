"""A datum grid in the study's folder: it moves the layers, is named in run.json, and makes earlier results old."""

from __future__ import annotations

import hashlib
import json

import geopandas
import pytest

IGM = "35160622_47161840_R40_F00.gsb"


@pytest.fixture
def rome(town, puc):
    """Return the borough with its neighbourhoods in Gauss-Boaga, so that a change of datum lies between."""
    path = town / "data" / "borgo.gpkg"
    halves = geopandas.read_file(path, layer="quartieri").to_crs(3003)
    halves.to_file(town / "data" / "quartieri.gpkg", layer="quartieri", driver="GPKG")
    text = (town / "study.toml").read_text(encoding="utf-8")
    text = text.replace('crs = "EPSG:3035"', 'crs = "EPSG:7791"')
    own = text.replace('source = "data/borgo.gpkg"  # due quartieri', 'source = "data/quartieri.gpkg"')
    (town / "study.toml").write_text(own, encoding="utf-8")
    return town


def bring(town, ntv2, name=IGM):
    # The borough lies near 11.0° E, 44.0° N; no shift at all, so that the made-up town stays whole.
    return ntv2(town / "grids" / name, south_s=0.0, east_s=0.0, bounds=(5.0, 40.0, 15.0, 48.0))


def record(town):
    return json.loads((town / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8"))


def reprojection(town):
    return next(each for each in record(town)["inputs"] if each["role"] == "neighbourhoods")["reprojection"]


def test_that_a_grid_put_into_the_study_is_used_recorded_and_makes_the_results_old(rome, puc, ntv2):
    assert puc("run", rome).code == 0
    before, key = reprojection(rome), record(rome)["key"]
    assert (before["accuracy_m"], before["missing_grids"], before["grids"]) == (4.0, [IGM], [])
    path = bring(rome, ntv2)
    said = puc("run", rome, "--json")
    assert said.content["ran"] == ["soil-consumption"]
    after = reprojection(rome)
    assert (after["accuracy_m"], after["missing_grids"]) == (0.1, [])
    assert after["grids"] == [{"file": IGM, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}]
    assert record(rome)["key"] != key
    assert puc("run", rome, "--json").content["unchanged"] == ["soil-consumption"]


def test_that_the_next_study_of_the_same_process_knows_nothing_of_it(rome, puc, ntv2, tmp_path):
    bring(rome, ntv2)
    assert "crs-by-grid" in puc("check", rome, "--json").problems
    (rome / "grids").rename(tmp_path / "set aside")
    problems = puc("check", rome, "--json").problems
    assert "crs-by-grid" not in problems
    assert IGM in problems["crs-approximate"]["message"]


def test_that_check_tells_of_grids_that_are_not_used_and_run_of_those_that_can_t_be(rome, puc, ntv2):
    bring(rome, ntv2, name="toscana.gsb")
    (rome / "grids" / "44200950.gr2").write_bytes(b"verto")
    problems = puc("check", rome, "--json").problems
    assert problems["grid-idle"]["where"] == "grids/toscana.gsb"
    assert IGM in problems["grid-idle"]["remedy"]
    assert problems["grid-unusable"]["where"] == "grids/44200950.gr2"
    assert "grid-unusable" in puc("run", rome, "--json").problems
