"""Weights, combinations, firmness: check values of the domain reference, limits, invariants, independent ways."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analyses.decision.combining import bounds, normalised, ordered
from analyses.decision.consensus import concordance, consensus
from analyses.decision.firmness import Draws, firmness, ranks, weightings
from analyses.decision.judgements import LIMIT, MOST_CRITERIA, SCALE, advice, weighting
from analyses.decision.smallest_change import smallest_change
from analyses.progress import Cancelled

DOMAIN = np.array([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
Z, U = np.array([[0.9, 0.2, 0.6]]), np.array([0.5, 0.3, 0.2])


def tables(least=2, most=6):
    shape = st.tuples(st.integers(least, most), st.integers(2, 5))
    return shape.flatmap(lambda size: arrays(float, size, elements=st.integers(0, 64).map(lambda part: part / 64)))


def weights_of(table, draw):
    return draw.draw(arrays(float, table.shape[1], elements=st.floats(0.125, 1, width=32)))


def test_that_the_judgements_of_the_domain_reference_give_its_weights():
    # 0.6370, 0.2583, 0.1047; λmax 3.0385; CI 0.0193; CR 0.033 with RI 0.58.
    found = weighting(DOMAIN)
    assert found.weights == pytest.approx([0.6370, 0.2583, 0.1047], abs=5e-5)
    assert found.largest_eigenvalue == pytest.approx(3.0385, abs=5e-5)
    assert found.consistency_index == pytest.approx(0.0193, abs=5e-5)
    assert found.consistency_ratio == pytest.approx(0.033, abs=5e-4)


@given(arrays(float, 5, elements=st.floats(0.125, 8, width=32)))
def test_that_judgements_that_agree_give_back_the_weights_they_came_from(weights):
    found = weighting(weights[:, None] / weights[None, :])
    assert found.weights == pytest.approx(weights / weights.sum(), rel=1e-6)
    assert found.consistency_ratio == pytest.approx(0.0, abs=1e-9)


def test_that_the_one_judgement_that_contradicts_all_others_is_named_with_the_value_that_mends_it():
    # Weights 4, 2, 1, 1 judged without a slip, but for the first against the third: said 1/8 instead of 4.
    matrix = np.outer([4, 2, 1, 1], [1 / 4, 1 / 2, 1, 1])
    matrix[0, 2], matrix[2, 0] = 1 / 8, 8
    told = advice(matrix)
    assert (told.first, told.second, told.said) == (0, 2, 1 / 8)
    assert told.consistency_ratio <= LIMIT
    matrix[0, 2], matrix[2, 0] = told.mended, 1 / told.mended
    assert weighting(matrix).consistency_ratio == pytest.approx(told.consistency_ratio)


def test_that_the_mended_value_is_the_nearest_of_the_scale_that_suffices():
    matrix = np.outer([4, 2, 1, 1], [1 / 4, 1 / 2, 1, 1])
    matrix[0, 2], matrix[2, 0] = 1 / 8, 8
    mended = advice(matrix).mended
    nearer = [step for step in SCALE if abs(np.log(step * 8)) < abs(np.log(mended * 8))]
    assert nearer
    for step in nearer:
        matrix[0, 2], matrix[2, 0] = step, 1 / step
        assert weighting(matrix).consistency_ratio > LIMIT


def test_that_consistent_judgements_need_no_advice():
    assert advice(DOMAIN) is None


@pytest.mark.parametrize(
    "matrix",
    [
        np.ones((2, 3)),
        np.eye(3),
        np.array([[1, 2], [2, 1]]),
        np.ones((MOST_CRITERIA + 1,) * 2),
        np.array([[1, np.nan], [1, 1]]),
    ],
)
def test_that_judgements_that_are_none_are_refused(matrix):
    with pytest.raises(ValueError):
        weighting(matrix)


def test_that_ordered_weights_have_the_check_values_of_the_domain_reference():
    # z = (.9, .2, .6), u = (.5, .3, .2): the weighted sum is 0.63, «all» 0.2, «any» 0.9.
    assert ordered(Z, U, 0.5) == pytest.approx([0.63])
    assert ordered(Z, U, 0.0) == pytest.approx([0.2])
    assert ordered(Z, U, 1.0) == pytest.approx([0.9])
    # α = 1/0.25 − 1 = 3: (0.5³)·0.9 + (0.7³ − 0.5³)·0.6 + (1 − 0.7³)·0.2 = 0.1125 + 0.1308 + 0.1314
    assert ordered(Z, U, 0.25) == pytest.approx([0.3747])


@given(tables(), st.data())
def test_that_orness_of_a_half_is_the_weighted_sum(table, draw):
    weights = weights_of(table, draw)
    assert ordered(table, weights, 0.5) == pytest.approx(table @ weights / weights.sum(), abs=1e-12)


@given(tables(), st.data(), st.floats(0.01, 0.98), st.floats(0.001, 0.02))
def test_that_more_orness_never_lowers_a_score(table, draw, orness, more):
    weights = weights_of(table, draw)
    assert (ordered(table, weights, orness + more) >= ordered(table, weights, orness) - 1e-12).all()


@given(tables(), st.data(), st.floats(0.25, 64))
def test_that_only_the_proportion_of_the_weights_counts(table, draw, factor):
    weights = weights_of(table, draw)
    assert ordered(table, factor * weights, 0.3) == pytest.approx(ordered(table, weights, 0.3), abs=1e-12)


def test_that_a_criterion_without_weight_has_no_say():
    assert ordered(Z, np.array([1.0, 0.0, 1.0]), 0.0) == pytest.approx([0.6])
    assert ordered(np.array([[0.1, 0.9]]), np.array([1.0, 0.0]), 1.0) == pytest.approx([0.1])


def test_that_a_missing_criterion_gives_bounds_and_no_guess():
    # 0.5·0.9 + 0.3·? + 0.2·0.6 = 0.57 + 0.3·(0 … 1)
    low, high = bounds(np.array([[0.9, np.nan, 0.6]]), U)
    assert (low[0], high[0]) == pytest.approx((0.57, 0.87))


@pytest.mark.parametrize("weights", [[0.0, 0.0], [1.0, -0.1], [np.nan, 1.0]])
def test_that_weights_that_are_none_are_refused(weights):
    with pytest.raises(ValueError):
        normalised(np.array(weights))


def test_that_equal_scores_share_the_better_rank():
    assert ranks(np.array([0.5, 0.9, 0.5, 0.1])).tolist() == [2, 1, 2, 4]


def test_that_a_site_best_in_every_criterion_is_first_in_every_draw():
    table = np.array([[0.9, 0.9, 0.9], [0.5, 0.8, 0.1], [0.8, 0.2, 0.5]])
    found = firmness(table, np.ones(3), top=1)
    assert (found.rank_low[0], found.rank_high[0], found.top_share[0]) == (1, 1, 1.0)
    assert found.top_share.sum() == pytest.approx(1.0)


def test_that_two_sites_that_mirror_each_other_are_each_first_half_of_the_time():
    found = firmness(np.array([[1.0, 0.0], [0.0, 1.0]]), np.ones(2), top=1, draws=Draws(count=20_000))
    assert found.top_share == pytest.approx([0.5, 0.5], abs=0.015)
    assert found.rank_low.tolist() == [1, 1]
    assert found.rank_high.tolist() == [2, 2]


def test_that_the_same_seed_gives_the_same_answer_and_blocks_do_not_matter(monkeypatch):
    table, weights = np.random.default_rng(3).random((30, 4)), np.array([0.4, 0.3, 0.2, 0.1])
    once = firmness(table, weights, top=5)
    monkeypatch.setattr("analyses.decision.firmness._BLOCK", 7)
    again = firmness(table, weights, top=5)
    assert once.top_share.tolist() == again.top_share.tolist()
    assert once.rank_high.tolist() == again.rank_high.tolist()


def test_that_drawn_weights_stay_within_their_spread_and_sum_to_one():
    weights = np.array([0.5, 0.3, 0.2])
    drawn = weightings(weights, Draws(count=2000, spread=0.2))
    assert drawn.sum(axis=1) == pytest.approx(np.ones(2000))
    # After normalising a weight lies within 0.8/1.2 and 1.2/0.8 of what was said.
    assert ((drawn / weights >= 0.8 / 1.2) & (drawn / weights <= 1.2 / 0.8)).all()


def test_that_no_spread_gives_one_ranking():
    table = np.random.default_rng(5).random((12, 3))
    found = firmness(table, np.ones(3), top=3, draws=Draws(count=50, spread=0.0))
    assert found.rank_low.tolist() == found.rank_high.tolist() == ranks(table.mean(axis=1)).tolist()


def test_that_ranking_under_ordered_weights_agrees_with_scoring_each_draw():
    table, weights = np.random.default_rng(7).random((6, 3)), np.array([0.5, 0.3, 0.2])
    draws = Draws(count=40)
    found = firmness(table, weights, top=2, orness=0.2, draws=draws)
    by_hand = np.array([ranks(ordered(table, each, 0.2)) for each in weightings(weights, draws)])
    assert found.rank_high.tolist() == by_hand.max(axis=0).tolist()
    assert found.top_share.tolist() == pytest.approx((by_hand <= 2).mean(axis=0).tolist())


def test_that_firmness_can_be_stopped():
    def stop(share, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        firmness(np.ones((3, 2)), np.ones(2), top=1, report=stop)


def test_that_the_smallest_change_is_the_one_found_by_hand():
    # 0.6·1 + 0.4·0 = 0.6 against 0.6·0 + 0.4·1 = 0.4: level at ½ and ½, 0.1 off the one and onto the other.
    found = smallest_change(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.6, 0.4]))
    assert found.rival == 1
    assert found.size == pytest.approx(0.2)
    assert found.weights == pytest.approx([0.5, 0.5])


def test_that_nothing_changes_a_choice_that_is_best_in_everything():
    assert smallest_change(np.array([[1.0, 1.0], [0.5, 0.9]]), np.array([0.6, 0.4])) is None
    assert smallest_change(np.array([[1.0, 1.0]]), np.array([0.6, 0.4])) is None


def cheapest_by_moving(ahead, weights):
    """Return the least Σ|Δw| another way: weight moves from the criteria that speak most against the rival, first."""
    gap, moved = -float(ahead @ weights), 0.0
    best = int(np.argmax(ahead))
    for criterion in np.argsort(ahead, kind="stable"):
        gain = float(ahead[best] - ahead[criterion])
        if gap <= 0 or gain <= 0:
            break
        amount = min(float(weights[criterion]), gap / gain)
        gap, moved = gap - amount * gain, moved + amount
    return 2 * moved if gap <= 1e-12 else None


@given(tables(most=4), st.data())
def test_that_the_programme_agrees_with_moving_the_weight_by_hand(table, draw):
    weights = normalised(weights_of(table, draw))
    first = int(np.argmax(table @ weights))
    ways = [cheapest_by_moving(table[site] - table[first], weights) for site in range(len(table)) if site != first]
    least = min((way for way in ways if way is not None), default=None)
    found = smallest_change(table, weights)
    assert (found is None) == (least is None)
    if found is not None:
        assert found.size == pytest.approx(least, abs=1e-6)
        after = table @ found.weights
        assert after[found.rival] >= after[first] - 1e-6
        assert found.weights.sum() == pytest.approx(1.0)


def test_that_everybody_of_one_mind_has_a_concordance_of_one():
    assert concordance(np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]])) == pytest.approx(1.0)


def test_that_kendall_s_w_is_the_one_worked_out_by_hand():
    # Ranks (1 2 3), (1 3 2), (3 2 1): sums 5, 7, 6, mean 6, S = 2; W = 12·2 / (9·24) = 1/9.
    given_scores = np.array([[1.0, 1.0, 3.0], [2.0, 3.0, 2.0], [3.0, 2.0, 1.0]])
    assert concordance(given_scores) == pytest.approx(1 / 9)


def test_that_ties_are_corrected_for():
    # Both judges tie the last two: still of one mind.
    assert concordance(np.array([[1.0, 1.0], [2.0, 2.0], [2.0, 2.0]])) == pytest.approx(1.0)


def test_that_nobody_who_tells_anything_apart_has_no_concordance():
    assert np.isnan(concordance(np.ones((3, 2))))


def test_that_disagreement_is_nought_where_all_criteria_agree():
    found = consensus(np.array([[0.4, 0.4], [1.0, 0.0]]), np.array([[1.0, 3.0], [3.0, 1.0]]))
    assert found.mean == pytest.approx([0.4, 0.5])
    assert found.disagreement == pytest.approx([0.0, 0.25])
