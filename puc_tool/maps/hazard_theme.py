"""What the hazard map draws: floods as blue fills, landslides as brown lines, the denser the graver.

Colours and lines follow the design of the sheets: fills and hatches stay apart in grey print and for every kind of
colour blindness. Fills are opaque, so that legend, bars and map show the very same.
"""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from geopandas import GeoDataFrame

from analyses.hazard.classes import FLOOD, LANDSLIDE, hazard_zones, national_class
from layers.codelist import rows
from layers.union import union_of_parts
from puc_tool.maps.sheet import Areas
from puc_tool.maps.soil_facts import LEAST_TOLD_M2
from puc_tool.maps.soil_theme import AROUND
from puc_tool.maps.style import Fill, Hatch
from puc_tool.maps.worn import Worn

STYLES: Mapping[str, Mapping[str, Fill]] = {
    LANDSLIDE: {
        "P4": Fill("#eca981", edge="#6b1f00", edge_mm=0.14, hatch=Hatch("#6b1f00", 0.8, crossed=True)),
        "P3": Fill("#f5e4ca", edge="#8c3a06", edge_mm=0.12, hatch=Hatch("#8c3a06", 0.85)),
        "P2": Fill("#f3ead6", edge="#a8641a", edge_mm=0.1, hatch=Hatch("#a8641a", 1.5, line_mm=0.11)),
        "P1": Fill("#f2ecdb", edge="#c39a63", edge_mm=0.08, hatch=Hatch("#c9a673", 2.6, line_mm=0.09)),
        "AA": Fill("#e6e6e3", edge="#77777a", edge_mm=0.1, hatch=Hatch("#77777a", 1.5, line_mm=0.11, angle_deg=135.0)),
    },
    FLOOD: {
        "P1": Fill("#cfe1f2", edge="#7fb2da", edge_mm=0.14),
        "P2": Fill("#7fb2da", edge="#4a8cc6", edge_mm=0.18),
        "P3": Fill("#4a8cc6", edge="#1f5f99", edge_mm=0.24, hatch=Hatch("#1f5f99", 1.5, angle_deg=0.0)),
    },
}
"""In the order of drawing: landslides below floods, and of each hazard the class that matters most on top."""

THEMES = {FLOOD: "fragments.flood", LANDSLIDE: "fragments.landslide"}
"""The themes of the window that show the same classes."""


def styles(codelist: str, worn: Worn) -> Mapping[str, Fill]:
    """Return the looks of the national classes as they are worn; a source's own class speaks for its national one."""
    own = {code: [row["code"] for row in rows(codelist) if national_class(row["code"], codelist) == code]
           for code in STYLES[codelist]}  # fmt: skip
    return {code: worn.look(look, code, *own[code]) for code, look in STYLES[codelist].items()}


def hazard_areas(
    layer: GeoDataFrame, codelist: str, boundary: shapely.Geometry, looks: Mapping[str, Fill]
) -> dict[str, Areas]:
    """Return one compound area, in its look, for each national class that has ground inside ``boundary``.

    A class that has none there is not drawn outside either: the legend would have nothing to say.
    """
    left, bottom, right, top = shapely.bounds(boundary)
    margin = AROUND * max(right - left, top - bottom)
    zones = hazard_zones(layer.cx[left - margin : right + margin, bottom - margin : top + margin], codelist)
    inside_m2 = shapely.area(shapely.intersection(zones.geometry.to_numpy(), boundary))
    drawn = {}
    for code, style in looks.items():
        of_class = (zones["class"] == code).to_numpy()
        if inside_m2[of_class].sum() >= LEAST_TOLD_M2:
            # One ground, for two source classes of one national class have no line between them.
            drawn[code] = Areas((union_of_parts(zones.geometry.to_numpy()[of_class]),), style)
    return drawn
