"""The kernels that combine whole maps give what the plain functions give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.decision.combining import bounds
from analyses.kernels.frequency import share_at_least
from analyses.kernels.ordered_weights import MOST_IN_TABLE, combined


def table(n, criteria, seed, gaps=0.1):
    draws = np.random.default_rng(seed)
    scores = draws.random((criteria, n)).astype(np.float32)
    scores[draws.random(scores.shape) < gaps] = np.nan
    return scores


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 99), st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]))
@settings(max_examples=60, deadline=None)
def test_that_a_map_has_the_bounds_of_the_plain_functions(n, criteria, seed, orness):
    scores, weights = table(n, criteria, seed), np.random.default_rng(seed).random(criteria) + 0.01
    low, high = combined(scores, weights, orness)
    expected = bounds(scores.T.astype(float), weights, orness)
    assert low == pytest.approx(expected[0], abs=1e-6)
    assert high == pytest.approx(expected[1], abs=1e-6)


def test_that_ordered_weights_run_from_the_least_score_over_the_weighted_sum_to_the_largest():
    # z = (0.9, 0.2, 0.6), u = (0.5, 0.3, 0.2): 0.2 towards «all», 0.63 in the middle, 0.9 towards «any».
    scores, weights = np.array([[0.9], [0.2], [0.6]], np.float32), np.array([0.5, 0.3, 0.2])
    found = [combined(scores, weights, orness)[0][0] for orness in (0.0, 0.5, 1.0)]
    assert found == pytest.approx([0.2, 0.63, 0.9])


def test_that_weights_may_be_given_at_any_scale():
    scores, weights = table(100, 5, 1), np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    for orness in (0.3, 0.5):
        assert combined(scores, weights, orness)[0] == pytest.approx(combined(scores, 7.0 * weights, orness)[0])


def test_that_a_missing_criterion_of_no_weight_widens_nothing():
    scores = np.array([[0.4], [np.nan]], np.float32)
    assert combined(scores, np.array([1.0, 0.0]), 0.3) == (pytest.approx([0.4]), pytest.approx([0.4]))


def test_that_the_share_of_draws_is_that_of_a_plain_count():
    scores = table(300, 4, 2)
    drawn = np.random.default_rng(3).dirichlet(np.ones(4), size=50)
    filled = np.nan_to_num(scores, nan=0.0).T.astype(float)
    expected = np.mean([filled @ each >= 0.5 for each in drawn], axis=0)
    assert share_at_least(scores, drawn, 0.5) == pytest.approx(expected, abs=1e-6)


def test_that_no_bit_of_a_map_depends_on_the_number_of_threads():
    scores, weights = table(5000, 11, 4), np.arange(1.0, 12.0)
    for orness in (0.3, 0.5):
        assert combined(scores, weights, orness, threads=1)[0].tobytes() == (
            combined(scores, weights, orness, threads=3)[0].tobytes()
        )


@pytest.mark.parametrize("orness", [0.0, 0.3, 1.0])
def test_that_more_criteria_than_the_table_of_sets_holds_are_combined_all_the_same(orness):
    scores, weights = table(200, MOST_IN_TABLE + 2, 5), np.arange(1.0, MOST_IN_TABLE + 3)
    low, high = combined(scores, weights, orness)
    expected = bounds(scores.T.astype(float), weights, orness)
    assert (low, high) == (pytest.approx(expected[0], abs=1e-6), pytest.approx(expected[1], abs=1e-6))


@given(st.integers(1, 9), st.integers(0, 99), st.floats(0.0, 1.0, width=32))
@settings(max_examples=60, deadline=None)
def test_that_cells_judged_by_their_bounds_alone_are_judged_as_by_every_draw(criteria, seed, least):
    scores, drawn = table(600, criteria, seed), np.random.default_rng(seed).dirichlet(np.ones(criteria), size=30)
    totals = np.nan_to_num(scores, nan=0.0).T.astype(float) @ drawn.T
    low, high = (np.mean(totals >= least + off, axis=1) for off in (1e-4, -1e-4))
    found = share_at_least(scores, drawn, least)
    assert (found >= low - 1e-6).all()
    assert (found <= high + 1e-6).all()


def test_that_a_cell_exactly_at_the_limit_has_reached_it():
    drawn = np.random.default_rng(6).dirichlet(np.ones(3), size=40)
    for least in (0.1, 0.6, 1.0):
        assert share_at_least(np.full((3, 5), least, np.float32), drawn, least).tolist() == [1.0] * 5


def test_that_the_share_of_draws_does_not_depend_on_the_number_of_threads():
    scores, drawn = table(5000, 7, 8), np.random.default_rng(9).dirichlet(np.ones(7), size=64)
    assert share_at_least(scores, drawn, 0.5, threads=1).tobytes() == (
        share_at_least(scores, drawn, 0.5, threads=3).tobytes()
    )
