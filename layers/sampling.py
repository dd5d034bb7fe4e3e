"""A few rows of a dataset: what its fields hold and how large its shapes are, without reading all of it.

Where a file is read by place (databases, shapefiles), rows come from its head, its middle and its end; elsewhere from
its head alone. What is told of a sample is told as such: nothing measured here enters a result.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError
from pyproj import CRS
from shapely.errors import ShapelyError

from layers.formats import parquet, table
from layers.formats.looking import Look
from layers.geometry_kinds import shape_of
from layers.problems import PucError
from layers.shaping import word
from layers.source import Source
from layers.spec import Shape

ROWS = 600
"""How many rows are looked at: enough for every class of a code that is not rare."""

_BY_PLACE = frozenset({"geopackage", "shapefile", "filegdb", "sqlite"})
_WHOLE = frozenset({"osm", "gtfs"})
"""Formats whose tables are made by reading the whole file: their fields are ours, and known without values."""

_ERRORS = (
    DataSourceError,
    DataLayerError,
    FeatureError,
    ShapelyError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    OSError,
    PucError,
)
_METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True)
class Column:
    """The values of one field in the sample, as text, with how often each came, and the share that is a number."""

    values: Mapping[str, int]
    numbers: float

    @property
    def filled(self) -> int:
        """How many rows have a value."""
        return sum(self.values.values())


@dataclass(frozen=True)
class Sizes:
    """How large the polygons are.

    ``typical_m2``: half of the ground lies in polygons at least this large, so that slivers and islets do not count;
    ``cover``: about which share of the dataset's extent all of them cover; ``alone``: which share touches no other.
    """

    typical_m2: float
    cover: float
    alone: float


@dataclass(frozen=True)
class Sample:
    """``rows`` of ``total`` rows: columns, shapes, sizes of polygons, share of line ends that meet another line."""

    rows: int
    total: int
    columns: Mapping[str, Column] = field(default_factory=dict)
    shapes: frozenset[Shape] = frozenset()
    sizes: Sizes | None = None
    joined: float | None = None

    @property
    def is_whole(self) -> bool:
        """Tell whether every row was looked at."""
        return self.rows >= self.total


def sample(source: Source, seen: Look) -> Sample | None:
    """Return a sample of the table ``seen``, or None where there is nothing to look at or it can't be read."""
    if not seen.features or source.format.id in _WHOLE:
        return None
    try:
        with warnings.catch_warnings():
            # What the reader has to say is said when all is read.
            warnings.simplefilter("ignore")
            frame = _rows(source, seen)
    except _ERRORS:
        return None
    return of_frame(frame, seen)


def of_frame(frame: pd.DataFrame, seen: Look) -> Sample:
    """Return what ``frame``, rows of the table ``seen``, shows."""
    geometry = frame.geometry.to_numpy() if isinstance(frame, GeoDataFrame) else np.array([], dtype=object)
    there = geometry[~shapely.is_missing(geometry)] if len(geometry) else geometry
    names = [name for name in frame.columns if not isinstance(frame, GeoDataFrame) or name != frame.geometry.name]
    columns = {str(name): column_of(frame[name]) for name in names}
    kinds = {shape_of(str(kind)) for kind in {each.geom_type for each in there}}
    return Sample(
        len(frame),
        max(seen.features, len(frame)),
        columns,
        frozenset(kind for kind in kinds if kind is not None),
        _sizes(there, seen, len(frame)),
        _joined(there),
    )


def column_of(values: pd.Series) -> Column:
    """Return the values of a column as text, whole numbers without «.0», with how often each comes."""
    words = [word(value) for value in values[values.notna()]]
    counts = Counter(word for word in words if word)
    numbers = sum(count for word, count in counts.items() if _is_number(word))
    return Column(dict(counts), numbers / total if (total := sum(counts.values())) else 0.0)


def _rows(source: Source, seen: Look) -> pd.DataFrame:
    if source.format.is_table:
        return table.head(source, seen.name, ROWS)
    if source.format.id == "geoparquet":
        return parquet.head(source, seen.name, ROWS)
    parts = [
        pyogrio.read_dataframe(
            source.gdal_path,
            layer=seen.name,
            skip_features=skip,
            max_features=count,
            use_arrow=False,
            **source.format.options,
        )
        for skip, count in _blocks(source, seen.features)
    ]
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _blocks(source: Source, total: int) -> Iterator[tuple[int, int]]:
    """Yield where to begin and how many rows to take."""
    if total <= ROWS or source.inside or source.format.id not in _BY_PLACE:
        yield 0, ROWS
        return
    block = ROWS // 3
    yield from ((skip, block) for skip in (0, (total - block) // 2, total - block))


def _is_number(word: str) -> bool:
    try:
        return math.isfinite(float(word.replace(",", ".")))
    except ValueError:
        return False


def _sizes(geometry: NDArray[np.object_], seen: Look, rows: int) -> Sizes | None:
    polygons = geometry[shapely.get_dimensions(geometry) == 2] if len(geometry) else geometry
    scale = _square_metres(seen.crs, seen.extent)
    if not len(polygons) or scale is None or seen.extent is None:
        return None
    area_m2 = shapely.area(polygons) * scale
    left, bottom, right, top = seen.extent
    extent_m2 = (right - left) * (top - bottom) * scale
    cover = float(area_m2.sum()) * seen.features / rows / extent_m2 if extent_m2 > 0 else 0.0
    return Sizes(_typical(area_m2), min(1.0, cover), _alone(polygons))


def _typical(area_m2: NDArray[np.float64]) -> float:
    ordered = np.sort(area_m2)[::-1]
    return float(ordered[np.searchsorted(np.cumsum(ordered), ordered.sum() / 2)]) if len(ordered) else 0.0


def _alone(polygons: NDArray[np.object_]) -> float:
    tree = shapely.STRtree(polygons)
    left, right = tree.query(polygons, predicate="intersects")
    return 1.0 - len(np.unique(left[left != right])) / len(polygons)


def _square_metres(crs: CRS | None, extent: tuple[float, float, float, float] | None) -> float | None:
    """Return how many m² a square of the CRS's unit is, in the middle of ``extent``; good to a few percent."""
    if crs is None or extent is None or not all(map(math.isfinite, extent)):
        return None
    if crs.is_geographic:
        middle = math.radians((extent[1] + extent[3]) / 2)
        return _METRES_A_DEGREE**2 * max(0.0, math.cos(middle))
    return float(crs.axis_info[0].unit_conversion_factor) ** 2 if crs.axis_info else None


def _joined(geometry: NDArray[np.object_]) -> float | None:
    """Return which share of the ends of the lines of a sample lies on the end of another, as in a network."""
    lines = shapely.get_parts(geometry[shapely.get_dimensions(geometry) == 1]) if len(geometry) else geometry
    if len(lines) < 5:
        return None
    ends = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    ends = ends[~shapely.is_missing(ends)]
    if not len(ends):
        return None
    _, place, count = np.unique(shapely.get_coordinates(ends), axis=0, return_inverse=True, return_counts=True)
    return float((count[place.ravel()] > 1).mean())
