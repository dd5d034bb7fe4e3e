"""Long arrays in chunks: the same as in one piece, to the last bit, for any number of threads."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import CRS

from layers import in_chunks as chunks
from layers import roles
from layers.crs import reproject
from layers.in_chunks import in_chunks, processors
from layers.mend import repair

COUNT = 500


@pytest.fixture(autouse=True)
def _short_chunks(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 64)


@pytest.fixture
def parcels():
    """Return parcels near La Spezia, every tenth crossing itself."""
    row, column = np.divmod(np.arange(COUNT), 25)
    corners = np.array([(0, 0), (10, 0), (10, 10), (0, 10)])[None] + np.stack([row, column], 1)[:, None] * 20.0
    corners[::10, [1, 2]] = corners[::10, [2, 1]]
    geometry = shapely.polygons(corners + np.array([566_000, 4_883_000]))
    return geopandas.GeoDataFrame({"code": np.arange(COUNT).astype(str)}, geometry=geometry, crs=25832)


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128, 500])
def test_that_elements_are_answered_in_order(threads, count):
    values = np.arange(count)
    assert np.array_equal(in_chunks(lambda some: some * 2, values, threads), values * 2)


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_that_mended_and_moved_parcels_are_the_same_bytes_for_any_number_of_threads(parcels, threads, monkeypatch):
    def road():
        return repair(reproject(parcels, CRS(7791))[0], roles.PARCELS)[0].geometry.to_wkb().tolist()

    monkeypatch.setattr(chunks, "processors", lambda: threads)
    in_pieces = road()
    monkeypatch.setattr(chunks, "CHUNK", COUNT)
    assert in_pieces == road()


def test_that_what_goes_wrong_in_a_chunk_is_raised():
    def fail(some):
        if 300 in some:
            raise ValueError("at 300")
        return some

    with pytest.raises(ValueError, match="at 300"):
        in_chunks(fail, np.arange(COUNT))


def test_that_there_is_at_least_one_processor():
    assert processors() >= 1
