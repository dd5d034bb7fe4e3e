import numpy as np
import pytest
import shapely
from geopandas import GeoSeries
from hypothesis import given
from hypothesis import strategies as st

from analyses.areal_scale import densified

RING = shapely.Polygon([(0, 0), (50, 0), (50, 30), (0, 30)], [[(10, 10), (20, 10), (20, 20), (10, 20)]])


def test_that_edges_are_divided_evenly_where_they_are_too_long():
    # 50 m in three, 30 m in two; the hole's 10 m stay as they are.
    (found,) = densified(np.array([RING]), 20.0)
    (part,) = found.geoms
    assert len(part.exterior.coords) == 3 + 2 + 3 + 2 + 1
    assert part.exterior.coords[1] == pytest.approx((50 / 3, 0.0))
    assert len(part.interiors[0].coords) == 5
    assert found.equals(RING)


@given(st.floats(1.0, 100.0))
def test_that_no_edge_is_longer_and_no_area_changes(edge):
    parts = [
        RING,
        shapely.box(0, 0, 3, 400),
        shapely.MultiPolygon([shapely.box(0, 0, 9, 9), shapely.box(20, 0, 90, 9)]),
    ]
    found = densified(np.array(parts, dtype=object), edge)
    assert shapely.area(found).tolist() == pytest.approx(shapely.area(parts).tolist(), rel=1e-12)
    rings = shapely.get_rings(shapely.get_parts(found))
    assert len(rings) == 5
    for ring in rings:
        assert np.hypot(*np.diff(shapely.get_coordinates(ring), axis=0).T).max() <= edge * (1 + 1e-9)


def test_that_a_polygon_that_is_a_little_invalid_keeps_its_ground():
    # A spike whose sides cross: GEOS's own way buffers it, and loses what is left of the crossing.
    crossed = shapely.Polygon([(0, 0), (100, 0), (100, 100), (40, 100), (60, 130), (40 + 1e-9, 100), (0, 100)])
    assert shapely.area(densified(np.array([crossed]), 20.0))[0] == pytest.approx(10_000.0)
    assert GeoSeries(densified(np.array([crossed]), 20.0)).area[0] == pytest.approx(crossed.area)
