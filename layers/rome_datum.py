"""Gauss-Boaga planes without the Rome datum: the classic Italian shift of some tens of metres.

A file may carry the projection of EPSG:3003 or 3004 but a datum that is unknown, WGS 84, or Monte Mario with null
parameters. Nothing tells so when it is drawn: the layer only lies 30 to 180 m away from the others.
"""

from __future__ import annotations

import numpy as np
from geopandas import GeoDataFrame
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from layers.problems import Problem, Severity
from layers.spec import Role
from layers.text import number, say

TOLERATED_M = 5.0
"""Parameters of Monte Mario differ by up to 4 m from one region to the other; more is another datum."""

_ZONES = ((3003, 9.0, 1_500_000.0), (3004, 15.0, 2_520_000.0))
_SCALE = 0.9996
_LONGITUDE, _FACTOR, _EASTING = "Longitude of natural origin", "Scale factor at natural origin", "False easting"


def zone_of(crs: CRS) -> int | None:
    """Return 3003 or 3004 if ``crs`` is projected as they are, whatever its datum; None for any other plane."""
    plane = crs.source_crs if crs.is_bound and crs.source_crs is not None else crs
    how = plane.coordinate_operation
    if not plane.is_projected or how is None or how.method_name != "Transverse Mercator":
        return None
    values = {param.name: float(param.value) for param in how.params}
    easting, factor = values[_EASTING], values[_FACTOR]
    longitude = values[_LONGITUDE] + _meridian(plane)
    if abs(factor - _SCALE) > 1e-9:
        return None
    return next((code for code, east, x in _ZONES if abs(longitude - east) < 1e-4 and abs(easting - x) < 1), None)


def shift_m(crs: CRS, target: CRS, xy: tuple[float, float]) -> float:
    """Return how far (m) from where EPSG:3003 or 3004 puts ``xy`` the layer's own CRS puts it; 0 if it is neither.

    ``target`` is metric. Both ways are PROJ's own choice, the one without datum parameters being the ballpark.
    """
    zone = zone_of(crs)
    if zone is None:
        return 0.0
    try:
        own, right = (Transformer.from_crs(each, target, always_xy=True).transform(*xy) for each in (crs, zone))
    except ProjError:
        return 0.0
    apart = float(np.hypot(own[0] - right[0], own[1] - right[1]))
    return apart if np.isfinite(apart) else 0.0


def doubts(layer: GeoDataFrame, role: Role, target: CRS) -> list[Problem]:
    """Return a warning if ``layer`` is in Gauss-Boaga coordinates and its CRS leaves out the Rome datum."""
    if layer.empty or layer.crs is None:
        return []
    left, bottom, right, top = layer.total_bounds
    shift = shift_m(layer.crs, target, ((left + right) / 2, (bottom + top) / 2))
    return [_without_datum(role, zone_of(layer.crs), shift, len(layer))] if shift > TOLERATED_M else []


def _meridian(plane: CRS) -> float:
    """Return where the longitudes of ``plane`` begin, in degrees east of Greenwich: 12.45 for those from Rome."""
    meridian = plane.prime_meridian
    return 0.0 if meridian is None else float(meridian.longitude)


def _without_datum(role: Role, zone: int | None, shift: float, count: int) -> Problem:
    return Problem(
        "crs-without-rome-datum",
        role.title,
        say(
            "le coordinate sono Gauss-Boaga, ma il sistema di riferimento del livello non ha il datum Roma 40.",
            "the coordinates are Gauss-Boaga, but the layer's CRS lacks the Rome 1940 datum.",
        ),
        say(
            "Elementi spostati di circa {m} m da dove li mette EPSG:{z}: {n}.",
            "Features shifted by about {m} m from where EPSG:{z} puts them: {n}.",
            m=number(shift), z=zone, n=number(count),
        ),
        say("Se la fonte lo conferma, indicare --crs EPSG:{z}.", "If the source confirms it, give --crs EPSG:{z}.",
            z=zone),
        Severity.WARNING,
    )  # fmt: skip
