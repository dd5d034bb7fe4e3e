"""Coverage of a street of 1,000 m on the flat: 80 m a minute, homes at 0, 400 and 1,000 m, one far from any way.

West (0 - 500 m): 100 people at 0 m, 60 at 400 m; east: 40 at 1,000 m, and 10 who live 900 m from the street. A chemist
(10 minutes, 800 m) stands at 0 m, a pavilion, a kind of the study's own (10 minutes), at 1,000 m.
"""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from analyses.analysis import Edition
from analyses.progress import Cancelled
from analyses.service_coverage import SERVICE_COVERAGE, service_coverage
from analyses.services.floating_catchment import in_reach, provision, zone_weights
from analyses.services.measures import gini, least_over_most, quantile
from analyses.services.params import CoverageParams, Threshold
from analyses.services.placing import most_covered, most_shortened
from analyses.services.service_kinds import KINDS, id_of
from analyses.services.walking_reach import Pairs

UTM = "EPSG:7791"


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=list(geometry), crs=UTM)


@pytest.fixture
def town():
    return {
        "boundary": layer([box(-100, -1000, 1100, 1000)], name=["Borgo"], code=["000001"]),
        "neighbourhoods": layer(
            [box(-100, -1000, 500, 1000), box(500, -1000, 1100, 1000)], name=["Ovest", "Est"], code=["1", "2"]
        ),
        "census": (
            Edition(2021, layer(
                [Point(0, 0), Point(400, 0), Point(1000, 0), Point(900, 900)],
                population=[100.0, 60.0, 40.0, 10.0], population_65_plus=[50.0, 0.0, 40.0, 10.0],
            )),
        ),
        "streets": layer([shapely.LineString([(0, 0), (1000, 0)])], kind=["residential"]),
        "services": layer(
            [Point(0, 0), Point(1000, 0)], kind=["farmacia", "padiglione"], name=["F", "P"], capacity=[np.nan, 50.0]
        ),
    }  # fmt: skip


def rows(result, table="by_neighbourhood", key="name"):
    return result.table(table).frame.set_index(key)


def codes(result):
    return {problem.code for problem in result.problems}


def test_that_who_walks_no_longer_than_the_threshold_is_served(town):
    # The chemist serves 100 + 60 (5 min) of 210; the pavilion 60 (7.5 min) + 40.
    result = service_coverage(**town)
    found = rows(result)
    assert found["covered_farmacia_pct"].to_dict() == {"Est": 0.0, "Ovest": 100.0}
    assert found["population"].to_dict() == {"Est": 50.0, "Ovest": 160.0}
    assert result.figure("covered_farmacia_pct").value == pytest.approx(100 * 160 / 210)
    assert result.figure("covered_padiglione_pct").value == pytest.approx(100 * 100 / 210)
    assert found["services_farmacia"].to_dict() == {"Est": 0, "Ovest": 1}


def test_that_a_kind_the_study_lacks_has_a_reason_instead_of_a_figure(town):
    figure = service_coverage(**town).figure("covered_nido_pct")
    assert figure.value is None
    assert figure.why.it


def test_that_the_score_is_the_mean_number_of_kinds_within_a_quarter_of_an_hour(town):
    # 0 m: 1,000 m are 12.5 minutes, so both; likewise everyone on the street; the ten have none: 2 · 200 / 210.
    assert service_coverage(**town).figure("access_15_min_score").value == pytest.approx(400 / 210)


def test_that_people_too_far_from_any_way_are_told_with_their_place_and_count_as_not_served(town):
    result = service_coverage(**town)
    assert result.figure("unreachable_people").value == 10.0
    (row,) = result.table("unreachable").frame.to_dict("records")
    assert (row["name"], row["cause"], row["east_m"], row["people"]) == ("Est", "lontano dai percorsi", 900.0, 10.0)
    assert "coverage-unreachable" in codes(result)


def test_that_people_on_an_island_without_services_are_unreachable_for_that_reason(town):
    town["streets"] = layer([shapely.LineString(line) for line in ([(0, 0), (1000, 0)], [(900, 890), (950, 890)])])
    result = service_coverage(**town)
    assert result.table("unreachable").frame["cause"].tolist() == ["rete staccata"]
    assert "coverage-islands" in codes(result)
    assert result.layers["network"]["island"].tolist() == [0, 1]


def test_that_the_times_add_up_to_the_people_within_the_boundary(town):
    times = service_coverage(**town).table("times").frame
    assert times.groupby("kind")["people"].sum().to_dict() == {"farmacia": 210.0, "padiglione": 210.0}
    assert times[times["kind"] == "farmacia"]["people"].tolist() == [160.0, 0.0, 40.0, 0.0, 0.0, 0.0, 10.0]


def test_that_ages_are_kept(town):
    found = rows(service_coverage(**town), "by_age", ["name", "kind", "age"])
    assert found.loc[("Ovest", "farmacia", "65_plus"), ["people", "covered_people"]].tolist() == [50.0, 50.0]


def test_that_the_load_is_people_in_reach_for_its_capacity(town):
    found = rows(service_coverage(**town), "by_service")
    assert found.loc["P", ["people_in_reach", "capacity", "load_pct"]].tolist() == [100.0, 50.0, 200.0]
    assert np.isnan(found.loc["F", "load_pct"])


def test_that_who_has_less_of_a_service_than_the_mean_is_counted_with_and_without_decay(town):
    # 50 places for 210 people are 0.238 each. Alike within 10 minutes, the 100 in reach have 0.5 each: the 110 beyond
    # have less. By zones the 60 at 7.5 minutes weigh 0.22: 0.22 × 50 / (60 × 0.22 + 40) = 0.207, so they have less too.
    found = rows(service_coverage(**town, params=CoverageParams(own_kind_walk_min=10.0)), "by_kind", "kind")
    columns = ["capacity", "capacity_out_of_reach", "deficit_people", "deficit_decay_people"]
    assert found.loc["padiglione", columns].tolist() == [50.0, 0.0, 110.0, 170.0]
    assert found.loc["farmacia", columns].isna().all()


def test_that_each_service_is_kept_where_it_lies_with_its_row_of_the_table(town):
    result = service_coverage(**town)
    table, layer = result.table("by_service").frame, result.layers["services"]
    assert layer["id"].tolist() == list(range(1, len(table) + 1))
    assert layer[["kind", "name", "people_in_reach"]].equals(table[["kind", "name", "people_in_reach"]])
    assert layer.geometry.iloc[0].equals(town["services"].geometry.iloc[0])


def test_that_without_streets_a_straight_line_with_its_detour_is_held_against_the_distance_and_said_so(town):
    # 700 m for a chemist: 400 m × 1.3 = 520 m are within, 400 m × 1.8 = 720 m are not.
    del town["streets"]
    near = service_coverage(**town)
    far = service_coverage(**town, params=CoverageParams(detour_factor=1.8))
    assert near.figure("covered_farmacia_pct").value == pytest.approx(100 * 160 / 210)
    assert far.figure("covered_farmacia_pct").value == pytest.approx(100 * 100 / 210)
    assert "coverage-straight-line" in codes(near)
    assert set(rows(near)["basis"]) == {"linea d'aria × 1,30"}


def test_that_without_people_services_are_counted_and_figures_have_a_reason(town):
    del town["census"]
    result = service_coverage(**town)
    assert rows(result)["services_farmacia"].to_dict() == {"Est": 0, "Ovest": 1}
    assert all(figure.value is None and figure.why for figure in result.figures)
    assert "coverage-no-people" in codes(result)


def test_that_without_a_census_the_neighbourhoods_people_stand_on_their_ground(town):
    del town["census"]
    town["neighbourhoods"]["population"] = [120.0, 60.0]
    assert rows(service_coverage(**town))["population"].to_dict() == pytest.approx({"Est": 60.0, "Ovest": 120.0})


def test_that_a_park_too_small_is_none_and_the_rule_on_green_is_a_straight_line(town):
    town["green"] = layer([box(350, 100, 450, 150), box(0, 310, 100, 320)], public=["yes", "yes"])
    town["services"] = layer([*town["services"].geometry, Point(0, 0)], kind=["farmacia", "padiglione", "verde"],
                             area_m2=[np.nan, np.nan, 4000.0])  # fmt: skip
    result = service_coverage(**town)
    assert {"coverage-small-green", "coverage-green-added"} <= codes(result)
    # 5,000 m² lie 100 m from the home at 400 m, more than 300 m from any other.
    assert result.figure("who_green_pct").value == pytest.approx(100 * 60 / 210)


def test_that_the_site_that_gains_most_comes_first_and_gains_add_up(town):
    town["candidate_sites"] = layer([Point(500, 0), Point(900, 0)], name=["Mezzo", "Est"], kind=["area", "farmacia"])
    result = service_coverage(**town)
    found = result.table("proposals").frame
    chemist = found[found["kind"] == "farmacia"]
    assert chemist[["rank", "name", "people_gained", "gap_pct"]].to_numpy().tolist() == [[1, "Mezzo", 40.0, 0.0]]
    assert chemist["covered_after_pct"].tolist() == pytest.approx([100 * 200 / 210])
    gained = result.table("gained_by_neighbourhood").frame
    assert gained["people_gained"].sum() == pytest.approx(found["people_gained"].sum())


def test_that_a_profile_nobody_has_is_refused():
    (told,) = SERVICE_COVERAGE.problems({}, CoverageParams(profile="jet"))
    assert told.code == "coverage-profile-unknown"


def test_that_layers_stay_as_they_were_and_it_can_be_cancelled(town):
    before = {name: value.copy() for name, value in town.items() if isinstance(value, GeoDataFrame)}
    service_coverage(**town)
    assert all(town[name].equals(value) for name, value in before.items())

    def stop(share, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        service_coverage(**town, report=stop)


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=5), st.floats(0, 1000))
def test_that_one_service_more_never_covers_fewer(services, more):
    street = layer([shapely.LineString([(0, 0), (1000, 0)])])
    people = layer([Point(x, 0) for x in range(0, 1001, 50)], population=[1.0] * 21)

    def covered(places):
        laid = layer([Point(x, 0) for x in places], kind=["infanzia"] * len(places))
        return service_coverage(
            boundary=layer([box(-1, -1, 1001, 1)], name=["B"], code=["1"]), services=laid, streets=street,
            census=(Edition(2021, people),),
        ).figure("covered_infanzia_pct").value  # fmt: skip

    assert covered([*services, more]) >= covered(services)


tables = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.booleans(), min_size=8, max_size=8), min_size=n, max_size=n)
)
crowds = st.lists(st.integers(0, 50), min_size=8, max_size=8)


def pairs_of(table):
    service, home = np.nonzero(np.array(table))
    return Pairs(home, service, np.linspace(0.0, 10.0, len(home)))


@given(tables, crowds)
def test_that_what_people_get_is_what_services_that_are_reached_have(table, crowd):
    pairs, people, capacity = pairs_of(table), np.array(crowd, float), np.arange(1.0, len(table) + 1.0)
    for weights in (None, zone_weights(pairs, 10.0)):
        got = provision(pairs, people, capacity, weights) @ people
        assert got == pytest.approx(capacity[in_reach(pairs, people, len(table)) > 0].sum())


def test_that_the_zones_of_the_decay_part_the_threshold_evenly():
    pairs = Pairs(np.zeros(4, int), np.zeros(4, int), np.array([0.0, 10.0, 10.1, 30.0]))
    assert zone_weights(pairs, 30.0).tolist() == [1.0, 1.0, 0.68, 0.22]


@given(tables, crowds, st.integers(1, 3))
def test_that_no_other_sites_reach_more_people(table, crowd, how_many):
    serves, people = np.array(table), np.array(crowd, float)
    found = most_covered(pairs_of(table), people, len(table), how_many)
    every = combinations(range(len(table)), min(how_many, len(table)))
    best = max(float(people[serves[list(sites)].any(axis=0)].sum()) for sites in every)
    gains = found.gains.sum(axis=1).tolist()
    assert sum(gains) == pytest.approx(best)
    assert gains == sorted(gains, reverse=True)
    assert found.gap_pct == 0.0


@given(tables, crowds, st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_that_no_other_sites_shorten_walks_more(table, crowd, how_many, seed):
    draw = np.random.default_rng(seed)
    people, now_min = np.array(crowd, float), draw.integers(0, 20, 8).astype(float)
    service, home = np.nonzero(np.array(table))
    pairs = Pairs(home, service, draw.integers(0, 20, len(home)).astype(float))
    minutes = np.full((len(table), 8), np.inf)
    minutes[service, home] = pairs.minutes
    found = most_shortened(pairs, people, now_min, sites=len(table), how_many=how_many)
    every = combinations(range(len(table)), min(how_many, len(table)))
    best = min(float(people @ np.minimum(now_min, minutes[list(sites)].min(axis=0))) for sites in every)
    assert float(people @ np.minimum(now_min, minutes[found.sites].min(axis=0, initial=np.inf))) == pytest.approx(best)
    assert found.gains.sum() == pytest.approx(people @ now_min - best)
    assert found.gap_pct == 0.0


def test_that_a_solution_for_which_time_was_too_short_is_there_and_never_called_the_best():
    draw = np.random.default_rng(3)
    serves = draw.random((60, 3000)) < 0.05
    service, home = np.nonzero(serves)
    people = draw.integers(1, 50, 3000).astype(float)
    found = most_covered(Pairs(home, service, np.zeros(len(home))), people, 60, 12, most_seconds=0.0)
    assert len(found.sites) == 12
    assert found.gap_pct > 0.0


def test_that_the_median_shortens_the_mean_walk_and_says_by_how_much(town):
    # A chemist at 0 m; the 40 at 1,000 m walk 12.5 min, those at 400 m 5, the 10 without a way count as twice 10 min.
    # At 500 m: 400 m → 1.25 min, 1,000 m → 6.25. At 900 m: 1,000 m → 1.25. Saved:
    # 60 · 3.75 + 40 · 6.25 = 475, and 40 · 11.25 = 450.
    town["candidate_sites"] = layer([Point(500, 0), Point(900, 0)], name=["Mezzo", "Est"])
    result = service_coverage(**town, params=CoverageParams(placing="median", new_services=1))
    (row,) = result.table("proposals").frame.query("kind == 'farmacia'").to_dict("records")
    before = (100 * 0 + 60 * 5 + 40 * 12.5 + 10 * 20) / 210
    assert (row["name"], row["people_gained"], row["gap_pct"]) == ("Mezzo", 40.0, 0.0)
    assert (row["mean_before_min"], row["mean_after_min"]) == pytest.approx((before, before - 475 / 210))


def test_that_gains_are_told_by_age_as_well(town):
    town["candidate_sites"] = layer([Point(900, 0)], name=["Est"], kind=["farmacia"])
    result = service_coverage(**town)
    (row,) = result.table("gained_by_neighbourhood").frame.to_dict("records")
    assert (row["site"], row["name"], row["people_gained"], row["people_gained_65_plus"]) == ("Est", "Est", 40.0, 40.0)


def test_that_a_way_of_choosing_or_a_threshold_nobody_knows_is_refused(town):
    params = CoverageParams(placing="dice", threshold=(Threshold("farmaci", 5.0), Threshold("padiglione", 5.0)))
    told = SERVICE_COVERAGE.problems(town, params)
    assert [problem.code for problem in told] == ["coverage-placing-unknown", "coverage-threshold-unknown"]


def test_that_evenness_and_quantiles_are_those_of_small_cases():
    # Half has all, half none: Gini 0.5.
    assert gini(np.array([0.0, 1.0]), np.array([10.0, 10.0])) == 0.5
    assert gini(np.array([3.0, 3.0]), np.array([1.0, 9.0])) == 0.0
    assert least_over_most(np.array([2.0, 8.0])) == 0.25
    assert quantile(np.array([5.0, 1.0, np.inf]), np.array([4.0, 5.0, 1.0]), 0.9) == 5.0
    assert quantile(np.array([5.0, 1.0, np.inf]), np.array([4.0, 5.0, 1.0]), 0.95) == np.inf


def test_that_kinds_written_in_any_way_are_counted_under_ids_and_called_as_the_data_call_them(town):
    said = ["ASILO NIDO", "Asilo  nido", "bar/caffè", "a]b", "", None, "farmacia"]
    services = layer([Point(100 * place, 0) for place in range(7)], kind=said)
    for people in (town["census"], ()):
        result = service_coverage(**(town | {"census": people, "services": services}))
        table = rows(result)
        counted = {
            name: int(table[f"services_{name}"].sum()) for name in ("asilo_nido", "bar_caffe", "a_b", "senza_tipo")
        }
        assert counted == {"asilo_nido": 2, "bar_caffe": 1, "a_b": 1, "senza_tipo": 2}
        labels = {each.spec.id: each.spec.label.it for each in result.figures}
        assert labels["covered_bar_caffe_pct"] == "Residenti serviti: bar/caffè"
        assert labels["covered_senza_tipo_pct"] == "Residenti serviti: (senza tipo)"


def test_that_the_kinds_of_the_catalogue_are_their_own_ids():
    assert [id_of(each) for each in KINDS] == list(KINDS)


@given(st.text())
def test_that_the_id_of_any_word_is_a_word(word):
    assert re.fullmatch(r"\w+", id_of(word))
    assert id_of(id_of(word)) == id_of(word)
