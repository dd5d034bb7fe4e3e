"""Geometry written as text; arcs become short straight lines, as everything else here wants them."""

from __future__ import annotations

import csv
import re
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

_CURVED = re.compile(r"CURVE|CIRCULAR|SURFACE", re.IGNORECASE)
_MEASURED = re.compile(r"^(\s*[A-Z]+?)(Z?M)(\s*\()", re.IGNORECASE)


def count(texts: list[str]) -> int:
    """Return how many of the texts write geometry that may have arcs."""
    return sum(_CURVED.search(text) is not None for text in texts)


def from_wkt(texts: list[str]) -> NDArray[np.object_]:
    """Return the geometry of each text in two dimensions, None where it is no WKT; arcs every 4° by GDAL."""
    spaced = [_MEASURED.sub(r"\1 \2\3", text) for text in texts]
    found = shapely.force_2d(shapely.from_wkt(["" if _CURVED.search(text) else text for text in spaced], "ignore"))
    curved = [at for at, text in enumerate(spaced) if _CURVED.search(text)]
    for at, line in zip(curved, _straightened([spaced[at] for at in curved]), strict=True):
        found[at] = line
    return found


def _straightened(texts: list[str]) -> list[shapely.Geometry | None]:
    """Return curved geometries as straight ones: GDAL does that with the features it reads, so it is given a file."""
    if not texts:
        return []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "curves.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([["at", "WKT"], *enumerate(texts)])
        with warnings.catch_warnings():
            # A text that is no geometry gives none, and the reader of the table tells its row.
            warnings.simplefilter("ignore", RuntimeWarning)
            frame = pyogrio.read_dataframe(path, use_arrow=False)
    return list(shapely.force_2d(frame.geometry.to_numpy()))
