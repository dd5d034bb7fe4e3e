"""What lies in a box of a table, as it comes from the file: to be looked at, never measured.

Geometry stays the octets of the file, and nothing is checked, repaired or told: whoever looks reads the table by
``vector.read`` afterwards, and what that gives takes the place of what was seen here.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyogrio
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.enums import TransformDirection

from layers.formats.stated_crs import stated
from layers.source import Source

_SEEN = frozenset({"geopackage", "flatgeobuf", "shapefile"})
"""Formats of which a box is much faster to read than all: by an index, or, of shapefiles, by the box of each record."""
_AT_A_TIME = 8_192
"""Features; the first are there after some milliseconds, and more at once is no faster."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Strip:
    """Some features: well-known binary of all, where each begins and ends, and what they have in one column.

    ``way`` is that from their CRS to the one that was asked in; None where it is the same.
    """

    octets: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    values: NDArray[Any]
    way: Transformer | None = None


def strips(source: Source, table: str | None, column: str, crs: CRS, box: Box) -> Iterator[Strip]:
    """Yield the features whose bounds touch ``box`` (in ``crs``); ``values`` are empty without that ``column``.

    Nothing at all is yielded of a table that can't be seen so: of another format, without a CRS, or unmerged. Raises
    what pyogrio and pyproj raise.
    """
    if source.format.id not in _SEEN or source.unmerged:
        return
    with warnings.catch_warnings():
        # What the library has to say is told when the table is read.
        warnings.simplefilter("ignore")
        own = stated(pyogrio.read_info(source.gdal_path, layer=table)["crs"])
        if own is None:
            return
        way = None if own == crs else Transformer.from_crs(own, crs, always_xy=True)
        over = box if way is None else way.transform_bounds(*box, direction=TransformDirection.INVERSE)
        wanted = {"columns": [column], "bbox": over, "batch_size": _AT_A_TIME, "use_pyarrow": True}
        with pyogrio.raw.open_arrow(source.gdal_path, layer=table, **wanted) as (said, batches):
            name = said["geometry_name"] or "wkb_geometry"
            yield from (_strip(batch, name, column, way) for batch in batches)


def kind_in(source: Source, table: str | None) -> str:
    """Return the one kind of geometry that a table says it has; nothing where it does not say it, or can't be seen.

    Raises what pyogrio raises.
    """
    if source.format.id not in _SEEN:
        return ""
    said = pyogrio.read_info(source.gdal_path, layer=table)["geometry_type"]
    return "" if said in (None, "Unknown", "GeometryCollection") else str(said).removesuffix(" Z")


def _strip(batch: Any, geometry: str, column: str, way: Transformer | None) -> Strip:
    held = batch.column(geometry)
    _, offsets, octets = held.buffers()
    wide = np.int64 if "large" in str(held.type) else np.int32
    places = np.frombuffer(offsets, wide)[held.offset : held.offset + len(held) + 1].astype(np.int64)
    values = batch.column(column).to_pandas().to_numpy() if column in batch.schema.names else np.empty(0, object)
    return Strip(np.frombuffer(octets or b"", np.uint8), places[:-1], places[1:], values, way)
