"""Whatever a source calls its columns, the copy can be written, read back, and is found by the role."""

import datetime

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from layers import roles, write
from layers.formats.vector import read
from layers.mends.storable import storable
from layers.reference import LayerRef
from layers.source import locate

ZONING = LayerRef("zoning", "x", fields={"zone": "FID", "name": "geom"})


def layer(**columns):
    return gpd.GeoDataFrame(columns, geometry=[box(0, 0, 1, 1), box(2, 0, 3, 1)], crs=7791)


def there_and_back(held, tmp_path):
    write.geopackage(tmp_path / "copia.gpkg", {"zoning": held})
    return read(locate(tmp_path / "copia.gpkg"), "zoning")[0]


def test_that_names_the_format_keeps_for_itself_are_changed_and_the_mapping_follows(tmp_path):
    held, ref, renamed = storable(layer(FID=["A", "B"], geom=["x", "y"]), roles.ZONING, ZONING)
    assert renamed == {"FID": "FID_1", "geom": "geom_1"}
    assert ref.fields == {"zone": "FID_1", "name": "geom_1"}
    assert there_and_back(held, tmp_path)["FID_1"].tolist() == ["A", "B"]


def test_that_names_that_differ_in_case_alone_are_told_apart(tmp_path):
    held, ref, renamed = storable(layer(Zone=["A", "B"], zone=["C", "D"]), roles.ZONING, LayerRef("zoning", "x"))
    # The one that the role reads keeps its name.
    assert renamed == {"Zone": "Zone_1"}
    assert ref.fields == {}
    back = there_and_back(held, tmp_path)
    assert (back["zone"].tolist(), back["Zone_1"].tolist()) == (["C", "D"], ["A", "B"])


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([["a", "b"], ["c"]], '["a", "b"]'),
        ([{"a": 1}, None], '{"a": 1}'),
        ([datetime.time(10, 30), None], "10:30:00"),
        (pd.Categorical(["x", "y"]), "x"),
        ([pd.Timedelta("1D"), pd.Timedelta("2D")], "1 days 00:00:00"),
        (gpd.GeoSeries([shapely.Point(1, 2), None]), "POINT (1 2)"),
    ],
    ids=["list", "object", "time", "category", "duration", "second geometry"],
)
def test_that_values_without_a_type_of_their_own_are_written_as_text(values, text, tmp_path):
    held, _, _ = storable(layer(zone=values), roles.ZONING, LayerRef("zoning", "x"))
    assert there_and_back(held, tmp_path)["zone"][0] == text


def test_that_numbers_dates_and_yes_and_no_stay_what_they_are(tmp_path):
    dates = pd.to_datetime(["2020-01-02", None])
    held, _, renamed = storable(layer(n=[1, 2], x=[0.5, None], d=dates, b=[True, False]), roles.ZONING, ZONING)
    back = there_and_back(held, tmp_path)
    assert [back[name].dtype.kind for name in "nxdb"] == ["i", "f", "M", "b"]
    assert renamed == {}


NAME = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)


@given(st.lists(NAME, min_size=1, max_size=6, unique=True))
def test_that_every_column_gets_a_name_of_its_own(names):
    names = [name for name in names if name != "geometry"]
    frame = gpd.GeoDataFrame({name: ["v", "w"] for name in names}, geometry=[box(0, 0, 1, 1)] * 2, crs=7791)
    held, _, renamed = storable(frame, roles.ZONING, LayerRef("zoning", "x"))
    lowered = [str(name).casefold() for name in held.columns]
    assert len(set(lowered)) == len(names) + 1
    assert "fid" not in lowered
    assert set(renamed) <= set(names)
