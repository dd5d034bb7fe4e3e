"""A borough of 1 km² in two halves, 100 residents in each, and one district of 200 × 100 m in the eastern one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from affine import Affine
from geopandas import GeoDataFrame
from pyproj import CRS
from shapely import LineString, Point, box

from analyses.analysis import Edition
from analyses.districts.scenarios import AddedService, Edit, Scenario
from analyses.effects.patch import city_patch
from analyses.hazard_exposure import hazard_exposure
from analyses.progress import Cancelled
from analyses.scenario_effects import scenario_effects
from analyses.service_coverage import service_coverage
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM = CRS(7791)
EAST, NORTH = 566_000.0, 4_880_000.0


def plot(left, bottom, right, top):
    return box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs=UTM)


def meadow():
    cells = np.full((100, 100), 2, dtype=np.uint8)
    return ArrayRaster(np.ma.asarray(cells), Grid(UTM, Affine(10, 0, EAST, 0, -10, NORTH + 1000), 100, 100))


@pytest.fixture
def town():
    return {
        "boundary": layer([plot(0, 0, 1000, 1000)], name=["Borgo"], code=["000001"]),
        "neighbourhoods": layer(
            [plot(0, 0, 500, 1000), plot(500, 0, 1000, 1000)], code=["O", "E"], name=["Ovest", "Est"]
        ),
        "districts": layer(
            [plot(600, 0, 800, 100)], code=["D"], name=["Fabbrica"], ut_m2_m2=[0.5], se_pct=[40.0], ve_pct=[20.0],
            ac_pct=[30.0], sp_pct=[35.0], residential_pct=[50.0], commercial_pct=[50.0], industrial_pct=[0.0],
            ers_pct=[0.0],
        ),
        "census": (
            Edition(2021, layer([plot(0, 400, 100, 500), plot(900, 400, 1000, 500)], population=[100.0, 100.0])),
        ),
        "services": layer([Point(EAST + 50, NORTH + 450)], kind=["farmacia"], name=["Farmacia"], area_m2=[100.0]),
        "soil_consumption": (Edition(2023, meadow()),),
    }  # fmt: skip


def of(result, scenario, column, table="by_neighbourhood"):
    frame = result.table(table).frame
    return frame[frame["scenario"] == scenario].set_index("code")[column].to_dict()


def test_that_the_plans_people_and_ceded_ground_reach_the_standards(town):
    # Floor area 0.5 × 20,000 = 10,000; half is housing: 5,000 / 25 = 200 people. Ac 6,000; art. 5 takes 80 % of
    # 5,000 = 4,000; 2,000 are left for art. 3. East: due 18 × 100, then 18 × 300 = 5,400; 2,000 − 5,400 = −3,400.
    # West: the chemist's 100 m² − 1,800 = −1,700, before and after.
    result = scenario_effects(**town)
    assert of(result, "oggi", "population") == pytest.approx({"O": 100, "E": 100})
    assert of(result, "base", "population") == pytest.approx({"O": 100, "E": 300})
    assert of(result, "oggi", "totale_balance_m2") == pytest.approx({"O": -1700, "E": -1800})
    assert of(result, "base", "totale_balance_m2") == pytest.approx({"O": -1700, "E": -3400})
    # Education is 4.5 of 18 parts: 500 ceded, 4.5 × 300 = 1,350 due.
    assert of(result, "base", "istruzione_balance_m2")["E"] == pytest.approx(-850)


def test_that_a_service_added_counts_where_it_lies_and_serves_who_lives_near(town):
    park = AddedService("D", "farmacia", 700.0, "Nuova", Point(EAST + 950, NORTH + 450))
    result = scenario_effects(**town, scenarios=(Scenario("nuova", "", (), (park,)),))
    assert of(result, "nuova", "totale_balance_m2")["E"] == pytest.approx(-3400 + 700)
    # 100 old residents round the new chemist are served; so are the district's 200, 350 m away.
    assert of(result, "oggi", "covered_farmacia_pct") == pytest.approx({"O": 100, "E": 0})
    assert of(result, "nuova", "covered_farmacia_pct") == pytest.approx({"O": 100, "E": 100})


def test_that_the_plans_soil_is_consumed_in_the_neighbourhoods_it_lies_in(town):
    # 65 % of 20,000 m² become artificial, all of it free today: 13,000; half in each half once it lies across both.
    result = scenario_effects(**town)
    assert of(result, "oggi", "consumed_m2") == pytest.approx({"O": 0, "E": 0})
    assert of(result, "base", "consumed_m2") == pytest.approx({"O": 0, "E": 13_000})
    assert of(result, "base", "consumed_pct")["E"] == pytest.approx(2.6)
    across = Scenario("mezzo", "", (Edit("D", "geometry", plot(400, 0, 600, 100)),))
    result = scenario_effects(**town, scenarios=(across,))
    assert of(result, "mezzo", "consumed_m2") == pytest.approx({"O": 6_500, "E": 6_500})


def test_that_new_people_live_on_net_ground_unless_there_is_none(town):
    flood = layer([plot(600, 0, 700, 1000)], **{"class": ["P3"]})
    assert of(scenario_effects(**town, flood_hazard=flood), "base", "flood_people") == pytest.approx({"O": 0, "E": 0})
    everywhere = layer([plot(600, 0, 1000, 1000)], **{"class": ["P3"]})
    result = scenario_effects(**town, flood_hazard=everywhere)
    assert of(result, "oggi", "flood_people") == pytest.approx({"O": 0, "E": 100})
    assert of(result, "base", "flood_people") == pytest.approx({"O": 0, "E": 300})


def test_that_it_equals_the_analyses_on_patched_layers(town, monkeypatch):
    flood = layer([plot(0, 0, 1000, 420), plot(600, 0, 1000, 1000)], **{"class": ["P2", "P3"]})
    streets = layer(
        [LineString([(EAST, NORTH + y), (EAST + 1000, NORTH + y)]) for y in (50, 450)], kind=["residential"] * 2
    )
    school = Scenario("scuola", "", (Edit("D", "ut_m2_m2", 0.8),), (AddedService("D", "primaria", 900.0),))
    patches = []
    monkeypatch.setattr(
        "analyses.scenario_effects.city_patch", lambda *known: patches.append(city_patch(*known)) or patches[-1]
    )
    result = scenario_effects(**town, flood_hazard=flood, streets=streets, scenarios=(school,))
    common = {name: town[name] for name in ("boundary", "neighbourhoods")}
    census = patches[-1].census(town["census"])
    exposed = hazard_exposure(**common, census=census, flood_hazard=flood).table("by_neighbourhood").frame
    caught = exposed[exposed["class"].isin(["P2", "P3"])].groupby("code")["people"].sum()
    assert of(result, "scuola", "flood_people") == pytest.approx(caught.to_dict())
    services = pd.concat([town["services"], patches[-1].services], ignore_index=True)
    reached = service_coverage(**common, services=services, census=census, streets=streets)
    theirs = reached.table("by_neighbourhood").frame.set_index("code")
    for column in ("covered_primaria_pct", "covered_farmacia_pct", "access_15_min_score"):
        assert of(result, "scuola", column) == pytest.approx(theirs[column].to_dict()), column


@pytest.mark.parametrize("on_streets", [True, False])
def test_that_walking_once_for_all_scenarios_equals_walking_for_each(town, monkeypatch, on_streets):
    streets = layer(
        [LineString([(EAST + 10, NORTH + y), (EAST + 990, NORTH + y)]) for y in (50, 450)]
        + [LineString([(EAST + 300, NORTH + 50), (EAST + 300, NORTH + 450)])],
        kind=["residential", "residential", "cycleway"],
    )
    buildings = layer([plot(20, 420, 40, 440), plot(950, 450, 970, 470)], use=["residenziale"] * 2)
    near = AddedService("D", "primaria", 900.0, "Scuola", Point(EAST + 700, NORTH + 60))
    chemist = AddedService("D", "farmacia", 80.0, "Seconda", Point(EAST + 950, NORTH + 450))
    asked = (
        Scenario("a-denso", "", (Edit("D", "ut_m2_m2", 0.8),), (near, chemist)),
        Scenario("b-altrove", "", (Edit("D", "geometry", plot(100, 0, 300, 100)),)),
        Scenario("c-vuoto", "", (Edit("D", "residential_pct", 0.0),), (near,)),
    )
    patches = {}
    monkeypatch.setattr(
        "analyses.scenario_effects.city_patch",
        lambda case, scenario, crs: patches.setdefault(scenario.id, city_patch(case, scenario, crs)),
    )
    ways = {"streets": streets} if on_streets else {}
    result = scenario_effects(**town, buildings=buildings, **ways, scenarios=asked).table("by_neighbourhood").frame
    assert sorted(patches) == ["a-denso", "b-altrove", "base", "c-vuoto"]
    for name, patch in patches.items():
        theirs = service_coverage(
            **{role: town[role] for role in ("boundary", "neighbourhoods")}, **ways, buildings=buildings,
            census=patch.census(town["census"]),
            services=pd.concat([town["services"], patch.services], ignore_index=True),
        ).table("by_neighbourhood").frame  # fmt: skip
        ours = result[result["scenario"] == name]
        shared = [column for column in theirs if column.startswith(("covered_", "access_", "unreachable_"))]
        assert len(shared) > 2
        for column in shared:
            # The same minutes; people are summed in another order.
            assert ours[column].tolist() == pytest.approx(theirs[column].tolist(), rel=1e-12, abs=1e-9), (name, column)


def test_that_a_town_where_nobody_lives_yet_is_walked_by_those_who_come(town):
    empty = (Edition(2021, layer([plot(0, 400, 100, 500)], population=[0.0])),)
    park = AddedService("D", "farmacia", 700.0, "Nuova", Point(EAST + 700, NORTH + 50))
    result = scenario_effects(**{**town, "census": empty}, scenarios=(Scenario("nuova", "", (), (park,)),))
    assert of(result, "oggi", "covered_farmacia_pct") == pytest.approx({"O": 0, "E": 0})
    assert of(result, "nuova", "covered_farmacia_pct") == pytest.approx({"O": 0, "E": 100})


def test_that_changes_are_after_less_before_and_nothing_else(town):
    result = scenario_effects(**town, scenarios=(Scenario("nulla"),))
    changes = result.table("changes").frame
    assert (changes["change"] == changes["after"] - changes["before"]).all()
    assert "oggi" not in set(changes["scenario"])
    # A scenario that changes nothing is the plan in force.
    same = [
        changes[changes["scenario"] == name].drop(columns="scenario").reset_index(drop=True)
        for name in ("base", "nulla")
    ]
    pd.testing.assert_frame_equal(*same)


def test_that_people_add_up_over_the_neighbourhoods(town):
    result = scenario_effects(**town)
    assert result.figure("population_with_plan").value == pytest.approx(400)
    assert result.figure("consumed_with_plan_m2").value == pytest.approx(13_000)
    assert result.figure("flood_people_with_plan").value is None
    assert result.figure("flood_people_with_plan").why.it


def test_that_the_layers_handed_in_are_left_untouched(town):
    before = {name: each.copy() for name, each in town.items() if isinstance(each, GeoDataFrame)}
    census = town["census"][0].data.copy()
    scenario_effects(**town, scenarios=(Scenario("denso", "", (Edit("D", "ut_m2_m2", 0.9),)),))
    assert all(town[name].equals(each) for name, each in before.items())
    assert town["census"][0].data.equals(census)


def test_that_the_loop_can_be_stopped(town):
    def stop(share, message):
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        scenario_effects(**town, report=stop)
