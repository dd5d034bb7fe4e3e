import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.soil.codes import CLASS_OF, NO_DATA
from analyses.soil.ledger import levels_differ, of_one_date, of_two_dates, transition_rows

K = NO_DATA + 1


def at(code):
    return NO_DATA if code is None else CLASS_OF[code]


def areas(**by_code):
    table = np.zeros((1, K))
    for code, area in by_code.items():
        table[0, at(None if code == "none" else int(code[1:]))] = area
    return table


def changes(*moves):
    """Return the transitions of one unit from (code before, code after, area); None is no data."""
    table = np.zeros((1, K, K))
    for before, after, area in moves:
        table[0, at(before), at(after)] += area
    return table


def whole_areas(seed):
    """Return the transitions of three units in whole m², which add up without rounding; most never happen."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 1000, (3, K, K)) * (rng.random((3, K, K)) < 0.1) * 1.0


seeds = st.integers(0, 2**32)


def test_that_one_date_is_told_by_kind():
    # Permanent: 11, 111; reversible: 122; code 1 is consumed and neither; 2 and 201 are not consumed.
    ledger = of_one_date(areas(c11=5, c111=10, c122=20, c1=40, c2=80, c201=160, none=320))
    assert ledger.to_dict("records") == [
        {"consumed_m2": 75.0, "permanent_m2": 15.0, "reversible_m2": 20.0, "no_data_m2": 320.0}
    ]


def test_that_what_changed_is_told_at_the_later_date():
    moves = changes((2, 112, 100), (201, 122, 10), (122, 2, 30), (122, 111, 7), (111, 111, 500), (2, 2, 1000))
    # Consumed at last: 100 + 10 + 7 + 500, of which 10 reversible. Gross 100 + 10, restored 30; 122 -> 111 is neither.
    assert of_two_dates(moves).to_dict("records") == [
        {
            "consumed_m2": 617.0, "permanent_m2": 607.0, "reversible_m2": 10.0, "no_data_m2": 0.0,
            "gross_m2": 110.0, "restored_m2": 30.0, "net_m2": 80.0,
        }
    ]  # fmt: skip


def test_that_ground_known_at_one_date_only_is_no_change():
    ledger = of_two_dates(changes((None, 111, 50), (111, None, 70), (None, None, 9)))
    assert ledger[["gross_m2", "restored_m2", "net_m2"]].to_numpy().tolist() == [[0.0, 0.0, 0.0]]
    assert ledger[["consumed_m2", "no_data_m2"]].to_numpy().tolist() == [[50.0, 79.0]]


@given(seeds)
def test_that_gross_one_way_is_restored_the_other_way(seed):
    transitions = whole_areas(seed)
    there, back = of_two_dates(transitions), of_two_dates(transitions.swapaxes(1, 2))
    assert there["gross_m2"].tolist() == back["restored_m2"].tolist()
    assert there["net_m2"].tolist() == (-back["net_m2"]).tolist()


@given(seeds)
def test_that_the_net_is_the_difference_of_the_states_where_both_dates_know(seed):
    transitions = whole_areas(seed)
    transitions[:, NO_DATA, :] = transitions[:, :, NO_DATA] = 0.0
    before, after = of_one_date(transitions.sum(axis=2)), of_two_dates(transitions)
    assert (after["consumed_m2"] - before["consumed_m2"]).tolist() == after["net_m2"].tolist()


@given(seeds)
def test_that_the_parts_of_consumed_ground_never_exceed_it(seed):
    transitions = whole_areas(seed)
    ledger = of_two_dates(transitions)
    unspecified = ledger["consumed_m2"] - ledger["permanent_m2"] - ledger["reversible_m2"]
    assert unspecified.tolist() == transitions[:, :, CLASS_OF[1]].sum(axis=1).tolist()


def test_that_transitions_are_rows_of_codes_with_no_data_empty():
    rows = transition_rows(np.concatenate([changes((2, 111, 5), (2, 2, 1)), changes((2, 111, 7), (None, 2, 3))]))
    assert rows.to_dict("records") == [
        {"from_code": "2", "to_code": "2", "area_m2": 1.0},
        {"from_code": "2", "to_code": "111", "area_m2": 12.0},
        {"from_code": "", "to_code": "2", "area_m2": 3.0},
    ]


@given(seeds)
def test_that_no_ground_is_lost_among_the_transitions(seed):
    transitions = whole_areas(seed)
    assert transition_rows(transitions)["area_m2"].sum() == transitions.sum()


def test_that_two_dates_of_different_levels_are_told_at_the_first():
    moves = changes((111, 1, 5), (122, 2, 7), (2, 1, 11), (2, 2, 13), (None, 1, 17))
    assert levels_differ(moves[0])
    # 111 and 122 become 1: 5 stay consumed, 7 are restored, 11 are new.
    assert transition_rows(moves).to_dict("records") == [
        {"from_code": "1", "to_code": "1", "area_m2": 5.0},
        {"from_code": "1", "to_code": "2", "area_m2": 7.0},
        {"from_code": "2", "to_code": "1", "area_m2": 11.0},
        {"from_code": "2", "to_code": "2", "area_m2": 13.0},
        {"from_code": "", "to_code": "1", "area_m2": 17.0},
    ]


@given(seeds)
def test_that_the_level_the_codes_are_told_at_changes_no_gross_and_no_restored_ground(seed):
    transitions = whole_areas(seed)
    rows = transition_rows(transitions)
    gross = rows[rows["from_code"].str.startswith("2") & rows["to_code"].str.startswith("1")]["area_m2"].sum()
    assert gross == of_two_dates(transitions)["gross_m2"].sum()


def test_that_a_date_without_any_data_has_no_level_to_differ():
    assert not levels_differ(changes((None, 111, 5))[0])
    assert not levels_differ(changes((111, 2, 5), (2, 111, 5))[0])


def test_that_ground_not_yet_consumed_has_no_level_to_differ():
    assert not levels_differ(changes((2, 111, 5), (2, 2, 5))[0])


def test_that_the_areas_handed_in_are_left_as_they_were():
    transitions = changes((111, 1, 5), (122, 2, 7))
    copy = transitions.copy()
    of_one_date(transitions[:, :, 0])
    of_two_dates(transitions)
    transition_rows(transitions)
    assert transitions == pytest.approx(copy, abs=0)
