"""run.json: enough to run it again and compare, and nothing about who, where or when beyond two times."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import asdict
from datetime import datetime

import geopandas
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyses.soil.params import SoilParams
from puc_tool import provenance
from puc_tool.studies import study_reading

ZONES = ("--field", "zone=SIGLA_Z", "--field", "name=TESTO")


@pytest.fixture
def ran(town, puc):
    assert puc("run", town).code == 0
    return town / "results" / "soil-consumption"


def record_of(folder):
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def sha256(path):
    """Return what `sha256sum` prints."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_that_the_record_holds_what_the_contract_names(ran):
    record = record_of(ran)
    assert set(record) == {
        "analysis", "key", "tool", "libraries", "crs", "demonstration", "parameters", "inputs", "problems", "mends",
        "outputs", "declared", "start", "end", "jobs",
    }  # fmt: skip
    assert (record["analysis"], record["crs"], record["demonstration"]) == ("soil-consumption", "EPSG:3035", False)
    assert record["tool"]["name"] == "puc-tool"
    assert {"numpy", "pandas", "geopandas", "shapely", "pyproj", "rasterio", "proj"} <= set(record["libraries"])
    assert record["parameters"] == asdict(SoilParams())
    assert record["jobs"] == 1


def test_that_every_input_is_told_with_its_hash_count_area_and_year(ran, town):
    inputs = {(each["role"], each["year"]): each for each in record_of(ran)["inputs"]}
    assert set(inputs) == {
        ("boundary", None),
        ("neighbourhoods", None),
        ("soil_consumption", 2012),
        ("soil_consumption", 2023),
    }
    boundary, soil = inputs["boundary", None], inputs["soil_consumption", 2023]
    assert (boundary["source"], boundary["layer"]) == ("data/borgo.gpkg", "confine")
    assert (boundary["features"], boundary["area_m2"]) == (1, 1_000_000.0)
    assert (soil["features"], soil["area_m2"]) == (120 * 120, None)
    assert soil["sha256"] == sha256(town / "data" / "suolo_2023.tif")


def test_that_every_output_is_named_with_a_hash_that_matches(ran):
    outputs = {each["file"]: each["sha256"] for each in record_of(ran)["outputs"]}
    assert set(outputs) | {"run.json"} == {path.name for path in ran.iterdir()}
    assert outputs == {name: sha256(ran / name) for name in outputs}


def test_that_times_stand_only_in_the_record(ran):
    record = record_of(ran)
    start, end = (datetime.fromisoformat(record[name]) for name in ("start", "end"))
    assert start <= end
    for path in ran.iterdir():
        if path.name != "run.json":
            assert str(start.date()).encode() not in path.read_bytes(), path.name


def test_that_the_record_names_neither_places_nor_people(town, puc, plan, tmp_path, monkeypatch):
    monkeypatch.setenv("USER", "mrossi")
    monkeypatch.setenv("LOGNAME", "mrossi")
    puc("add", town, "zoning", plan, *ZONES)
    assert puc("run", town).code == 0
    text = (town / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8")
    assert "mrossi" not in text
    for part in tmp_path.parts[1:]:
        assert f"/{part}/" not in text
    assert not re.search(r'"(/|[A-Z]:|\.\.)', text)
    sources = [each["source"] for each in json.loads(text)["inputs"]]
    assert "piano.gpkg" in sources


def reverse_rings(shapefile):
    """Turn the two square rings of the one polygon round, as careless exporters write them."""
    content = bytearray(shapefile.read_bytes())
    # Main header 100 bytes, record header 8; type 4, box 32, two counts 8, two part indices 8; then 2 × 5 points.
    start = 100 + 8 + 4 + 32 + 8 + 8
    for ring in (start, start + 80):
        points = [content[at : at + 16] for at in range(ring, ring + 80, 16)]
        content[ring : ring + 80] = b"".join(reversed(points))
    shapefile.write_bytes(content)


def test_that_what_gdal_remarks_of_a_file_is_recorded_without_its_place(town, puc, brought, tmp_path):
    path = brought / "piano.shp"
    left, bottom, _, _ = geopandas.read_file(town / "data" / "borgo.gpkg", layer="confine").total_bounds
    squares = [shapely.box(left + x, bottom, left + x + 100, bottom + 100) for x in (0, 300)]
    geopandas.GeoDataFrame({"Z": ["B1"]}, geometry=[shapely.MultiPolygon(squares)], crs=3035).to_file(path)
    reverse_rings(path)
    assert (
        "winding order"
        in puc("add", town, "zoning", path, "--field", "zone=Z", "--json").problems["source-remark"]["message"]
    )
    assert puc("run", town).code == 0
    record = (town / "results" / "soil-consumption" / "run.json").read_text(encoding="utf-8")
    assert "piano.shp contains polygon" in record
    assert str(tmp_path) not in record


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("data/piano.gpkg", "data/piano.gpkg"),
        ("/srv/dati/piano.gpkg", "piano.gpkg"),
        ("../../srv/dati/piano.gpkg", "piano.gpkg"),
        ("data/../../mrossi/piano.gpkg", "piano.gpkg"),
    ],
)
def test_that_a_source_outside_the_study_is_shown_by_its_name_alone(source, shown):
    assert provenance.shown_source(source) == shown


def test_that_reprojection_is_told_with_operation_and_accuracy(town, puc):
    text = (town / "study.toml").read_text(encoding="utf-8")
    (town / "study.toml").write_text(text.replace("EPSG:3035", "EPSG:7791"), encoding="utf-8")
    assert puc("run", town).code == 0
    for each in record_of(town / "results" / "soil-consumption")["inputs"]:
        told = each["reprojection"]
        assert (told["from"], told["to"]) == ("EPSG:3035", "EPSG:7791")
        assert "UTM zone 32N" in told["operation"]
        assert told["accuracy_m"] is None or told["accuracy_m"] >= 0.0
        assert told["missing_grids"] == sorted(told["missing_grids"])


def test_that_problems_and_mends_are_told(town, puc, bow_tie):
    puc("add", town, "zoning", bow_tie, "--field", "zone=Z")
    assert puc("run", town).code == 0
    record = record_of(town / "results" / "soil-consumption")
    codes = [each["code"] for each in record["problems"]]
    assert "units-rest" in codes
    assert [each["code"] for each in record["mends"]] == ["geometry-repaired"]


def test_that_a_record_that_cannot_be_believed_is_none(ran):
    assert provenance.read(ran) is not None
    whole = record_of(ran)
    for change in (
        {"outputs": [{"file": "../../study.toml", "sha256": "x"}]},
        {"outputs": [{"file": "..", "sha256": "x"}]},
        {"outputs": [{"file": "/etc/passwd", "sha256": "x"}]},
        {"outputs": [{"file": 5, "sha256": "x"}]},
        {"outputs": "figures.json"},
        {"outputs": None},
        {"inputs": [1]},
        {"problems": {}},
        {"parameters": []},
    ):
        (ran / "run.json").write_text(json.dumps(whole | change), encoding="utf-8")
        assert provenance.read(ran) is None, change
        assert not provenance.unchanged(ran, whole["key"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["outputs", "inputs", "file", "sha256", "key", "parameters"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=JSON)
def test_that_no_record_is_a_bug(tmp_path, content):
    (tmp_path / "run.json").write_text(json.dumps(content), encoding="utf-8")
    assert not provenance.unchanged(tmp_path, "0" * 64)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023 = 1100", "2023 = 1101"),
        ("EPSG:3035", "EPSG:7791"),
        ('layer = "quartieri"', 'layer = "confine"'),
        ('layer = "quartieri"', 'layer = "quartieri"\nwhere = "name = \'Levante\'"'),
        ("comuni = []", "comuni = []\ndemonstration = true"),
    ],
)
def test_that_whatever_figures_depend_on_changes_the_key(town, old, new):
    def key():
        study = study_reading.read(town)
        return provenance.key(study, "soil-consumption", {}, study.layers)

    before = key()
    text = (town / "study.toml").read_text(encoding="utf-8")
    (town / "study.toml").write_text(text.replace(old, new), encoding="utf-8")
    assert key() != before


def test_that_title_and_date_do_not_change_the_key(town):
    def key():
        study = study_reading.read(town)
        return provenance.key(study, "soil-consumption", {}, study.layers)

    before = key()
    text = (town / "study.toml").read_text(encoding="utf-8")
    text = text.replace("Borgo di prova", "Altro titolo").replace("2026-03-31", "2027-01-01")
    (town / "study.toml").write_text(text, encoding="utf-8")
    assert key() == before


def test_that_the_versions_told_are_those_installed():
    told = provenance.versions()
    assert told["numpy"] == sys.modules["numpy"].__version__
