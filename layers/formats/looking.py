"""What a look into a dataset tells, before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyproj import CRS

from layers.problems import Problem


@dataclass(frozen=True)
class Look:
    """What a table holds, from its metadata alone. ``extent`` is left, bottom, right, top in its CRS."""

    name: str
    geometry: str
    crs: CRS | None
    features: int
    fields: Mapping[str, str]
    extent: tuple[float, float, float, float] | None
    encoding: str
    remarks: tuple[Problem, ...] = ()
