"""What a district's map draws: the ground each cause takes, what stands, where scenarios redraw it."""

from __future__ import annotations

from geopandas import GeoDataFrame
from shapely.geometry.base import BaseGeometry

from analyses.districts.causes import CONTAMINATED, HAZARDS
from analyses.hazard.classes import FLOOD, LANDSLIDE, ROLES
from layers import roles
from puc_tool.maps import context_theme, hazard_theme
from puc_tool.maps.recast import Looks
from puc_tool.maps.sheet import Areas
from puc_tool.maps.style import Fill, Hatch, Style
from puc_tool.maps.worn import Wardrobe

BUILT = Fill("#8d8880", edge="#6f6a63", edge_mm=0.06)
STYLES = {
    CONTAMINATED: Fill("#e9d9ea", edge="#7b4a80", edge_mm=0.16, hatch=Hatch("#a679ab", 1.6, crossed=True)),
    HAZARDS[0]: Fill("#9cc3e4", edge="#1f5f99", edge_mm=0.16, hatch=Hatch("#4a8cc6", 1.5, angle_deg=0.0)),
    HAZARDS[1]: Fill("#f5e4ca", edge="#8c3a06", edge_mm=0.14, hatch=Hatch("#8c3a06", 1.0)),
}
_ALONE = context_theme.STYLES[context_theme.OTHER]


def styles(causes: list[str]) -> dict[str, Fill]:
    """Return a look for each cause, the very same for all kinds that have none of their own."""
    return {cause: STYLES.get(cause) or context_theme.STYLES.get(cause, _ALONE) for cause in causes}


def worn_looks(wardrobe: Wardrobe) -> Looks:
    """Return for each look the one in the style of the layer it comes from; a hazard has that of its gravest class."""
    kinds = wardrobe.layer(roles.CONSTRAINTS.id, "kind")
    hazards: dict[Style, Style] = {
        STYLES[ROLES[each].id]: wardrobe.layer(ROLES[each].id, "class").look(
            STYLES[ROLES[each].id], "", *sorted(hazard_theme.STYLES[each], reverse=True)
        )
        for each in (FLOOD, LANDSLIDE)
    }
    return {
        **{look: kinds.look(look, kind) for kind, look in context_theme.STYLES.items()},
        **hazards,
        STYLES[CONTAMINATED]: wardrobe.layer(CONTAMINATED).look(STYLES[CONTAMINATED], ""),
        BUILT: wardrobe.layer(roles.BUILDINGS.id).look(BUILT, ""),
    }


def cause_areas(ground: GeoDataFrame | None) -> tuple[Areas, ...]:
    """Return the ground of each cause, the widest below, so that none hides another whole."""
    if ground is None or ground.empty:
        return ()
    found = styles(list(dict.fromkeys(ground["cause"])))
    order = ground.assign(large=-ground.area).sort_values("large", kind="stable")
    drawn: dict[Fill, tuple[BaseGeometry, ...]] = {}
    for cause, geometry in zip(order["cause"], order.geometry, strict=True):
        drawn[found[cause]] = (*drawn.get(found[cause], ()), geometry)
    return tuple(Areas(geometries, style) for style, geometries in drawn.items())


def built_areas(buildings: GeoDataFrame | None, frame: tuple[float, float, float, float]) -> tuple[Areas, ...]:
    """Return the buildings in the frame, if the study has them."""
    if buildings is None:
        return ()
    left, bottom, right, top = frame
    near = buildings.cx[left:right, bottom:top]
    return (Areas(tuple(near.geometry), BUILT),) if len(near) else ()
