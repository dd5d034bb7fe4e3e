"""What binds: against grids of every choice, by hand, and where limits can't hold together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.districts.binding import words
from analyses.districts.goals import FLOOR_AREA, GOALS, GREEN, HOMES
from analyses.districts.limits import VARIABLES, District, Limit, amount, limits
from analyses.districts.params import DistrictParams
from analyses.districts.programme import irreducible, optimum
from layers.text import Text

ST = 10_000.0


def district(largest_pct=None, least=None, **changes):
    """Return 10,000 m²: index 0.8, Se 40 %, Ve 20 %, Ac 30 %, Sp 30 %, three storeys, housing 60 %, shops 40 %."""
    sheet = {
        "code": "D", "st_m2": ST, "floor_area_m2": 8000.0, "storeys_built": 3.0, "net_buildable_m2": ST,
        "se_m2": 4000.0, "ve_m2": 2000.0, "ac_m2": 3000.0, "sp_m2": 3000.0, "residential_pct": 60.0,
        "commercial_pct": 40.0, "industrial_pct": 0.0, "istruzione_added_m2": 0.0, "interesse_comune_added_m2": 0.0,
        "verde_added_m2": 0.0, "parcheggi_added_m2": 0.0,
    } | changes  # fmt: skip
    return District(pd.Series(sheet), DistrictParams(), largest_pct or {}, least or {})


def best(of, goal):
    terms, there = amount(goal, of)
    found = optimum(terms, limits(of, goal), ST)
    return None if found is None else (found.most + there, {each.id: price for each, price in found.prices})


def holds(held, point, slack=1e-6):
    sums = {each.id: sum(factor * point[name] for name, factor in each.terms.items()) for each in held}
    told = [
        sums[each.id] <= each.bound + slack if each.sense == "<="
        else sums[each.id] >= each.bound - slack if each.sense == ">="
        else np.abs(sums[each.id] - each.bound) <= slack
        for each in held
    ]  # fmt: skip
    return np.logical_and.reduce(np.broadcast_arrays(*told))


def on_a_grid(of, goal, step=1000.0, floor_step=100.0, shares=((0.6, 0.4),)):
    """Return the best of every choice on a grid: parts of the ground by ``step``, floor area by ``floor_step``."""
    held = limits(of, goal)
    axis = np.arange(0.0, ST + 1, step)
    se, ve, ac, sp = (each.ravel() for each in np.meshgrid(axis, axis, axis, axis))
    terms, there = amount(goal, of)
    found = -np.inf
    for floor, (homes, shops) in product(np.arange(0.0, ST + 1, floor_step), shares):
        point = {"residential_m2": floor * homes, "commercial_m2": floor * shops, "industrial_m2": 0.0,
                 "other_m2": floor * (1 - homes - shops), "se_m2": se, "ve_m2": ve, "ac_m2": ac,
                 "sp_m2": sp}  # fmt: skip
        worth = there + sum(factor * point[name] for name, factor in terms.items()) + 0.0 * se
        possible = holds(held, point)
        found = max(found, worth[possible].max(initial=-np.inf))
    return found


def test_that_the_standards_hold_the_floor_area_and_the_ground_its_price():
    # Per m² of floor area: 0.6 × 18 / 25 + 0.4 × 0.8 = 0.752 m² due. Buildings and parking take 1/3 + 0.3 m² of Se.
    # Se ≤ 4,000 → 6,315.79 m². Ac may grow up to 10,000 − Se − 2,000: standards 0.752 F ≤ 8,000 − 0.63333 F gives
    # F = 8,000 / 1.385333 = 5,774.78 < 6,315.79: St, split between what is built on and what is due, binds.
    most, prices = best(district(), FLOOR_AREA)
    assert most == pytest.approx(8000 / (0.752 + 1 / 3 + 0.3))
    assert prices["parts"] == pytest.approx(1 / (0.752 + 1 / 3 + 0.3))
    # One m² more of Ve leaves one m² less of St to share.
    assert prices["ve"] == pytest.approx(-prices["parts"])
    assert "ac" not in prices


def test_that_a_low_index_binds_alone_and_each_metre_of_it_is_one():
    most, prices = best(district(floor_area_m2=2000.0), FLOOR_AREA)
    assert (most, prices) == (pytest.approx(2000.0), pytest.approx({"index": 1.0}))


def test_that_ground_netted_off_binds_what_is_built():
    # 600 m² are left: 600 / 0.63333 = 947.37 m² of floor area; a m² cleaned frees 1.579.
    most, prices = best(district(net_buildable_m2=600.0), FLOOR_AREA)
    assert most == pytest.approx(600 / (1 / 3 + 0.3))
    assert prices["net"] == pytest.approx(1 / (1 / 3 + 0.3))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"net_buildable_m2": 1000.0},
        {"floor_area_m2": 3000.0},
        {"ac_m2": 5000.0, "se_m2": 2000.0},
        {"verde_added_m2": 2000.0},
        {"storeys_built": 1.0},
    ],
)
@pytest.mark.parametrize("goal", GOALS.values(), ids=GOALS)
def test_that_no_choice_on_a_grid_is_better_and_one_comes_near(changes, goal):
    # A grid point may be one step of every part of the ground, and one of floor area, away from the corner.
    of = district(floor_area_m2=2000.0) if goal is GREEN and not changes else district(**changes)
    exact, gridded = best(of, goal), on_a_grid(of, goal)
    if exact is None:
        assert gridded == -np.inf
        return
    assert gridded <= exact[0] + 1e-6
    near = {FLOOR_AREA: 1000.0 / 0.6, HOMES: 1000.0 / 0.6 * 0.6 / 75.0, GREEN: 2000.0}[goal]
    assert gridded >= exact[0] - near


def test_that_a_free_mix_is_as_good_as_the_best_of_every_mix():
    of = district(largest_pct={"residential": 70.0, "commercial": 50.0, "other": 20.0})
    shares = [(homes / 10, shops / 10) for homes in range(8) for shops in range(6) if homes + shops <= 10]
    exact, gridded = best(of, HOMES)[0], on_a_grid(of, HOMES, shares=[each for each in shares if sum(each) >= 0.8])
    assert gridded <= exact + 1e-6
    assert gridded >= exact - 1000.0 / 0.6 * 0.7 / 75.0


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([FLOOR_AREA, HOMES]), st.floats(1000, 9000), st.floats(500, 4000), st.floats(0, 4000),
    st.floats(1, 8),
)  # fmt: skip
def test_that_a_price_is_what_one_metre_more_brings(goal, floor_area_m2, net_buildable_m2, ac_m2, storeys):
    of = district(floor_area_m2=floor_area_m2, net_buildable_m2=net_buildable_m2, ac_m2=ac_m2, storeys_built=storeys)
    terms, _ = amount(goal, of)
    held = limits(of, goal)
    found = optimum(terms, held, ST)
    for limit, price in found.prices:
        # The optimum is concave in each bound: a step up gains at most its price, a step down loses at least it.
        gains = [
            optimum(terms, [Limit(**{**vars(each), "bound": each.bound + (step if each is limit else 0.0)})
                            for each in held], ST)
            for step in (0.01, -0.01)
        ]  # fmt: skip
        up, down = ((each.most - found.most) / 0.01 if each else -np.inf for each in gains)
        assert up <= price + 1e-6
        assert down <= -price + 1e-6


def test_that_limits_that_clash_are_named_and_each_is_needed():
    # 200 homes ask 15,000 m² of housing; the index allows 8,000 of any use.
    of = district(least={"homes": 200.0})
    held = limits(of, FLOOR_AREA)
    assert best(of, FLOOR_AREA) is None
    clash = irreducible(held, ST)
    assert len(clash) < len(held)
    assert "least_homes" in {each.id for each in clash}
    assert optimum({}, clash, ST) is None
    for limit in clash:
        assert optimum({}, [each for each in clash if each is not limit], ST) is not None


def test_that_green_keeps_the_floor_area_of_the_index_or_says_why_not():
    # 8,000 m² of floor area need 5,066.67 m² of Se, which has 4,000.
    clash = irreducible(limits(district(), GREEN), ST)
    assert {each.id for each in clash} == {"floor_area_kept", "se", "built"}


def test_that_a_binding_limit_is_told_in_words():
    limit = Limit("ac", Text("Ac almeno 3.000 m²", "Ac at least 3,000 m²"), Text("un m² in più di Ac", "one m² more"),
                  {"ac_m2": 1.0}, ">=", 3000.0)  # fmt: skip
    told = "Ac almeno 3.000 m²: un m² in più di Ac costa 0,42 m² di superficie lorda."
    assert words(FLOOR_AREA, limit, -0.42).it == told
    assert words(HOMES, limit, 0.0133).it == "Ac almeno 3.000 m²: un m² in più di Ac libera 0,0133 alloggi."


def test_that_every_limit_speaks_of_quantities_that_there_are():
    of = district(largest_pct={"residential": 70.0}, least=dict.fromkeys(GOALS, 1.0))
    for goal in GOALS.values():
        held = limits(of, goal)
        assert len({each.id for each in held}) == len(held)
        assert all(set(each.terms) <= set(VARIABLES) for each in held)
