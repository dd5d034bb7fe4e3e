"""The CRS that a file states. GeoPackage has names for «unknown», which are no CRS.

Source: OGC 12-128r18, GeoPackage, table 4 (the undefined Cartesian and geographic systems -1 and 0).
"""

from __future__ import annotations

from geopandas import GeoDataFrame
from pyproj import CRS
from pyproj.exceptions import CRSError

_UNKNOWN = "undefined "


def stated(text: str | None) -> CRS | None:
    """Return the CRS of ``text``; None if it is none, or stands for an unknown one."""
    try:
        found = CRS.from_user_input(text) if text else None
    except CRSError:
        return None
    return None if _is_unknown(found) else found


def only_stated(frame: GeoDataFrame) -> GeoDataFrame:
    """Return ``frame`` without its CRS, if that stands for an unknown one."""
    return frame.set_crs(None, allow_override=True) if _is_unknown(frame.crs) else frame


def _is_unknown(crs: CRS | None) -> bool:
    return crs is not None and crs.name.lower().startswith(_UNKNOWN)
