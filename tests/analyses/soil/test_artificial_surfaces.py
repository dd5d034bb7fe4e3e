import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.analysis import Edition
from analyses.soil.artificial_surfaces import (
    ARTIFICIAL,
    FIGURES,
    NOT_ARTIFICIAL,
    PARTIAL,
    UNCLASSED,
    figures,
    kinds_of,
)
from analyses.soil_consumption import soil_consumption

FIELD = gpd.GeoDataFrame({"name": ["Campo"]}, geometry=[shapely.box(0, 0, 100, 10)], crs=7791)
AREAS = ["artificial_m2", "artificial_partial_m2", "no_data_m2"]


def strips(*codes):
    """Return ten-metre strips of a field of 100 m × 10 m, from the west; "" is ground without a polygon."""
    shapes = {place: code for place, code in enumerate(codes) if code != ""}
    boxes = [shapely.box(10 * place, 0, 10 * place + 10, 10) for place in shapes]
    return gpd.GeoDataFrame({"code": pd.Series(list(shapes.values()), dtype=object)}, geometry=boxes, crs=7791)


def of_field(*dates):
    maps = tuple(Edition(year, each) for year, each in zip((2012, 2023)[-len(dates) :], dates, strict=True))
    (row,) = soil_consumption(boundary=FIELD, land_use=maps).table("by_commune").frame.to_dict("records")
    return row


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (ARTIFICIAL, ["1", "11", "13", "111", "1112", "12345", 121, 121.0, "1.2.1", "19"]),
        (PARTIAL, ["141", "142", "1411", "14210", "1.4.2", 141, 141.0, "14"]),
        (NOT_ARTIFICIAL, ["2", "3", "5", "211", "511", "31110", 311]),
        (UNCLASSED, ["", None, np.nan, "urbano", "0", "6", "999", "1A", "123456", "-1"]),
    ],
)
def test_that_the_kind_of_a_code_is_read_off_its_digits(kind, codes):
    read = kinds_of(pd.Series(codes, dtype=object))
    assert dict(zip(map(str, codes), read.tolist(), strict=True)) == dict.fromkeys(map(str, codes), kind)


def test_that_a_column_of_numbers_is_read_as_codes_with_gaps():
    assert kinds_of(pd.Series([111.0, np.nan, 142.0])).tolist() == [ARTIFICIAL, UNCLASSED, PARTIAL]
    assert kinds_of(pd.Series([], dtype=object)).tolist() == []


def test_that_one_date_tells_artificial_partial_and_no_data():
    # Strips of 100 m²: two artificial, three partial, one unknown code, two without a polygon, two of fields and woods.
    found = of_field(strips("111", "2", "141", "14", "1", "142", "boh", "", "311"))
    assert [found[name] for name in AREAS] == pytest.approx([200.0, 300.0, 300.0])


def test_that_two_dates_tell_what_became_artificial_and_what_ceased_to_be():
    before = strips("111", "211", "141", "112", "112", "112", "", "boh", "211", "141")
    after = strips("112", "121", "121", "311", "142", "", "111", "111", "311", "141")
    # New: 211 -> 121 and park 141 -> 121. Ceased: 112 -> 311 and 112 -> 142. The strips with data at one date: neither.
    found = of_field(before, after)
    assert [found[name] for name in ("gross_m2", "restored_m2", "net_m2")] == pytest.approx([200.0, 200.0, 0.0])
    assert [found[name] for name in AREAS] == pytest.approx([500.0, 200.0, 100.0])


codes = st.lists(st.sampled_from(["111", "141", "211", "3", "1", "boh", ""]), min_size=10, max_size=10)
known = st.lists(st.sampled_from(["111", "14", "211", "3", "1"]), min_size=10, max_size=10)


@given(codes, codes)
@settings(max_examples=30)
def test_that_gross_one_way_is_restored_the_other_way(before, after):
    there, back = of_field(strips(*before), strips(*after)), of_field(strips(*after), strips(*before))
    assert there["gross_m2"] == pytest.approx(back["restored_m2"])
    assert there["net_m2"] == pytest.approx(-back["net_m2"])


@given(known, known)
@settings(max_examples=30)
def test_that_the_net_is_the_difference_of_two_dates_that_know_all_the_ground(before, after):
    first, both = of_field(strips(*before)), of_field(strips(*before), strips(*after))
    assert both["net_m2"] == pytest.approx(both["artificial_m2"] - first["artificial_m2"])


@given(st.integers(0, 9), codes)
@settings(max_examples=20)
def test_that_a_strip_built_over_never_lessens_the_artificial_ground(place, row):
    built = [*row[:place], "112", *row[place + 1 :]]
    assert of_field(strips(*built))["artificial_m2"] >= of_field(strips(*row))["artificial_m2"]


def test_that_the_figures_are_of_all_communes_in_ha():
    table = pd.DataFrame({"artificial_m2": [30_000.0, 20_000.0], "gross_m2": [5000.0, 2500.0]})
    # 5 ha of 20 ha; 0.75 ha are new.
    found = {each.spec.id: each.value for each in figures(table, 200_000.0)}
    assert found == {
        "superfici_artificiali_ha": 5.0,
        "superfici_artificiali_pct": 25.0,
        "nuove_superfici_artificiali_ha": 0.75,
    }


def test_that_new_surfaces_need_a_second_date():
    new = figures(pd.DataFrame({"artificial_m2": [30_000.0]}), 200_000.0)[-1]
    assert (new.value, new.why.it) == (None, "Serve un secondo anno dell'uso del suolo.")


def test_that_land_use_is_never_called_consumed_soil():
    words = " ".join(f"{spec.id} {spec.label.it} {spec.label.en} {spec.method}" for spec in FIGURES).lower()
    assert "consum" not in words


def test_that_the_maps_handed_in_are_left_as_they_were():
    before, after = strips("111", None, "boh"), strips("211", "111", "14")
    copies = before.copy(deep=True), after.copy(deep=True)
    of_field(before, after)
    assert_geodataframe_equal(before, copies[0])
    assert_geodataframe_equal(after, copies[1])
