"""Well-known binary from a file nobody vouches for: read as it is meant, or not at all."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analyses.kernels.wkb import counted, extents, filled

HOLED = shapely.box(0, 0, 9, 9).difference(shapely.box(2, 2, 4, 4))
KINDS = (
    HOLED, shapely.MultiPolygon([HOLED, shapely.box(20, 0, 29, 9)]), shapely.LineString([(0, 0), (3, 4)]),
    shapely.GeometryCollection([HOLED, shapely.LineString([(0, 0), (3, 4)])]), shapely.Polygon(),
)  # fmt: skip


def laid_out(*binary: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    ends = np.cumsum([len(each) for each in binary]).astype(np.int64)
    return np.frombuffer(b"".join(binary), np.uint8), np.concatenate([[0], ends[:-1]]).astype(np.int64), ends


@given(st.sampled_from(KINDS), st.data())
def test_that_what_is_cut_short_is_refused_wherever_it_is_cut(shape, data):
    binary = shapely.to_wkb(shape, byte_order=1)
    kept = data.draw(st.integers(1, len(binary) - 1))
    # What follows in the same buffer is another geometry's, and would make sense of the cut one.
    octets, starts, ends = laid_out(binary, binary)
    assert counted(octets, starts, ends - (0, len(binary) - kept))[0] == -1
    assert counted(octets, starts, ends)[0] >= 0


@given(st.binary(min_size=1, max_size=120))
def test_that_noise_is_refused_or_counted_within_its_length(noise):
    points, rings = counted(*laid_out(noise))
    assert points == rings == -1 or 16 * points + 4 * rings <= len(noise)


@pytest.mark.parametrize(
    "binary", [shapely.to_wkb(HOLED, byte_order=0), shapely.to_wkb(shapely.Point(1, 2), byte_order=1),
               shapely.to_wkb(shapely.GeometryCollection([shapely.MultiPolygon([HOLED])]), byte_order=1)]
)  # fmt: skip
def test_that_other_kinds_and_the_other_order_of_octets_are_refused(binary):
    assert counted(*laid_out(binary))[0] == -1


def test_that_an_outline_that_is_not_closed_is_told():
    octets, starts, ends = laid_out(shapely.to_wkb(shapely.box(0, 0, 9, 9), byte_order=1))
    opened = octets.copy()
    opened[-8:] = np.frombuffer(np.float64(7.0).tobytes(), np.uint8)
    for given_octets, is_closed in ((octets, True), (opened, False)):
        points, rings = np.empty((5, 2)), np.empty(2, np.int64)
        assert filled(given_octets, starts, ends, points, rings, np.empty(2, np.int64), np.empty(1, bool)) == is_closed


@pytest.mark.parametrize("strange", [np.nan, np.inf, -np.inf])
def test_that_a_feature_with_a_point_that_is_nowhere_has_no_extent(strange):
    points = np.array([(0.0, 1.0), (strange, 2.0), (3.0, 4.0), (5.0, 6.0)])
    found = extents(points, np.array([0, 2, 4]), np.array([0, 1, 2, 2]))
    assert np.isnan(found[[0, 2]]).all()
    assert found[1].tolist() == [3.0, 4.0, 5.0, 6.0]
