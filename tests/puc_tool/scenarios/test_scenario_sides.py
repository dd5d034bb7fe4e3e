"""Two scenarios beside each other in words: areas in hectares, signs, better or worse, the edits that add up."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from geopandas import GeoDataFrame
from shapely import box

from analyses.districts.case import Layers, case_of
from analyses.districts.causes import Grounds
from analyses.districts.params import DEFAULTS
from analyses.districts.scenarios import AddedService, Edit, Scenario
from analyses.progress import silent
from layers.text import same
from puc_tool.scenarios.scenario_chart import chart, criteria, front
from puc_tool.scenarios.scenario_desk import ScenarioDesk
from puc_tool.scenarios.scenario_sides import Side, sides

EAST, NORTH = 566_000.0, 4_884_000.0
DENSE = Scenario("denso", "Denso", (Edit("D", "ut_m2_m2", 1.0),))
POOR = Scenario("povero", "Povero", (Edit("D", "ut_m2_m2", 0.25),))
PARK = Scenario("parco", "Parco", (Edit("D", "ut_m2_m2", 0.25),), (AddedService("D", "verde", 3_000.0, "Prato"),))


@pytest.fixture
def desk() -> ScenarioDesk:
    """Return a desk on one district of 10,000 m², all homes, Ut 0.5: 5,000 m² of floor area, 200 people."""
    shares = {"se_pct": 30.0, "ve_pct": 30.0, "ac_pct": 30.0, "sp_pct": 40.0, "residential_pct": 100.0,
              "commercial_pct": 0.0, "industrial_pct": 0.0}  # fmt: skip
    columns = {"code": ["D"], "name": ["Molo"], "ut_m2_m2": [0.5]} | {name: [each] for name, each in shares.items()}
    districts = GeoDataFrame(columns, geometry=[box(EAST, NORTH, EAST + 100, NORTH + 100)], crs="EPSG:7791")
    layers = Layers(Grounds(None, None, None, None, None, None, None))
    case = case_of(districts, (DENSE, PARK, POOR), layers, DEFAULTS, report=silent)
    return ScenarioDesk(case, layers, shapely.union_all(districts.geometry), districts.crs)


def side(desk: ScenarioDesk, first: str, second: str, indicator: str, code: str = "") -> Side:
    return next(each for each in sides(desk, first, second, code) if each.id == indicator)


def test_that_areas_are_told_in_hectares_with_the_sign_of_their_change(desk):
    found = side(desk, "base", "denso", "floor_area_m2")
    # 10,000 m² × 0.5 and × 1.
    assert (found.first.it, found.second.it, found.change.it, found.unit) == ("0,50", "1,00", "+0,50", same("ha"))


def test_that_the_edits_of_both_add_up_to_the_difference(desk):
    found = side(desk, "povero", "denso", "floor_area_m2")
    # «denso» adds 0,50 to the plan; «povero» takes 0,25, which turned round counts for B.
    assert found.change.it == "+0,75"
    assert [(each.edit.it, each.effect.it, each.is_of_second) for each in found.moved] == [
        ("D · Indice territoriale Ut: 1 m²/m²", "+0,50", True),
        ("D · Indice territoriale Ut: 0,25 m²/m²", "+0,25", False),
    ]


def test_that_better_is_said_only_where_it_is_defined(desk):
    # 10,000 m² × 1 / 75 = 133 homes instead of 67; green to each halves.
    assert side(desk, "base", "denso", "homes_new").is_better is True
    assert side(desk, "base", "denso", "green_m2_per_person").is_better is False
    assert side(desk, "base", "denso", "floor_area_m2").is_better is None


def test_that_what_tells_better_from_worse_comes_first_and_is_called_in_few_words(desk):
    found = sides(desk, "base", "denso")
    assert [each.label.it for each in found[:2]] == ["Alloggi nuovi", "Verde per abitante"]
    assert found[0].whole.it.startswith("Alloggi")


def test_that_nothing_differs_from_itself_and_a_scenario_that_is_not_there_is_refused(desk):
    assert {each.change.it for each in sides(desk, "denso", "denso")} <= {"=", "n.d."}
    assert not any(each.moved for each in sides(desk, "denso", "denso"))
    with pytest.raises(KeyError):
        sides(desk, "base", "altro")


def test_that_a_district_s_own_comparison_is_its_whole_sheet(desk):
    whole, own = sides(desk, "base", "denso"), sides(desk, "base", "denso", "D")
    assert {each.id for each in whole} < {each.id for each in own}
    assert side(desk, "base", "denso", "st_m2", "D").change.it == "="


def by(name: str):
    return next(each for each in criteria() if each.id == name)


def test_that_the_chart_joins_those_that_nothing_beats_in_both_and_marks_the_dominated(desk):
    found = chart(desk, by("homes_new"), by("green_m2_per_person"), "D")
    # Homes: «povero» and «parco» 33, plan 67, «denso» 133. Green a person: 3,000 m² of Ve and the planned green over
    # 100, 200, 400 people; «parco» has 3,000 m² more than «povero», so it dominates it.
    assert [point.scenario for point in found.points] == ["povero", "parco", "base", "denso"]
    assert [point.scenario for point in found.points if point.is_dominated] == ["povero"]
    assert found.front == ("parco", "base", "denso")
    assert found.unknown == ()


def test_that_the_front_turns_with_what_is_better(desk):
    found = chart(desk, by("homes_new"), by("people_in_hazard"), "D")
    one, other = found.points[0], found.points[-1]
    hazard = by("people_in_hazard")
    worse = replace(other, y=one.y + 10.0)
    assert front((one, worse), by("homes_new"), hazard) == (one.scenario, other.scenario)
    assert front((replace(one, x=worse.x), worse), by("homes_new"), hazard) == (one.scenario,)


def test_that_a_scenario_without_a_value_is_named_and_not_drawn(desk):
    found = chart(desk, by("homes_new"), by("soil_newly_consumed_m2"), "D")
    # Without a soil raster nobody knows what is consumed.
    assert found.points == ()
    assert [each.it for each in found.unknown] == ["Piano vigente", "Denso", "Parco", "Povero"]
