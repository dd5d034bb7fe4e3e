"""Every unit soil consumption is told by, as far as the study has its layer, in the order of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Edition
from analyses.hazard_units import flood_classes, landslide_classes
from analyses.near_water import coast_strips, waterside
from analyses.soil_measured import Ground
from analyses.soil_plan import standings
from analyses.units import Units, communes, units, zones
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
    return Ground(outline, boundary.crs, all_units(boundary, zoning, layers), others, elevation)


def all_units(
    boundary: GeoDataFrame,
    zoning: Sequence[Edition[GeoDataFrame]],
    layers: Mapping[str, GeoDataFrame | None],
) -> tuple[Units, ...]:
    """Return the communes and, after them, whatever else the study has units of; of the plan, the latest year."""
    outline = union_of_parts(boundary.geometry.to_numpy())
    there = {**layers, roles.ZONING.id: zoning[-1].data if zoning else None}
    told = (make(there[role], outline) for role, make in _MAKERS.items() if there.get(role) is not None)
    return communes(boundary), *told


def _neighbourhoods(layer: GeoDataFrame, ground: shapely.Geometry) -> Units:
    return units("neighbourhood", layer, ground, "code", "name")


def _districts(layer: GeoDataFrame, ground: shapely.Geometry) -> Units:
    return units("district", layer, ground, "code", "name")


_MAKERS: Mapping[str, Make] = {
    roles.NEIGHBOURHOODS.id: _neighbourhoods,
    roles.ZONING.id: zones,
    roles.DISTRICTS.id: _districts,
    roles.FLOOD_HAZARD.id: flood_classes,
    roles.LANDSLIDE_HAZARD.id: landslide_classes,
    roles.COASTLINE.id: coast_strips,
    roles.HYDROGRAPHY.id: waterside,
}
