"""What lies in a box of a table with an index of its own, as it comes from the file: to be looked at, never measured.

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
from pyproj import CRS

from layers.formats.stated_crs import stated
from layers.source import Source

_INDEXED = frozenset({"geopackage", "flatgeobuf"})
_AT_A_TIME = 8_192
"""Features; the first are there after some milliseconds, and more at once is no faster."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Strip:
    """Some features: well-known binary of all, where each begins and ends, and what they have in one column."""

    octets: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    values: NDArray[Any]


def strips(source: Source, table: str | None, column: str, crs: CRS, box: Box) -> Iterator[Strip]:
    """Yield the features whose bounds touch ``box`` (in ``crs``); ``values`` are empty without that ``column``.

    Nothing at all is yielded of a table that can't be seen so: one without an index, of another CRS, or unmerged.
    Raises what pyogrio raises.
    """
    if source.format.id not in _INDEXED or source.unmerged:
        return
    wanted = {"columns": [column], "bbox": box, "batch_size": _AT_A_TIME, "use_pyarrow": True}
    with warnings.catch_warnings():
        # What the library has to say is told when the table is read.
        warnings.simplefilter("ignore")
        with pyogrio.raw.open_arrow(source.gdal_path, layer=table, **wanted) as (said, batches):
            if stated(said["crs"]) == crs:
                yield from (_strip(batch, said["geometry_name"] or "wkb_geometry", column) for batch in batches)


def _strip(batch: Any, geometry: str, column: str) -> Strip:
    held = batch.column(geometry)
    _, offsets, octets = held.buffers()
    wide = np.int64 if "large" in str(held.type) else np.int32
    places = np.frombuffer(offsets, wide)[held.offset : held.offset + len(held) + 1].astype(np.int64)
    values = batch.column(column).to_pandas().to_numpy() if column in batch.schema.names else np.empty(0, object)
    return Strip(np.frombuffer(octets or b"", np.uint8), places[:-1], places[1:], values)
