"""Every unit soil consumption is told by, as far as the study has its layer, in the order of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Edition
from analyses.hazard.units import flood_classes, landslide_classes
from analyses.near_water import coast_strips, waterside
from analyses.soil.measured import Ground
from analyses.soil.plan import standings
from analyses.units import Units, all_units
from layers import roles
from layers.raster import Raster
from layers.union import union_of_parts

Make = Callable[[GeoDataFrame, shapely.Geometry], Units]


def ground_of(
    boundary: GeoDataFrame,
    zoning: Sequence[Edition[GeoDataFrame]],
    layers: Mapping[str, GeoDataFrame | None],
    elevation: Raster | None,
) -> Ground:
    """Return the ground of ``boundary``, its units, and the ways the latest plan's zones stand to building.

    ``layers`` are the others, by the id of their role; None where the study has none.
    """
    outline = union_of_parts(boundary.geometry.to_numpy())
    others = (standings(zoning[-1].data, outline),) if zoning else ()
    drawn = all_units(boundary, layers.get(roles.NEIGHBOURHOODS.id), zoning, layers.get(roles.DISTRICTS.id))
    there = ((make, layers.get(role)) for role, make in _MAKERS.items())
    made = (make(layer, outline) for make, layer in there if layer is not None)
    return Ground(outline, boundary.crs, (*drawn, *made), others, elevation)


_MAKERS: Mapping[str, Make] = {
    roles.FLOOD_HAZARD.id: flood_classes,
    roles.LANDSLIDE_HAZARD.id: landslide_classes,
    roles.COASTLINE.id: coast_strips,
    roles.HYDROGRAPHY.id: waterside,
}
