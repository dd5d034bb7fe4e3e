"""A scenario that was drawn becomes a file, and the file the same scenario."""

from __future__ import annotations

import pytest
import shapely
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from analyses.districts.scenarios import AddedService, Edit, PartedDistrict, Scenario
from layers.problems import PucError
from puc_tool.scenarios import scenario_reading, scenario_writing
from puc_tool.study import Study

NUMBERS = st.floats(0.0, 100.0)
FIELDS = ("ut_m2_m2", "sp_pct", "ac_pct", "max_height_m", "state")
WORDS = st.text(alphabet="abc àè\"'\\#=[]{}", max_size=12).map(str.strip)


def back(scenario):
    content = tomlkit.parse(scenario_writing.text(scenario)).unwrap()
    read, problems = scenario_reading.scenario(
        scenario.id, "x", content, lambda *asked: pytest.fail("no file is named")
    )
    assert problems == []
    return read


@st.composite
def scenarios(draw):
    edits = []
    for code in draw(st.lists(st.sampled_from("ABC"), unique=True, max_size=3)):
        for field in draw(st.lists(st.sampled_from(FIELDS), unique=True, min_size=1)):
            low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
            value = draw(WORDS) if field == "state" else low
            is_range = field != "state" and draw(st.booleans())
            edits.append(Edit(code, field, value, high if is_range else None))
        if draw(st.booleans()):
            edits.append(Edit(code, "geometry", shapely.box(0, 0, draw(st.floats(1, 1e6)), draw(st.floats(1, 1e6)))))
    place = st.one_of(st.none(), st.builds(shapely.Point, NUMBERS, NUMBERS))
    service = st.builds(AddedService, st.sampled_from("ABC"), st.just("verde"), st.floats(1, 1e6), WORDS, place)
    largest = st.dictionaries(st.tuples(st.sampled_from("ABC"), st.just("commercial")), NUMBERS, max_size=2)
    return Scenario("prova", draw(WORDS), tuple(edits), tuple(draw(st.lists(service, max_size=2))), draw(largest))


def in_order(scenario):
    """Return what a scenario says, whatever the order of its edits."""
    edits = {(each.district, each.field): (each.value, each.high) for each in scenario.edits}
    return scenario.title, edits, scenario.services, dict(scenario.largest_pct), dict(scenario.least)


@given(scenarios())
def test_that_what_was_written_is_read_back(scenario):
    assert in_order(back(scenario)) == in_order(scenario)


def test_that_a_scenario_is_saved_where_the_study_looks_for_it(tmp_path):
    study = Study(tmp_path, "Prova", (), CRS.from_epsg(7791))
    made = Scenario("denso", "Più denso", (Edit("A", "ut_m2_m2", 0.5),), least={("A", "homes"): 20.0})
    path = scenario_writing.save(made, study)
    assert path == tmp_path / "scenarios" / "denso.toml"
    assert path.read_text(encoding="utf-8").splitlines()[:2] == ["version = 1", 'title = "Più denso"']
    assert in_order(back(made)) == in_order(made)


@pytest.mark.parametrize("name", ["base", "oggi", "../fuori", "Più denso", ""])
def test_that_a_name_that_is_none_writes_nothing(tmp_path, name):
    with pytest.raises(PucError):
        scenario_writing.save(Scenario(name), Study(tmp_path, "Prova", (), CRS.from_epsg(7791)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "Molo, parte «b»"])
def test_that_a_new_district_is_read_back_with_its_outline_and_values(name):
    edits = (Edit("Ab", "ut_m2_m2", 0.2, 0.3), Edit("Ab", "state", "in attesa"))
    part = PartedDistrict("Ab", "A", shapely.box(0.1, 0, 1, 1), name, edits)
    scenario = Scenario("x", "X", (Edit("A", "geometry", shapely.box(-1, 0, 0.1, 1)),), parted=(part,))
    assert back(scenario) == scenario


@pytest.mark.parametrize(
    "table",
    [
        {"code": "Ab", "part_of": "A"},
        {"code": "Ab", "part_of": "", "outline": "POLYGON ((0 0, 1 0, 1 1, 0 0))"},
        {"code": "A", "name": "Molo"},
    ],
)
def test_that_a_new_district_without_its_outline_or_source_is_refused(table):
    _, said = scenario_reading.scenario("x", "x", {"version": 1, "district": [table]}, lambda *asked: (None, []))
    assert [each.code for each in said] in (["scenario-part"], ["scenario-value"])
