"""The one list of scenarios: made, copied, renamed, removed, saved from tries; each one step, each taken back whole."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
import shapely

from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.problems import PucError
from puc_tool.scenarios import scenario_texts
from puc_tool.scenarios.scenario_desk import desk_of, open_plan
from puc_tool.scenarios.scenario_list import rows
from puc_tool.scenarios.scenario_shown import shown
from puc_tool.working import scenario_steps, scenario_view
from puc_tool.working.keeper import Keeper, open_study

EAST, NORTH = 566_000.0, 4_884_000.0
PARK = '# Nota dell\'ufficio\nversion = 1\ntitle = "Parco"\n\n[[district]]\ncode = "A"\nut_m2_m2 = 0.25\n'
MIXED = 'version = 1\ntitle = "Misto"\n\n[[district]]\ncode = "A"\nuses = { residential = 60, other = 40 }\n'
SERVED = """version = 1
title = "Con scuola"

[[district]]
code = "B"
outline = "POLYGON ((566200 4884000, 566350 4884000, 566350 4884100, 566200 4884100, 566200 4884000))"

[[service]]
district = "A"
kind = "primaria"
area_m2 = 2000
"""
HEAD = """version = 1

[study]
title = "Due distretti"
comuni = []
crs = "EPSG:7791"
date = 2026-03-31
"""
LAYER = '\n[[layer]]\nrole = "{role}"\nsource = "borgo.gpkg"\nlayer = "{role}"\n'


def plot(left: float, right: float) -> shapely.Polygon:
    return shapely.box(EAST + left, NORTH, EAST + right, NORTH + 100)


@pytest.fixture
def keeper(tmp_path: Path):
    """Return the keeper of a study of two districts of 100 × 100 m, with a scenario «parco»."""
    shares = {"se_pct": 40.0, "ve_pct": 20.0, "ac_pct": 30.0, "sp_pct": 40.0, "residential_pct": 60.0,
              "commercial_pct": 40.0, "industrial_pct": 0.0}  # fmt: skip
    columns = {"code": ["A", "B"], "name": ["Uno", "Due"], "ut_m2_m2": [0.5, 0.4]}
    tables = {
        "boundary": geopandas.GeoDataFrame({"name": ["Borgo"]}, geometry=[plot(-500, 1500)], crs=7791),
        "districts": geopandas.GeoDataFrame(columns | {name: [each] * 2 for name, each in shares.items()},
                                            geometry=[plot(0, 100), plot(200, 300)], crs=7791),
    }  # fmt: skip
    for role, frame in tables.items():
        frame.to_file(tmp_path / "borgo.gpkg", layer=role, driver="GPKG")
    (tmp_path / "study.toml").write_text(HEAD + "".join(LAYER.format(role=role) for role in tables), encoding="utf-8")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "parco.toml").write_text(PARK, encoding="utf-8")
    made = open_study(tmp_path, TRANSFORMATION_DISTRICTS)
    yield made
    made.close()


@pytest.fixture
def session(keeper: Keeper):
    return keeper.session


def files(session) -> list[str]:
    return sorted(path.name for path in session.study.scenarios.glob("*.toml"))


def test_that_each_step_is_called_and_undone_to_the_byte(session, keeper):
    made = scenario_steps.make(session, "Più verde & mare")
    copy = scenario_steps.duplicate(session, "parco", "it")
    scenario_steps.rename(session, "parco", "Parco grande")
    scenario_steps.remove(session, made)
    assert (made, copy) == ("piu-verde-mare", "parco-copia")
    assert [step.title.it for step in session.history.done] == [
        "Nuovo scenario Più verde & mare", "Duplica lo scenario parco", "Rinomina lo scenario parco",
        "Elimina lo scenario piu-verde-mare",
    ]  # fmt: skip
    keeper.save()
    assert files(session) == ["parco-copia.toml", "parco.toml"]
    renamed = (session.study.scenarios / "parco.toml").read_text(encoding="utf-8")
    assert renamed == PARK.replace('"Parco"', '"Parco grande"')
    while session.history.done:
        session.history.undo()
    keeper.save()
    assert files(session) == ["parco.toml"]
    assert (session.study.scenarios / "parco.toml").read_text(encoding="utf-8") == PARK


def test_that_a_name_is_never_one_that_is_taken_or_that_no_file_may_have(session):
    assert scenario_steps.name_for(session, "Parco") == "parco-2"
    assert scenario_steps.name_for(session, "Base") == "base-2"
    assert scenario_steps.name_for(session, "…") == "scenario"


def test_that_a_title_may_hold_what_toml_would_trip_over(session):
    scenario_steps.rename(session, "parco", 'Il "molo" \\ 2 = 3 # sì')
    assert scenario_texts.understood("parco", scenario_steps.texts(session)["parco"]).title == 'Il "molo" \\ 2 = 3 # sì'
    scenario_steps.rename(session, "parco", "   ")
    assert len(session.history.done) == 1


def test_that_a_file_without_a_title_gets_one_at_its_top():
    found = scenario_texts.with_title("x", '[[district]]\ncode = "A"\nut_m2_m2 = 0.2\n', "Basso")
    assert scenario_texts.understood("x", found).title == "Basso"
    assert found.startswith("title = ")


def test_that_what_is_tried_goes_into_a_scenario_as_one_step(session):
    for place, value in ((("A", "ut_m2_m2"), 0.3), (("B", "se_pct"), 35.0)):
        session.history.do(scenario_steps.SAVE, {scenario_view.tried(*place): value})
    before = dict(session.history.state)
    name = scenario_steps.save_tried(session, "it")
    assert name == "prova-su-a-b"
    found = scenario_texts.understood(name, scenario_steps.texts(session)[name])
    assert {(each.district, each.field, each.value) for each in found.edits} == {
        ("A", "ut_m2_m2", 0.3), ("B", "se_pct", 35.0)
    }  # fmt: skip
    assert not [place for place in session.history.state if place[0] == scenario_view.TRIED]
    session.history.undo()
    assert session.history.state == before


def test_that_saving_into_a_scenario_keeps_what_else_it_says(session):
    session.history.do(scenario_steps.SAVE, {scenario_view.tried("A", "sp_pct"): 50.0})
    assert scenario_steps.save_tried(session, "it", "parco") == "parco"
    assert scenario_steps.texts(session)["parco"] == PARK + "sp_pct = 50.0\n"


def test_that_a_share_tried_goes_into_a_mix_of_uses_and_the_rest_stays_other():
    found = scenario_texts.with_numbers("misto", MIXED, {("A", "residential_pct"): 30.0, ("A", "commercial_pct"): 50.0})
    shares = {each.field: each.value for each in scenario_texts.understood("misto", found).edits}
    assert shares == {"residential_pct": 30.0, "commercial_pct": 50.0, "industrial_pct": 0.0}
    with pytest.raises(PucError):
        scenario_texts.with_numbers("misto", MIXED, {("A", "residential_pct"): 130.0})


def test_that_read_only_nothing_is_done(session):
    session.keep(is_read_only=True)
    scenario_steps.make(session, "Nuovo")
    scenario_steps.remove(session, "parco")
    assert session.history.done == ()


def test_that_a_faulty_scenario_is_told_and_keeps_no_other_from_being_reckoned(session):
    texts = {
        **scenario_steps.texts(session),
        "rotto": "[[district]\n",
        "via": '[[district]]\ncode = "Z"\nut_m2_m2 = 1\n',
    }
    desk = desk_of(session.shelf, TRANSFORMATION_DISTRICTS.params(), texts, None)
    assert [each.id for each in desk.listed] == ["base", "parco"]
    assert {name: [each.code for each in said] for name, said in desk.faults.items()} == {
        "rotto": ["scenario-broken"], "via": ["scenario-district-gone"]
    }  # fmt: skip


def test_that_a_change_of_a_scenario_measures_nothing_again(session, monkeypatch):
    params = TRANSFORMATION_DISTRICTS.params()
    plan = open_plan(session.shelf, params)
    first = desk_of(session.shelf, params, {"scuola": SERVED}, plan)
    monkeypatch.setattr("analyses.districts.case.ground", lambda *known: pytest.fail("measured again"))
    again = desk_of(session.shelf, params, {"scuola": SERVED, "parco": PARK}, first)
    assert [each.id for each in again.listed] == ["base", "parco", "scuola"]


def test_that_other_ground_is_measured_anew_only_where_a_parameter_asks_for_it(session):
    params = TRANSFORMATION_DISTRICTS.params()
    plan = open_plan(session.shelf, params)
    more = desk_of(session.shelf, TRANSFORMATION_DISTRICTS.params(floor_area_per_person_m2=50.0), {}, plan)
    assert more.case.ground is plan.case.ground
    # 10,000 × 0.5 × 60 % / 50 = 60 people instead of 120.
    assert more.scheda("base", "A").figures["people_new"] == pytest.approx(60.0)
    other = desk_of(session.shelf, TRANSFORMATION_DISTRICTS.params(coast_strip_m=100.0), {}, plan)
    assert other.case.ground is not plan.case.ground


def test_that_the_list_says_how_much_each_changes_and_that_nothing_was_run(session):
    desk = desk_of(session.shelf, TRANSFORMATION_DISTRICTS.params(), scenario_steps.texts(session), None)
    listed = rows(session, desk)
    assert [(each.id, each.title.en, len(each.edits), each.is_run) for each in listed] == [
        ("base", "Plan in force", 0, False), ("parco", "Parco", 1, False)
    ]  # fmt: skip
    assert [(each.id, each.is_measured) for each in rows(session, None)] == [("base", False), ("parco", False)]
    # District B is not touched by «parco»: there it is nobody's rival.
    assert [(each.id, each.is_rival) for each in rows(session, desk, "B")] == [("base", True), ("parco", False)]


def test_that_a_scenario_shown_has_its_outlines_its_services_and_its_sheets(session):
    desk = desk_of(session.shelf, TRANSFORMATION_DISTRICTS.params(), {"scuola": SERVED}, None)
    found = shown(desk, "scuola", desk.listed[1].title)
    assert found.results.layer("districts").area.tolist() == pytest.approx([10_000, 15_000])
    services = found.results.layer("services_added")
    assert services[["category", "area_m2"]].values.tolist() == [["istruzione", 2000.0]]
    assert services.geometry.iloc[0].within(plot(0, 100))
    assert [each.theme.id for each in found.pictures] == ["services_added", "districts.soil_newly_consumed_m2"][:1]
    assert found.results.shown_as.it == "Con scuola"
    sheet = found.results.table("by_district").frame
    assert sheet["st_m2"].tolist() == pytest.approx([10_000, 15_000])
