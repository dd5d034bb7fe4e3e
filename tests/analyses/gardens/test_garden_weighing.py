"""Weights tried live give what a fresh run with them gives."""

from dataclasses import replace

import numpy as np
import pytest

from analyses.garden_suitability import garden_suitability
from analyses.gardens.criteria import DISTANCE, Criterion
from analyses.gardens.live import opened
from analyses.gardens.params import Judgement
from analyses.gardens.weighing import weighing_of

LIVE = ["rank", "site", "name", "owner", "area_m2", "plots", "score", "score_low", "score_high"]


def weighted(params, **weights):
    return replace(params, criterion=tuple(replace(each, weight=weights[each.id]) for each in params.criterion))


def same_as_a_fresh_run(weighed, fresh, ground):
    for name, cells in (("score_low", weighed.low), ("score_high", weighed.high), ("status", weighed.verdict.status)):
        assert (ground.raster(cells).cells == fresh.rasters[name].cells).all()
    assert weighed.placing.sites[LIVE].equals(fresh.table("sites").frame[LIVE])
    assert (weighed.placing.sites.geometry == fresh.layers["sites"].geometry).all()


@pytest.mark.parametrize("orness", [0.0, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("weights", [{"public_land": 2.0, "soil": 1.0}, {"public_land": 0.0, "soil": 3.0}])
def test_that_other_weights_give_what_a_fresh_run_with_them_gives(field, plain, weights, orness):
    weighing = weighing_of(field, plain)
    fresh = garden_suitability(**field, params=replace(weighted(plain, **weights), orness=orness))
    same_as_a_fresh_run(weighing.reweighed(weights, orness=orness), fresh, weighing.around.ground)


def test_that_a_criterion_which_had_no_say_can_be_given_one(field, plain):
    weighing = weighing_of(field, weighted(plain, public_land=0.0, soil=1.0))
    found = weighing.reweighed({"public_land": 1.0}).placing.sites
    assert found["score"].tolist() == pytest.approx([1.0, 1.0])


def test_that_what_is_not_said_stays_as_the_run_has_it(field, plain):
    judged = replace(plain, judgement=(Judgement("public_land:soil", 3.0),), orness=0.2)
    weighing = weighing_of(field, judged)
    same_as_a_fresh_run(weighing.reweighed(), garden_suitability(**field, params=judged), weighing.around.ground)


def test_that_weights_of_which_none_counts_are_refused(field, plain):
    for weights in ({}, {"fame": 1.0}, {"soil": -1.0, "public_land": 2.0}):
        with pytest.raises(ValueError, match="weights"):
            weighing_of(field, plain).reweighed(weights)


def test_that_weighing_leaves_what_was_measured_as_it_was(field, plain):
    weighing = weighing_of(field, plain)
    before = weighing.scores.copy()
    first = weighing.reweighed({"soil": 1.0}).low
    weighing.reweighed({"public_land": 1.0})
    assert (weighing.scores == before).all()
    assert (weighing.reweighed({"soil": 1.0}).low == first).all()


def test_that_a_plain_way_cell_by_cell_gives_the_same_scores(field, plain, two, layer):
    # Three criteria; the third is the distance to a fountain in cell (2, 7), from 0 m (best) to 100 m (worst).
    far = Criterion("water", 0.7, 0.0, 100.0, None, measure=DISTANCE, source="water_points")
    params = replace(plain, criterion=(*two, far), least_score=0.55)
    inputs = field | {"water_points": layer((72, 72, 78, 78), name=["Fontana"])}
    found = garden_suitability(**inputs, params=params)
    expected = np.empty((10, 10))
    for row, col in np.ndindex(10, 10):
        public, sound = float(col < 3 or col > 6), float(col < 7)
        near = max(0.0, 1.0 - 10.0 * np.hypot(row - 2, col - 7) / 100.0)
        expected[row, col] = (0.5 * public + 0.5 * sound + 0.7 * near) / 1.7
    assert found.rasters["score_low"].cells.filled(-1.0) == pytest.approx(expected, abs=1e-6)
    assert found.figure("suitable_m2").value == pytest.approx(100.0 * (expected >= 0.55).sum())


@pytest.mark.parametrize("least_score", [0.4, 0.6])
@pytest.mark.parametrize("weights", [{"public_land": 2.0, "soil": 1.0}, {"public_land": 0.0, "soil": 3.0}])
def test_that_weights_and_limits_tried_on_a_bench_give_what_a_run_with_them_finds(field, plain, weights, least_score):
    other = replace(weighted(plain, **weights), least_score=least_score)
    tried = opened(field, plain, lambda share, message: None).tried(other, {}, lambda *_: None)
    fresh = garden_suitability(**field, params=other)
    assert {figure.spec.id for figure in tried.figures} >= {"suitable_m2", "excluded_m2", "unsuitable_m2", "sites"}
    for figure in tried.figures:
        assert figure.value == fresh.figure(figure.spec.id).value, figure.spec.id
    assert tried.table("by_class").frame.equals(fresh.table("by_class").frame)
    assert tried.table("sites").frame[LIVE].equals(fresh.table("sites").frame[LIVE])
    for name, raster in tried.rasters.items():
        assert (raster.cells == fresh.rasters[name].cells).all()


def test_that_the_weights_to_be_moved_say_the_share_each_has(field, plain):
    handles = opened(field, plain, lambda share, message: None).handles(
        weighted(plain, public_land=0.3, soil=0.1), {}, ""
    )
    # 0,3 and 0,1 of 0,4.
    assert {each.name: each.shown.it for each in handles if each.shown} == {
        "public_land.weight": "75\u202f%", "soil.weight": "25\u202f%",
    }  # fmt: skip
    assert {each.name for each in handles} > {"orness", "least_score"}


def test_that_weights_of_which_none_counts_give_nothing_to_look_at(field, plain):
    bench = opened(field, plain, lambda share, message: None)
    assert bench.tried(weighted(plain, public_land=0.0, soil=0.0), {}, lambda *_: None).figures == ()
