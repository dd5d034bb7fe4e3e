"""Trying services elsewhere: every trial equals a run of the analysis on the same services, and changes none before."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, box

from analyses.analysis import Edition
from analyses.service_coverage import service_coverage
from analyses.services.live import opened
from analyses.services.params import UNTOUCHED, CoverageParams, Threshold
from analyses.services.trial import trial_of

UTM = "EPSG:7791"
TABLES = ("by_neighbourhood", "by_kind", "by_age", "by_service")


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=list(geometry), crs=UTM)


def town(with_streets=True):
    """Return a square of streets 1,000 m a side with people along two of them, a school, a chemist, a park."""
    ring = [(0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0)]
    return {
        "boundary": layer([box(-200, -200, 1200, 1200)], name=["Borgo"], code=["000001"]),
        "neighbourhoods": layer(
            [box(-200, -200, 500, 1200), box(500, -200, 1200, 1200)], name=["Ovest", "Est"], code=["1", "2"]
        ),
        "census": (
            Edition(2021, layer(
                [Point(x, y) for x in range(0, 1001, 100) for y in (0, 1000)],
                population=np.arange(1.0, 23.0), population_65_plus=np.arange(22.0, 0.0, -1.0) % 5.0,
            )),
        ),
        "streets": layer([shapely.LineString(ring)], kind=["residential"]) if with_streets else None,
        "services": layer(
            [Point(0, 0), Point(1000, 0), box(400, 950, 600, 1050)],
            kind=["primaria", "farmacia", "verde"], name=["S", "F", "V"], capacity=[30.0, np.nan, np.nan],
        ),
        "elevation": None, "buildings": None, "green": None,
    }  # fmt: skip


def assert_same(trial, inputs, params=UNTOUCHED):
    wanted = service_coverage(**(inputs | {"services": trial.services}), params=params)
    for name in TABLES:
        found = getattr(trial, name)()
        table = wanted.table(name).frame
        assert found[table.columns].reset_index(drop=True).equals(table.reset_index(drop=True)), name
    grounds = wanted.layers["catchments"].set_index("kind").geometry
    for kind in trial.measured.found.kinds:
        assert trial.catchment(kind.id).equals(grounds[kind.id])
        assert trial.covered_pct(kind.id) == pytest.approx(wanted.figure(f"covered_{kind.id}_pct").value)


@pytest.mark.parametrize("with_streets", [True, False])
def test_that_each_trial_is_what_a_run_on_its_services_finds(with_streets):
    inputs = town(with_streets)
    first = trial_of(inputs)
    moved = first.with_service_moved(0, Point(1000, 1000))
    added = moved.with_service_added(Point(500, 0), kind="farmacia", name="G")
    removed = added.with_service_removed(1)
    for trial in (first, moved, added, removed):
        assert_same(trial, inputs)


def test_that_another_threshold_is_the_same_as_the_parameter():
    inputs = town()
    params = CoverageParams(threshold=(Threshold("primaria", 3.0),))
    trial = trial_of(inputs).with_threshold("primaria", 20.0).with_threshold("primaria", 3.0)
    assert_same(trial, inputs, params)
    assert trial.by_kind().set_index("kind").loc["primaria", "threshold_min"] == 3.0


@settings(max_examples=15)
@given(st.integers(0, 2), st.floats(0, 1000), st.floats(0, 1000))
def test_that_wherever_a_service_goes_the_trial_is_that_of_a_run(row, x, y):
    inputs = town()
    assert_same(trial_of(inputs).with_service_moved(row, Point(x, y)), inputs)


def test_that_trying_leaves_earlier_trials_and_the_layer_as_they_were():
    inputs = town()
    services, first = inputs["services"].copy(), trial_of(inputs)
    before = first.by_neighbourhood()
    first.with_service_moved(0, Point(700, 0)).with_service_removed(2).with_threshold("farmacia", 1.0)
    assert inputs["services"].equals(services)
    assert first.by_neighbourhood().equals(before)
    assert first.services.equals(services)


def test_that_gains_over_what_was_are_told_by_neighbourhood_and_age():
    # The school (800 m) leaves the west: 0 - 800 m of the south street and of the west one lose it.
    first = trial_of(town())
    added = first.with_service_added(Point(1000, 1000), kind="primaria")
    gained = added.gained_over(first, "primaria").set_index("name")
    covered = {at: each.by_age().query("kind == 'primaria'").groupby(["name", "age"])["covered_people"].sum()
               for at, each in (("now", added), ("then", first))}  # fmt: skip
    change = covered["now"] - covered["then"]
    assert gained["population"].to_dict() == {name: change[name, "tutte"] for name in ("Ovest", "Est")}
    assert gained["population_65_plus"].to_dict() == {name: change[name, "65_plus"] for name in ("Ovest", "Est")}
    assert (gained["population"] >= 0).all()
    assert added.gained_over(first, "nido")["population"].sum() == 0.0


def test_that_without_people_there_is_nothing_to_try():
    assert trial_of(town() | {"census": ()}) is None


@pytest.mark.parametrize("walk_min", [2.0, 6.5, 25.0])
def test_that_a_threshold_tried_on_a_bench_gives_what_a_run_with_it_finds(walk_min):
    inputs, other = town(), CoverageParams(threshold=(Threshold("farmacia", walk_min),))
    bench = opened(inputs, UNTOUCHED, lambda share, message: None)
    tried, run = bench.tried(other, {}, lambda *_: None), service_coverage(**inputs, params=other)
    for figure in tried.figures:
        assert figure.value == pytest.approx(run.figure(figure.spec.id).value), figure.spec.id
    for table in tried.tables:
        assert table.frame.reset_index(drop=True).equals(run.table(table.spec.id).frame.reset_index(drop=True))
    assert {"covered_farmacia_pct", "access_15_min_score"} <= {figure.spec.id for figure in tried.figures}


def test_that_every_kind_there_is_offers_its_threshold_as_it_stands():
    bench = opened(town(), UNTOUCHED, lambda share, message: None)
    own = CoverageParams(threshold=(Threshold("farmacia", 3.0),))
    assert {each.name: each.value for each in bench.handles(own, {}, "")} == {
        "primaria.walk_min": 10.0, "verde.walk_min": 5.0, "farmacia.walk_min": 3.0,
    }  # fmt: skip


def test_that_without_people_there_is_no_bench():
    inputs = town() | {"census": (), "neighbourhoods": None}
    assert opened(inputs, UNTOUCHED, lambda share, message: None) is None
