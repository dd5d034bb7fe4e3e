"""A desk of scenarios on a study of two districts: listed, switched, side by side, refused with every fault."""

from __future__ import annotations

import pytest
from geopandas import GeoDataFrame
from shapely import box

from analyses.districts.params import DistrictParams
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import write
from puc_tool import run
from puc_tool.scenarios.scenario_desk import desk_of
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.written import written

EAST, NORTH = 566_000.0, 4_884_000.0
HEAD = """version = 1

[study]
title = "Due distretti"
comuni = []
crs = "EPSG:7791"
date = 2026-03-31
"""
LAYER = """
[[layer]]
role = "{role}"
source = "data/borgo.gpkg"
layer = "{role}"
"""
DENSER = 'title = "Più denso"\n[[district]]\ncode = "D1"\nut_m2_m2 = 0.8\n'
REDRAWN = 'title = "Più largo"\n[[district]]\ncode = "D2"\noutline = "{wkt}"\n'


def plot(left, bottom, right, top):
    return box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs="EPSG:7791")


@pytest.fixture
def town(tmp_path):
    """Return a function that writes the study with scenarios and returns its shelf."""
    shares = {"se_pct": [40.0] * 2, "ve_pct": [20.0] * 2, "ac_pct": [30.0] * 2, "sp_pct": [40.0] * 2,
              "residential_pct": [60.0, 0.0], "commercial_pct": [40.0, 100.0], "industrial_pct": [0.0] * 2}  # fmt: skip
    tables = {
        "boundary": layer([plot(-500, -500, 1500, 1500)], name=["Borgo"]),
        "districts": layer([plot(0, 0, 100, 100), plot(200, 0, 300, 100)], code=["D1", "D2"], name=["Uno", "Due"],
                           ut_m2_m2=[0.5, 0.4], **shares),
        "neighbourhoods": layer([plot(-500, -500, 1500, 1500)], code=["N"], name=["Borgo"]),
        "census": layer([plot(500, 500, 600, 600)], population=[100.0]),
    }  # fmt: skip

    def made(**scenarios):
        write.geopackage(tmp_path / "data" / "borgo.gpkg", tables)
        write.text(tmp_path / "study.toml", HEAD + "".join(LAYER.format(role=role) for role in tables))
        for name, words in scenarios.items():
            write.text(tmp_path / "scenarios" / f"{name}.toml", words)
        return Shelf(study_reading.read(tmp_path))

    return made


WIDER = REDRAWN.format(wkt=plot(200, 0, 350, 100).wkt)


def desk_on(town, **scenarios):
    """Return the desk of a town with these scenarios, as the window opens it."""
    return desk_of(town(), DistrictParams(), scenarios, None)


def test_that_the_plan_comes_first_and_each_scenario_says_what_it_changes(town):
    desk = desk_on(town, denso=DENSER, largo=WIDER)
    assert [(each.id, each.title.en, each.is_base) for each in desk.listed] == [
        ("base", "Plan in force", True), ("denso", "Più denso", False), ("largo", "Più largo", False)
    ]  # fmt: skip
    assert [words.it for words in desk.listed[1].edits] == ["D1 · Indice territoriale Ut: 0,8 m²/m²"]


def test_that_the_desk_says_what_the_run_writes(town):
    shelf = town(denso=DENSER, largo=WIDER)
    run.run(TRANSFORMATION_DISTRICTS, shelf, DistrictParams())
    table = written(TRANSFORMATION_DISTRICTS, shelf.study).table("by_district").set_index(["scenario", "code"])
    desk = desk_of(shelf, DistrictParams(), {"denso": DENSER, "largo": WIDER}, None)
    for scenario, code in table.index:
        figures = desk.scheda(scenario, code).figures
        row = table.loc[(scenario, code)]
        for name in ("st_m2", "floor_area_m2", "people", "public_balance_m2"):
            assert figures[name] == pytest.approx(row[name], rel=1e-9), (scenario, code, name)
    found = {each.column.id: each for each in desk.compared("base", "largo", "D2")}
    # 100 × 100 m to 150 × 100 m.
    assert (found["st_m2"].first, found["st_m2"].second) == pytest.approx((10_000, 15_000))
    assert [by.label.it for by in found["st_m2"].moved_by] == ["D2 · perimetro ridisegnato"]


def test_that_switching_gives_the_outlines_of_each_scenario(town):
    desk = desk_on(town, largo=WIDER)
    assert desk.outlines("base").area.tolist() == pytest.approx([10_000, 10_000])
    assert desk.outlines("largo").area.tolist() == pytest.approx([10_000, 15_000])
    assert desk.outlines("largo").crs.to_epsg() == 7791


def test_that_a_scenario_may_be_drawn_on_without_measuring_again(town, monkeypatch):
    desk = desk_on(town, denso=DENSER)
    monkeypatch.setattr("analyses.districts.case.ground", lambda *known: pytest.fail("measured again"))
    moved = desk.live("denso").moved("D1", "ut_m2_m2", 1.0)
    assert moved.scheda("D1").figures["floor_area_m2"] == pytest.approx(10_000)
    # The desk itself stays as it was.
    assert desk.scheda("denso", "D1").figures["floor_area_m2"] == pytest.approx(8_000)


def test_that_a_scenario_with_faults_is_left_out_with_all_of_them_and_the_others_stay(town):
    gone, over = '[[district]]\ncode = "ZZ"\nut_m2_m2 = 0.2\n', '[[district]]\ncode = "D1"\nac_pct = 90\n'
    desk = desk_on(town, a=gone, b="[[district]\n", c=over, denso=DENSER)
    assert [each.id for each in desk.listed] == ["base", "denso"]
    # One names a district that is gone, one is no TOML, one gives Se + Ve + Ac = 150 % of St.
    assert {name: [(problem.code, problem.where.it) for problem in found if problem.severity == "error"]
            for name, found in desk.faults.items()} == {
        "a": [("scenario-district-gone", "scenarios/a.toml")], "b": [("scenario-broken", "scenarios/b.toml")],
        "c": [("district-areas-over-st", "Scenario c, distretto D1")],
    }  # fmt: skip
