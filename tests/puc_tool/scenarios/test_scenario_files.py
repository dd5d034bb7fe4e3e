"""A study of two districts of 10,000 m², D1 with housing and D2 with shops, and its scenarios as files."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from shapely import box

from analyses.districts.params import DistrictParams
from analyses.districts.scenarios import Edit
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import write
from layers.problems import PucError
from puc_tool import run, written
from puc_tool.scenarios import scenario_files
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

EAST, NORTH = 566_000.0, 4_884_000.0
STUDY = """\
version = 1

[study]
title = "Due distretti"
comuni = []
crs = "EPSG:7791"

[[layer]]
role = "boundary"
source = "data/borgo.gpkg"
layer = "confine"

[[layer]]
role = "districts"
source = "data/borgo.gpkg"
layer = "distretti"
"""
DENSER = """\
version = 1
title = "Più denso"

[[district]]
code = "D1"
ut_m2_m2 = 0.8
uses = { residential = 50, commercial = 50 }
"""


def plot(left, bottom, right, top):
    return box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)


def layer(geometry, crs="EPSG:7791", **columns):
    return GeoDataFrame(columns, geometry=geometry, crs="EPSG:7791").to_crs(crs)


@pytest.fixture
def town(tmp_path):
    districts = layer(
        [plot(0, 0, 100, 100), plot(200, 0, 300, 100)], code=["D1", "D2"], name=["Uno", "Due"], ut_m2_m2=[0.5, 0.4],
        se_pct=[40.0, 40.0], ve_pct=[20.0, 20.0], ac_pct=[30.0, 30.0], sp_pct=[40.0, 40.0],
        residential_pct=[60.0, 0.0], commercial_pct=[40.0, 100.0], industrial_pct=[0.0, 0.0], ers_pct=[0.0, 0.0],
    )  # fmt: skip
    tables = {"confine": layer([plot(-500, -500, 1000, 1000)], name=["Borgo"]), "distretti": districts}
    write.geopackage(tmp_path / "data" / "borgo.gpkg", tables)
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def scenario(town, text, name="denso"):
    write.text(town / "scenarios" / f"{name}.toml", text)


def read(town):
    study = study_reading.read(town)
    return scenario_files.scenarios(study, Shelf(study).ground())


def compute(town):
    return run.run(TRANSFORMATION_DISTRICTS, Shelf(study_reading.read(town)), DistrictParams())


def table(town, name):
    return pd.read_csv(town / "results" / "transformation-districts" / f"{name}.csv")


def told(town):
    with pytest.raises(PucError) as caught:
        compute(town)
    return [(problem.code, problem.where.it) for problem in caught.value.problems]


def test_that_the_baseline_comes_first_then_the_scenarios_by_name(town):
    scenario(town, DENSER, "denso")
    scenario(town, '[[district]]\ncode = "D2"\nac_pct = 40\n', "aperto")
    compute(town)
    sheets = table(town, "by_district")
    assert sheets[["scenario", "code"]].to_numpy().tolist() == [
        [name, code] for name in ("base", "aperto", "denso") for code in ("D1", "D2")
    ]
    assert table(town, "scenarios")["title"].fillna("").tolist() == ["Piano vigente", "", "Più denso"]


def test_that_a_scenario_of_a_file_is_the_baseline_with_its_patch(town):
    # D1: 0.8 × 10,000 = 8,000 m²; half of it housing: 4,000 / 25 = 160 people. D2 and the plan in force stay.
    scenario(town, DENSER)
    compute(town)
    found = table(town, "by_district").set_index(["scenario", "code"])
    assert found.loc[("denso", "D1"), ["floor_area_m2", "people"]].tolist() == pytest.approx([8000, 160])
    assert found.loc[("base", "D1"), ["floor_area_m2", "people"]].tolist() == pytest.approx([5000, 120])
    ours, theirs = found.loc[("denso", "D2")], found.loc[("base", "D2")]
    pd.testing.assert_series_equal(ours, theirs, check_names=False)


def test_that_a_study_without_scenarios_has_the_plan_in_force_alone(town):
    compute(town)
    assert set(table(town, "by_district")["scenario"]) == {"base"}


def test_that_a_changed_scenario_is_computed_again_and_an_equal_one_is_not(town):
    scenario(town, DENSER)
    assert not compute(town).is_unchanged
    assert compute(town).is_unchanged
    scenario(town, DENSER.replace("0.8", "0.7"))
    assert not compute(town).is_unchanged


def test_that_results_are_old_once_a_scenario_has_changed(town):
    compute(town)
    scenario(town, DENSER)
    with pytest.raises(PucError) as caught:
        written.written(TRANSFORMATION_DISTRICTS, study_reading.read(town))
    assert [problem.code for problem in caught.value.problems] == ["results-stale"]


def test_that_the_record_of_a_run_names_its_scenarios_with_their_fingerprints(town):
    scenario(town, DENSER)
    compute(town)
    record = json.loads((town / "results" / "transformation-districts" / "run.json").read_text(encoding="utf-8"))
    assert [each["file"] for each in record["scenarios"]] == ["scenarios/denso.toml"]
    assert len(record["scenarios"][0]["sha256"]) == 64


def test_that_a_range_and_all_other_entries_are_taken(town):
    scenario(town, """\
[[district]]
code = "D1"
ut_m2_m2 = [0.2, 0.3]
state = "avviato"
largest_pct = { residential = 70 }
at_least = { homes = 20 }

[[service]]
district = "D1"
kind = "verde"
name = "Parco"
area_m2 = 700
x = 566050
y = 4884050
""")  # fmt: skip
    [found] = read(town).read
    assert found.edits == (Edit("D1", "ut_m2_m2", 0.2, 0.3), Edit("D1", "state", "avviato"))
    assert found.largest_pct == {("D1", "residential"): 70.0}
    assert found.least == {("D1", "homes"): 20.0}
    park = found.services[0]
    assert (park.kind, park.name, park.area_m2, park.place.x, park.place.y) == (
        "verde", "Parco", 700.0, 566_050.0, 4_884_050.0
    )  # fmt: skip


def test_that_a_redrawn_outline_may_be_words(town):
    scenario(town, f'[[district]]\ncode = "D1"\noutline = "{plot(0, 0, 150, 100).wkt}"\n')
    compute(town)
    found = table(town, "by_district").set_index(["scenario", "code"])["st_m2"]
    assert found.loc[("denso", "D1")] == pytest.approx(15_000)
    assert found.loc[("base", "D1")] == pytest.approx(10_000)


def test_that_a_redrawn_outline_may_be_a_file_in_another_crs(town):
    drawn = layer([plot(0, 0, 150, 100), plot(200, 0, 300, 100)], "EPSG:32632", COD=["D1", "D2"])
    write.geopackage(town / "data" / "nuovo.gpkg", {"p": drawn})
    words = '[[district]]\ncode = "D1"\noutline = { source = "data/nuovo.gpkg", layer = "p", code = "COD" }\n'
    scenario(town, words)
    compute(town)
    assert table(town, "by_district").set_index(["scenario", "code"])["st_m2"].loc[("denso", "D1")] == pytest.approx(
        15_000, rel=1e-6
    )
    assert compute(town).is_unchanged
    write.geopackage(town / "data" / "nuovo.gpkg", {"p": drawn.iloc[:1]})
    assert not compute(town).is_unchanged


def test_that_a_file_outside_the_study_is_not_read_without_consent(town, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("altrove") / "nuovo.gpkg"
    write.geopackage(elsewhere, {"p": layer([plot(0, 0, 150, 100)], code=["D1"])})
    scenario(town, f'[[district]]\ncode = "D1"\noutline = {{ source = "{elsewhere.as_posix()}" }}\n')
    assert [code for code, _ in told(town)] == ["source-outside"]


FAULTS = {
    "scenario-entry": 'ut = 0.5\n',
    "scenario-value": 'ut_m2_m2 = -0.5\n',
    "scenario-use": 'uses = { residential = 50, alberghi = 50 }\n',
    "scenario-uses-sum": 'uses = { residential = 50, commercial = 40 }\n',
    "scenario-uses-twice": 'uses = { residential = 100 }\nresidential_pct = 50\n',
    "scenario-goal": 'at_least = { castles = 1 }\n',
    "scenario-outline": 'outline = "POINT (0 0)"\n',
    "district-outline": 'outline = "POLYGON ((566000 4884000, 566100 4884100, 566100 4884000, 566000 4884100, 566000 4884000))"\n',  # noqa: E501
    "district-outside": 'outline = "POLYGON ((0 0, 1 0, 1 1, 0 0))"\n',
    "district-overlap": f'outline = "{plot(150, 0, 250, 100).wkt}"\n',
    "district-areas-over-st": 'se_pct = 80\n',
    "district-largest-uses": 'largest_pct = { residential = 20, commercial = 20, industrial = 20, other = 20 }\n',
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTS)
def test_that_each_fault_is_told_with_its_place(town, code):
    scenario(town, f'[[district]]\ncode = "D1"\n{FAULTS[code]}')
    found = told(town)
    assert [each for each, _ in found] == [code]
    assert all("denso" in where for _, where in found)


@pytest.mark.parametrize(
    ("ut", "why"),
    [("[0.3, 0.2]", "backwards"), ("[0.1, 0.2, 0.3]", "three"), ("nan", "nan"), ("inf", "inf"), ("true", "truth"),
     ('"0.3"', "text"), ("[]", "none")],
)  # fmt: skip
def test_that_a_number_that_is_none_is_refused(town, ut, why):
    scenario(town, f'[[district]]\ncode = "D1"\nut_m2_m2 = {ut}\n')
    assert [code for code, _ in told(town)] == ["scenario-value"], why


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[district]\n", "scenario-broken"),
        ("title = 1\n", "scenario-value"),
        ("version = 2\n", "scenario-newer"),
        ("district = 5\n", "scenario-value"),
        ("[[district]]\nut_m2_m2 = 1\n", "scenario-value"),
        ('[[district]]\ncode = "D1"\n\n[[district]]\ncode = "D1"\n', "scenario-twice"),
        ('[[district]]\ncode = "D1"\n', ""),
        ('[[district]]\ncode = "D9"\nut_m2_m2 = 0.1\n', "scenario-district-gone"),
        ('[[district]]\ncode = "D9"\n', "scenario-district-gone"),
        ('[[service]]\ndistrict = "D9"\nkind = "verde"\narea_m2 = 1\n', "scenario-district-gone"),
        ('[[service]]\ndistrict = "D1"\nkind = "verde"\narea_m2 = 0\n', "scenario-value"),
        ('[[service]]\ndistrict = "D1"\nkind = "verde"\narea_m2 = 5\nx = 1\n', "scenario-value"),
    ],
)
def test_that_a_file_that_says_something_else_is_refused(town, text, code):
    scenario(town, text)
    if not code:
        compute(town)  # a district that is named and left as it is changes nothing
        return
    assert [each for each, _ in told(town)] == [code]


def test_that_a_name_that_is_the_baselines_or_no_identifier_is_refused(town):
    scenario(town, DENSER, "base")
    scenario(town, DENSER, "oggi")
    scenario(town, DENSER, "Più denso")
    assert [code for code, _ in told(town)] == ["scenario-name"] * 3


def test_that_a_file_that_is_not_utf8_is_refused(town):
    (town / "scenarios").mkdir()
    (town / "scenarios" / "denso.toml").write_bytes('title = "Più"\n'.encode("latin-1"))
    assert told(town) == [("scenario-broken", "scenarios/denso.toml")]


def test_that_faults_of_all_files_are_told_at_once(town):
    scenario(town, '[[district]]\ncode = "D1"\nut = 1\nse_pct = 101\n', "a")
    scenario(town, "version = 9\n", "b")
    assert told(town) == [
        ("scenario-entry", "scenarios/a.toml [[district]] 1"),
        ("scenario-value", "scenarios/a.toml [[district]] 1"),
        ("scenario-newer", "scenarios/b.toml"),
    ]
    assert not (town / "results").exists()


def test_that_a_service_of_no_category_is_told_and_counts_nothing(town):
    scenario(town, '[[service]]\ndistrict = "D1"\nkind = "tpl"\narea_m2 = 500\n')
    assert "scenario-service-uncounted" in [problem.code for problem in compute(town).problems]
    found = table(town, "by_district").set_index(["scenario", "code"])["totale_planned_m2"]
    assert found.loc[("denso", "D1")] == found.loc[("base", "D1")]
