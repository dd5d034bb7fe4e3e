import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.problems import PucError
from layers.selection import parse, select

TOWN = pd.DataFrame(
    {
        "zone": ["A", "B", "C", None],
        "area": [50.0, 150.0, 250.0, np.nan],
        "code": ["007", "12", "x", "12"],
        "COD AMB": ["q'1", "q2", "q3", "q4"],
        "name": ["Porto Vecchio", "porto nuovo", "Centro", None],
    }
)


def rows(expression, frame=TOWN):
    return list(select(frame, expression).index)


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("zone = 'A'", [0]),
        ("zone <> 'A'", [1, 2]),
        ("zone != 'A'", [1, 2]),
        ("area < 150", [0]),
        ("area <= 150", [0, 1]),
        ("area > 150.0", [2]),
        ("area >= 150", [1, 2]),
        ("area > -5", [0, 1, 2]),
        ("zone in ('A', 'C')", [0, 2]),
        ("zone not in ('A', 'C')", [1, 3]),
        ("area in (50, 250)", [0, 2]),
        ("zone is null", [3]),
        ("zone is not null", [0, 1, 2]),
        ("not zone is null", [0, 1, 2]),
        ("name like 'porto%'", [0, 1]),
        ("name like 'C_ntro'", [2]),
        ("name not like '%o'", [3]),
        ("NOT (zone = 'A' OR zone = 'B')", [2, 3]),
    ],
)
def test_that_an_expression_chooses_the_features_it_describes(expression, chosen):
    assert rows(expression) == chosen


def test_that_and_binds_closer_than_or_and_not_closest():
    # a or (b and c) keeps the first row; (a or b) and c would not.
    assert rows("zone = 'A' or zone = 'B' and area > 1000") == [0]
    assert rows("(zone = 'A' or zone = 'B') and area > 1000") == []
    assert rows("not zone = 'A' and area < 200") == [1]


def test_that_a_quote_within_a_text_is_doubled_and_a_name_with_blanks_is_quoted():
    assert rows("\"COD AMB\" = 'q''1'") == [0]


def test_that_a_number_asks_a_field_of_text_for_the_number_it_says():
    # «007» says 7; «x» says none.
    assert rows("code = 7") == [0]
    assert rows("code > 8") == [1, 3]


def test_that_a_quoted_number_asks_a_field_of_numbers_for_that_number():
    # A whole number in a column with gaps is kept as 12.0; the planner writes '12'.
    frame = pd.DataFrame({"istat": [12.0, np.nan, 11015.0]})
    assert rows("istat = '11015'", frame) == [2]
    assert rows("istat = 'x'", frame) == []


def test_that_a_percent_sign_is_the_only_wild_text():
    frame = pd.DataFrame({"name": ["a.c", "abc", "a%c"]})
    assert rows("name like 'a.c'", frame) == [0]


def test_that_a_missing_value_fulfils_nothing_but_is_null():
    assert 3 not in rows("area > 0 or area <= 0 or zone like '%' or zone <> 'Z'")


def test_that_a_column_without_any_value_fulfils_nothing():
    frame = pd.DataFrame({"empty": [np.nan, np.nan], "none": [None, None]})
    assert rows("empty = 'x' or none = 'x' or empty > 1 or none like '%'", frame) == []


def test_that_a_layer_without_features_stays_without():
    assert rows("zone = 'A' and area > 1 and name like 'x'", TOWN.iloc[:0]) == []


def test_that_even_the_geometry_is_a_field_that_may_be_missing():
    layer = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0), None], crs=7791)
    assert rows("geometry is null", layer) == [1]
    assert rows("geometry = 1", layer) == []


def test_that_choosing_leaves_the_layer_as_it_was():
    before = TOWN.copy()
    select(TOWN, "area > 100")
    pd.testing.assert_frame_equal(TOWN, before)


def test_that_an_unknown_field_is_named_with_those_there_are():
    with pytest.raises(PucError) as told:
        rows("zona = 'A'")
    assert str(told.value) == "--where: il campo «zona» non c'è. I campi sono: zone, area, code, COD AMB, name."


@pytest.mark.parametrize(
    ("expression", "place", "rest"),
    [
        ("", 1, ""),
        ("zone", 5, ""),
        ("zone = ", 8, ""),
        ("zone = A", 8, "A"),
        ("zone == 'A'", 7, "= 'A'"),
        ("zone = 'A", 8, "'A"),
        ("zone = 'A' zone = 'B'", 12, "zone = 'B'"),
        ("(zone = 'A'", 12, ""),
        ("zone in ()", 10, ")"),
        ("zone like 5", 11, "5"),
        ("area = 1e5", 8, "1e5"),
        ("and = 1", 1, "and = 1"),
        ("__import__('os')", 11, "('os')"),
        ("zone = 'A'; drop table t", 11, "; drop table t"),
        ("@x = 1", 1, "@x = 1"),
        ("area = `ls`", 8, "`ls`"),
        ("zone.str.len() > 1", 13, "() > 1"),
        ("1 = 1", 1, "1 = 1"),
    ],
)
def test_that_what_is_not_in_the_grammar_is_refused_at_its_place(expression, place, rest):
    with pytest.raises(PucError) as told:
        parse(expression)
    assert f"l'espressione non si legge dal carattere {place}: «{rest}»." in str(told.value)
    assert "Valgono and, or, not, in, like, is null." in str(told.value)


@pytest.mark.parametrize("expression", ["(" * 5000 + "area > 1" + ")" * 5000, "not " * 5000 + "area > 1"])
def test_that_an_expression_nested_without_end_is_refused(expression):
    with pytest.raises(PucError, match="non si legge"):
        parse(expression)


@pytest.mark.parametrize("word", [" and ", " or "])
def test_that_thousands_of_terms_in_a_row_are_read(word):
    assert rows(word.join(["area > 100"] * 3000)) == [1, 2]


def refused_or_chosen(expression):
    try:
        return len(select(TOWN, expression)) <= len(TOWN)
    except PucError:
        return True


@given(st.text())
def test_that_any_text_is_either_read_or_refused_in_our_words(expression):
    assert refused_or_chosen(expression)


TOKENS = [
    "zone",
    "area",
    "name",
    "'A'",
    "100",
    "-1.5",
    "=",
    "<>",
    "<",
    "(",
    ")",
    "and",
    "or",
    "not",
    "in",
    "like",
    "is",
    "null",
    ",",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=12).map(" ".join))
def test_that_any_order_of_good_words_is_either_read_or_refused_in_our_words(expression):
    assert refused_or_chosen(expression)


SIMPLE = st.sampled_from(["zone = 'A'", "area > 100", "zone is null", "name like '%o'", "code in (12)"])


@given(SIMPLE, SIMPLE)
def test_that_and_and_or_are_each_other_s_opposite(left, right):
    # De Morgan: not (a and b) is (not a) or (not b).
    assert rows(f"not ({left} and {right})") == rows(f"not {left} or not {right}")
