"""The rows of a table by units, whether the units are polygons or classes of raster cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyses.units import OUTSIDE, Units
from layers.codelist import Row, label
from layers.text import Text


@dataclass(frozen=True)
class Kind:
    """A kind of unit: code and name of each row. The last row, without a code, is ground in none of its units.

    ``shown`` is how many rows a table has: the last one is left out where it holds nothing worth a row.
    """

    id: str
    codes: NDArray[np.object_]
    names: NDArray[np.object_]
    shown: int

    def table(self, sums: pd.DataFrame) -> pd.DataFrame:
        """Return ``sums``, one row a unit, with code and name before them."""
        labels = pd.DataFrame({"code": self.codes, "name": self.names}, dtype=object)
        return labels.join(sums).iloc[: self.shown]


def of_units(units: Units) -> Kind:
    """Return the rows of polygons; the row that is not shown is that of slivers in no unit."""
    names = np.append(units.frame["name"].to_numpy(dtype=object), OUTSIDE.it)
    return Kind(units.id, units.codes, names, len(units.frame))


def of_classes(kind_id: str, classes: Sequence[Row], without: Text, *, is_anything_without: bool) -> Kind:
    """Return the rows of ``soil_overlay_classes.csv``'s classes and, if there is any, of ground ``without`` one."""
    codes = np.array([*(row["class_id"] for row in classes), ""], dtype=object)
    names = np.array([*(label(row).it for row in classes), without.it], dtype=object)
    return Kind(kind_id, codes, names, len(codes) if is_anything_without else len(classes))
