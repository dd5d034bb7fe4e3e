"""Whole stories, from the words of a command to the files on disk: made-up ground, real files, the demonstration."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine

from analyses import registry
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

ROOT = Path(__file__).resolve().parents[2]
TIMES = ("start", "end")
FRENCH = """\
version = 1
[study]
title = "Commune 41175"
comuni = []
crs = "EPSG:2154"
date = 2014-01-01
"""


@pytest.fixture
def results(town):
    return town / "results" / "soil-consumption"


def rows(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def total(table, column):
    return sum(float(row[column]) for row in table)


def without_times(folder):
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return {name: value for name, value in record.items() if name not in TIMES}


def test_that_the_borough_comes_out_as_counted_by_hand(puc, town, results):
    assert puc("run", town).code == 0
    # 2023: 400 cells of road + 100 of building site = 40 000 + 10 000 m²; the quarries of 2012, 25 cells, are meadow.
    (whole,) = rows(results, "by_commune")
    assert {name: float(value) for name, value in whole.items() if name.endswith(("_m2", "_pct"))} == {
        "area_m2": 1_000_000.0,
        "consumed_m2": 50_000.0,
        "consumed_pct": 5.0,
        "permanent_m2": 40_000.0,
        "reversible_m2": 10_000.0,
        "no_data_m2": 0.0,
        "gross_m2": 10_000.0,
        "restored_m2": 2_500.0,
        "net_m2": 7_500.0,
    }
    east, west = rows(results, "by_neighbourhood")
    assert (east["name"], east["consumed_m2"]) == ("Levante", "10000.000000")
    assert (west["name"], west["consumed_m2"]) == ("Ponente", "40000.000000")
    change = {(row["from_code"], row["to_code"]): row["area_m2"] for row in rows(results, "transition")}
    assert change == {
        ("112", "112"): "40000.000000",
        ("123", "202"): "2500.000000",
        ("202", "122"): "10000.000000",
        ("202", "202"): "947500.000000",
    }
    figures = {each["id"]: each for each in json.loads((results / "figures.json").read_text())["figures"]}
    assert figures["suolo_consumato_ha"]["value"] == pytest.approx(5.0)
    assert figures["consumo_netto_ha"]["value"] == pytest.approx(0.75)
    assert figures["procapite_m2ab"]["value"] == pytest.approx(50_000 / 1100)
    # 0.75 ha over 11 years; 7 500 m² over 100 ha; 7 500 m² for 100 more people.
    assert figures["consumo_netto_annuo_ha"]["value"] == pytest.approx(0.75 / 11)
    assert figures["densita_m2ha"]["value"] == pytest.approx(75.0)
    assert figures["consumo_marginale"]["value"] == pytest.approx(75.0)
    # One patch of 0.95 km² in 1 km²; the raster ends 100 m beyond the boundary, patches do not.
    assert figures["meff_cut"]["value"] == pytest.approx(0.95**2)
    assert figures["meff_cbc"]["value"] is None
    assert figures["meff_cbc"]["why"]


def test_that_zones_add_up_to_the_boundary_with_the_rest_as_last_row(puc, town, results, plan):
    puc("add", town, "zoning", plan, "--field", "zone=SIGLA_Z", "--where", "TIPO = 'res'")
    assert puc("run", town).code == 0
    zones = rows(results, "by_zone")
    # The zone is the southern 400 m; the rest, 600 m × 1 km, is in none.
    assert [(row["code"], row["name"], float(row["area_m2"])) for row in zones] == [
        ("R1", "R1", 400_000.0),
        ("", "(fuori da ogni unità)", 600_000.0),
    ]
    assert total(zones, "consumed_m2") == pytest.approx(50_000.0)


def test_that_a_study_moves_with_its_folder(puc, town, tmp_path, hashes):
    elsewhere = tmp_path / "un altro disco" / "con spazi è accénti" / "borgo"
    shutil.copytree(town, elsewhere)
    checks = [json.dumps(puc("check", folder, "--json").content) for folder in (town, elsewhere)]
    assert checks[0] == checks[1]
    for folder in (town, elsewhere):
        assert puc("run", folder).code == 0
        assert puc("export", folder, "--dpi", 50).code == 0
    assert without_times(town / "results/soil-consumption") == without_times(elsewhere / "results/soil-consumption")
    one, two = (dict(hashes(folder)) for folder in (town, elsewhere))
    del one["results/soil-consumption/run.json"], two["results/soil-consumption/run.json"]
    assert one == two


def test_that_a_study_copied_with_its_results_still_knows_them(puc, town, tmp_path):
    puc("run", town)
    elsewhere = shutil.copytree(town, tmp_path / "altrove")
    assert puc("run", elsewhere, "--json").content["unchanged"] == ["soil-consumption"]


def test_that_two_communes_are_two_rows_and_one_population(puc, tmp_path):
    folder = tmp_path / "studio"
    assert puc("new", folder, "--comune", "La Spezia", "--comune", "Lerici").code == 0
    ground = Shelf(study_reading.read(folder)).ground().boundary
    write_even_soil(tmp_path / "suolo.tif", ground, 7791, 100.0)
    assert puc("add", folder, "soil_consumption", tmp_path / "suolo.tif", "--year", 2023).code == 0
    assert puc("run", folder).code == 0
    communes = rows(folder / "results" / "soil-consumption", "by_commune")
    assert [row["code"] for row in communes] == ["011015", "011016"]
    assert total(communes, "area_m2") == pytest.approx(ground.area, rel=1e-9)
    # Every cell is consumed, so every commune is.
    assert [float(row["consumed_pct"]) for row in communes] == pytest.approx([100.0, 100.0], abs=1e-6)
    figures = json.loads((folder / "results/soil-consumption/figures.json").read_text())["figures"]
    each = next(figure["value"] for figure in figures if figure["id"] == "procapite_m2ab")
    (people,) = study_reading.read(folder).population["istat"].values()
    assert each == pytest.approx(ground.area / people, rel=1e-6)


def write_even_soil(path, ground, epsg, cell_m):
    """Write soil that is consumed everywhere, over the whole of ``ground``."""
    left, bottom, right, top = shapely.bounds(ground)
    width, height = int((right - left) / cell_m) + 3, int((top - bottom) / cell_m) + 3
    transform = Affine(cell_m, 0, left - cell_m, 0, -cell_m, top + cell_m)
    with rasterio.open(
        path, "w", driver="GTiff", width=width, height=height, count=1, dtype="uint8", crs=epsg, transform=transform
    ) as dataset:
        dataset.write(np.full((height, width), 111, np.uint8), 1)


def test_that_every_fault_can_be_mended_one_after_the_other_by_what_the_remedies_say(puc, town, faulty, results):
    path = faulty("no_crs")
    said = puc("add", town, "zoning", path, "--json")
    assert set(said.problems) == {"crs-missing", "field-missing"}, "both are told at once"
    assert puc("add", town, "zoning", path, "--crs", "EPSG:3035", "--field", "zone=SIGLA_Z").code == 0
    assert puc("check", town).code == 0
    assert puc("run", town).code == 0
    assert len(rows(results, "by_zone")) == 2


def test_that_an_official_boundary_takes_the_place_of_the_generalised(puc, tmp_path, real_data):
    folder = tmp_path / "studio"
    puc("new", folder, "--comune", "La Spezia")
    before = Shelf(study_reading.read(folder)).ground().boundary.area
    clip = real_data / "laspezia_clip.gpkg"
    words = ("--layer", "comune_laspezia", "--field", "name=name", "--replace")
    said = puc("add", folder, "boundary", clip, *words, "--json")
    assert said.code == 0, said
    assert puc("check", folder).code == 0
    after = Shelf(study_reading.read(folder)).ground().boundary.area
    assert after == pytest.approx(before, rel=0.02), "both are the commune of 51 km²"
    assert (folder / "data" / "boundary.gpkg").is_file(), "the file that was there stays"
    said = puc("run", folder)
    assert said.code == 0
    assert "manca: Consumo di suolo (ISPRA) o Uso del suolo." in said.out


@pytest.fixture
def french(tmp_path, real_data, puc):
    """Return a study of a French commune, whose plan gives outline, zones and land use."""
    folder = tmp_path / "commune"
    folder.mkdir()
    (folder / "study.toml").write_text(FRENCH, encoding="utf-8")
    plan = real_data / "zoning" / "plu_41175_ZONE_URBA.shp"
    outline = dissolved(plan, tmp_path / "outline.gpkg")
    named = ("--set-field", "name=Commune 41175", "--set-field", "code=041175")
    codes = [f"--code={pair}" for pair in ("U=1", "AUc=1", "AUs=1", "A=2", "N=3", "Nh=3")]
    for words in (
        ("boundary", outline, *named),
        ("zoning", plan, "--field", "zone=LIBELLE", "--field", "name=LIBELONG", "--year", "2014"),
        ("land_use", plan, "--field", "code=TYPEZONE", *codes, "--year", "2014"),
    ):
        said = puc("add", folder, *words, "--json")
        assert said.code == 0, said
    return folder


def dissolved(plan, path):
    import geopandas

    table = geopandas.read_file(plan)
    ground = shapely.union_all(shapely.make_valid(table.geometry.to_numpy(), method="structure"))
    geopandas.GeoDataFrame(geometry=[ground], crs=table.crs).to_file(path, driver="GPKG")
    return path


def test_that_a_real_plan_runs_and_its_zones_add_up_to_the_boundary(puc, french):
    said = puc("run", french, "--json")
    assert said.code == 0
    assert said.content["ran"] == ["soil-consumption"]
    assert "land-use-only" in said.problems
    results = french / "results" / "soil-consumption"
    ground = Shelf(study_reading.read(french)).ground().boundary.area
    (whole,) = rows(results, "by_commune")
    zones = rows(results, "by_zone")
    assert len(zones) > 5
    assert float(whole["area_m2"]) == pytest.approx(ground, rel=1e-9)
    for column in ("area_m2", "artificial_m2", "artificial_partial_m2", "no_data_m2"):
        assert total(zones, column) == pytest.approx(float(whole[column]), rel=1e-9, abs=1e-6 * len(zones)), column
    figures = {each["id"]: each for each in json.loads((results / "figures.json").read_text())["figures"]}
    assert figures["superfici_artificiali_ha"]["value"] == pytest.approx(float(whole["artificial_m2"]) / 10_000)
    assert figures["suolo_consumato_ha"]["value"] is None
    assert "raster ISPRA" in figures["suolo_consumato_ha"]["why"]


def test_that_a_real_plan_is_exported_and_its_record_names_no_place(puc, french, tmp_path):
    puc("run", french)
    said = puc("export", french, "--dpi", 60, "--json")
    assert said.code == 0, said
    begins = {".pdf": b"%PDF-", ".png": b"\x89PNG"}
    files = [Path(path) for path in said.content["files"]]
    assert {path.suffix for path in files} == set(begins)
    assert all(path.read_bytes().startswith(begins[path.suffix]) for path in files)
    record = (french / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in record
    assert os.environ["PUC_REAL_DATA"] not in record
    assert '"/' not in record


@pytest.mark.parametrize("code", ["008055", "008065"])
def test_that_real_heights_are_taken_in_for_a_commune_of_the_tile(puc, tmp_path, real_data, code):
    folder = tmp_path / "studio"
    assert puc("new", folder, "--comune", code).code == 0
    tile = real_data / "landuse_dem" / "N43E007.hgt.zip"
    said = puc("add", folder, "elevation", tile, "--json")
    assert said.code == 0, said
    checked = puc("check", folder, "--json")
    assert checked.code == 0
    heights = checked.content["layers"][1]
    assert (heights["kind"], heights["crs"], heights["features"]) == ("raster", "EPSG:4326", 1201 * 1201)
    assert study_reading.read(folder).of_role("elevation")[0].source.endswith("N43E007.hgt.zip")
    assert "manca: Consumo di suolo (ISPRA) o Uso del suolo." in puc("run", folder).out


def test_that_a_tile_that_covers_a_part_says_which_share_is_missing(puc, refused, tmp_path, real_data):
    # The tile ends at 8° E: Diano Marina lies beyond it.
    tile = real_data / "landuse_dem" / "N43E007.hgt.zip"
    shares = {}
    for code in ("008027", "008031", "008055"):
        folder = tmp_path / code
        puc("new", folder, "--comune", code)
        said = puc("add", folder, "elevation", tile, "--json")
        told = said.problems
        shares[code] = set(told)
        assert said.code == (1 if "layer-elsewhere" in told else 0)
    assert shares["008055"] == set()
    assert {"layer-elsewhere", "raster-partly-covered"} & (shares["008027"] | shares["008031"])


def demo(folder, *words):
    command = [sys.executable, "-c", "from ui.start import main; raise SystemExit(main())", "demo", str(folder), *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finished(running):
    out, err = running.communicate(timeout=3600)
    assert running.returncode == 0, err.decode("utf-8")
    return out


def assert_same_bytes(one, two, hashes):
    first, second = (dict(hashes(folder)) for folder in (one, two))
    records = sorted(name for name in first if name.endswith("run.json"))
    assert records
    for name in records:
        assert without_times((one / name).parent) == without_times((two / name).parent)
        del first[name], second[name]
    assert first == second


@pytest.fixture(scope="module")
def whole_demo(tmp_path_factory):
    """Return the folder of a demonstration that nobody disturbed."""
    folder = tmp_path_factory.mktemp("uno") / "demo"
    said = json.loads(finished(demo(folder, "--json")))
    assert said["ran"] == list(registry.BY_ID)
    assert all(Path(path).is_file() for path in said["files"])
    return folder


@pytest.mark.slow
def test_that_two_demonstrations_are_the_same_to_the_byte(whole_demo, tmp_path, hashes):
    finished(demo(tmp_path / "un altro posto"))
    assert_same_bytes(whole_demo, tmp_path / "un altro posto", hashes)


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["study.toml", "data/*.tif", "results/*/figures.json", "export/manifest.json"])
def test_that_a_killed_demonstration_is_continued_to_the_same_end(whole_demo, tmp_path, hashes, sign):
    folder = tmp_path / "demo"
    running = demo(folder)
    while running.poll() is None and not any(folder.glob(sign)):
        time.sleep(0.002)
    running.kill()
    running.communicate(timeout=600)
    assert running.returncode != 0, "it was over before it could be killed"
    finished(demo(folder))
    assert_same_bytes(whole_demo, folder, hashes)
