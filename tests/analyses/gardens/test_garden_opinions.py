"""Several weight sets, and drawn weights: where people agree, and where small changes do not matter."""

from dataclasses import replace

import numpy as np
import pytest

from analyses.decision.firmness import Draws, weightings
from analyses.garden_suitability import GARDEN_SUITABILITY, garden_suitability
from analyses.gardens.disagreement import numbered
from analyses.gardens.params import WeightSet

SETS = (WeightSet("ecologo", "soil 1"), WeightSet("quartiere", "public_land 1"))


def row_of(result, raster):
    return result.rasters[raster].cells[0].filled(np.nan)


def test_that_consensus_and_disagreement_are_those_worked_out_by_hand(field, plain):
    # West: 1 for all three. Middle: ½, 1 (soil), 0 (public): mean ½, standard deviation √(⅙). East: ½, 0, 1: the same.
    found = garden_suitability(**field, params=replace(plain, weight_set=SETS))
    assert row_of(found, "consensus") == pytest.approx([1.0] * 3 + [0.5] * 7)
    assert row_of(found, "disagreement") == pytest.approx([0.0] * 3 + [6**-0.5] * 7, abs=1e-6)


def test_that_concordance_is_kendall_s_w_on_the_sites(field, plain):
    # Sites west and east: 1, ½ for the run; 1, 0 for the ecologist; both 1, a tie, for the neighbourhood.
    # Rank sums 1 + 1 + 1.5 and 2 + 2 + 1.5: S = 2; W = 12·2 / (9·6 − 3·6) = ⅔.
    found = garden_suitability(**field, params=replace(plain, weight_set=SETS))
    assert found.figure("concordance").value == pytest.approx(2 / 3)


def test_that_one_set_of_weights_has_nobody_to_agree_with(field, plain):
    found = garden_suitability(**field, params=plain)
    assert not {"consensus", "disagreement"} & set(found.rasters)
    assert found.figure("concordance").value is None


def test_that_the_share_of_draws_is_a_plain_count_over_the_same_weights(field, plain):
    params = replace(plain, least_score=0.5, draws=200)
    found = garden_suitability(**field, params=params)
    drawn = weightings(np.array([0.5, 0.5]), Draws(200, 0.2))
    # The west scores 1 always; the middle scores what soil weighs, the east what public land weighs.
    expected = [100.0] * 3 + [100.0 * (drawn[:, 1] >= 0.5).mean()] * 4 + [100.0 * (drawn[:, 0] >= 0.5).mean()] * 3
    assert 0.0 < expected[3] < 100.0
    assert row_of(found, "suitable_draws_pct") == pytest.approx(expected, abs=1e-4)


def test_that_ground_that_is_excluded_or_may_be_is_suitable_in_no_draw(field, plain, layer):
    (edition,) = field["land_use"]
    known = replace(edition, data=layer((0, 0, 90, 100), code=["211"]))
    inputs = field | {"buildings": layer((0, 0, 10, 100), use=["abitazione"]), "land_use": (known,)}
    found = row_of(garden_suitability(**inputs, params=plain), "suitable_draws_pct")
    assert (found[0], found[9]) == (0.0, 0.0)
    assert found[1] == 100.0


def test_that_ordered_weights_draw_no_map_and_say_so(field, plain):
    found = garden_suitability(**field, params=replace(plain, orness=0.3))
    assert "suitable_draws_pct" not in found.rasters
    assert "garden-first-choice-not-linear" in {problem.code for problem in found.problems}


def test_that_classes_of_disagreement_add_up_to_the_boundary_with_what_is_excluded(field, plain, layer):
    # The west (3,000 m²) agrees; middle and east stray by √(⅙) = 0.41, but for 1,000 m² under a constraint.
    inputs = field | {"contaminated_sites": layer((30, 0, 40, 100), name=["cava"])}
    params = replace(plain, weight_set=SETS, disagreement_slight=0.3, disagreement_clear=0.4, disagreement_strong=0.45)
    found = garden_suitability(**inputs, params=params).table("by_disagreement").frame
    assert dict(zip(found["class"], found["area_m2"], strict=True)) == pytest.approx(
        {"agreed": 3000.0, "slight": 0.0, "clear": 6000.0, "strong": 0.0, "excluded": 1000.0}
    )


def test_that_one_weight_set_has_no_classes_of_disagreement(field, plain):
    assert not len(garden_suitability(**field, params=plain).table("by_disagreement").frame)


def test_that_a_value_on_a_break_is_of_the_class_that_begins_with_it():
    apart = np.array([0.0, 0.1, 0.15, 0.19, 0.2, 0.5], np.float32)
    is_out = np.array([False] * 5 + [True])
    assert numbered(apart, is_out, (0.1, 0.15, 0.2)).tolist() == [1, 2, 3, 3, 4, 0]


def test_that_breaks_which_do_not_ascend_are_told(field, plain):
    for breaks in ({"disagreement_slight": 0.15}, {"disagreement_clear": 0.3}):
        said = [each.code for each in GARDEN_SUITABILITY.problems(field, replace(plain, **breaks))]
        assert said == ["garden-breaks-not-ascending"]
