"""How constraints and resources look: what binds is hatched over a pale ground, what enriches is filled or drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from puc_tool.maps.sheet import Areas, Layer, Lines, Marks
from puc_tool.maps.style import Fill, Hatch, Mark, Stroke, Style

OTHER = "other"
STYLES: Mapping[str, Fill] = {
    OTHER: Fill("#e6e6e3", edge="#77777a", edge_mm=0.1, hatch=Hatch("#a9a9ac", 1.5, line_mm=0.1, angle_deg=135.0)),
    "landscape": Fill("#eaf0dc", edge="#7c9a4a", edge_mm=0.12, hatch=Hatch("#a9bf84", 2.6, line_mm=0.09)),
    "protected_area": Fill("#d3e6cf", edge="#3f7d4e", edge_mm=0.16, hatch=Hatch("#7fae86", 1.9, angle_deg=135.0)),
    "coast_300": Fill("#dcebf2", edge="#3f6f8c", edge_mm=0.12, hatch=Hatch("#8fb4c8", 2.2, line_mm=0.1, angle_deg=0.0)),
    "river_150": Fill(
        "#e2eef5", edge="#6a9ab8", edge_mm=0.1, hatch=Hatch("#a9c7da", 2.2, line_mm=0.09, angle_deg=90.0)
    ),
    "noise": Fill("#efe9dc", edge="#a08a5b", edge_mm=0.1, hatch=Hatch("#c9b98f", 1.7, line_mm=0.09, angle_deg=135.0)),
    "port_strip": Fill("#e6def0", edge="#6c4f96", edge_mm=0.14, hatch=Hatch("#a48fc4", 1.6, line_mm=0.1)),
    "archaeology": Fill("#f3e3c4", edge="#a86a12", edge_mm=0.16, hatch=Hatch("#cf9a4a", 1.2, crossed=True)),
    "bathing": Fill("#bfe3e8", edge="#1c7f8c", edge_mm=0.14),
    "park": Fill("#8fc58a", edge="#2f6b39", edge_mm=0.16),
    "cemetery": Fill("#d9d2c8", edge="#6d6253", edge_mm=0.14, hatch=Hatch("#9a8d7a", 1.1, line_mm=0.1, angle_deg=90.0)),
    "river_10": Fill("#5b93b8"),
    "railway_30": Fill("#8d8a94", edge="#55525c", edge_mm=0.1),
    "military": Fill("#d9a9a0", edge="#7a2318", edge_mm=0.2, hatch=Hatch("#a85a4e", 1.0)),
}
"""In the order of drawing: the wide and gentle below, the narrow and strict on top."""

PATH, FORT = Stroke("#8a3b12", 0.4, (1.6, 0.8), casing="#ffffff", casing_mm=0.8), Mark("triangle", "#5a1f5e", 2.8)
LINE, POINT = Stroke("#4d545c", 0.3), Mark("dot", "#4d545c", 1.8)


def layers_of(constraints: GeoDataFrame) -> tuple[Layer, ...]:
    """Return what the map draws of the constraints measured: areas, then lines, then signs."""
    parts = constraints[["kind", constraints.geometry.name]].explode(ignore_index=True)
    kind, dimension = parts["kind"].to_numpy(object), shapely.get_dimensions(parts.geometry.to_numpy())
    drawn_as = np.where(np.isin(kind, list(STYLES)), kind, OTHER)

    def of(chosen: NDArray[np.bool_]) -> tuple[BaseGeometry, ...]:
        return tuple(parts.geometry.to_numpy()[chosen])

    layers: list[Areas | Lines | Marks] = [
        Areas(of((drawn_as == each) & (dimension == 2)), style) for each, style in STYLES.items()
    ]
    layers += [
        Lines(of((kind != "path") & (dimension == 1)), LINE),
        Lines(of((kind == "path") & (dimension == 1)), PATH),
    ]
    layers += [
        Marks(of((kind != "fort") & (dimension == 0)), POINT),
        Marks(of((kind == "fort") & (dimension == 0)), FORT),
    ]
    return tuple(layer for layer in layers if layer.geometries)


def style_of(kind: str, dimension: int) -> Style:
    """Return how a constraint of this kind is drawn where it is a point (0), a line (1) or ground (2)."""
    if dimension == 2:
        return STYLES.get(kind, STYLES[OTHER])
    return (PATH if kind == "path" else LINE) if dimension == 1 else (FORT if kind == "fort" else POINT)
