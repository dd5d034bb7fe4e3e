"""Every role a layer can play in a study, declared once. Forms, command line, checks and docs read this."""

from __future__ import annotations

from layers.roles.city import (
    BUILDINGS as BUILDINGS,
)
from layers.roles.city import (
    GREEN as GREEN,
)
from layers.roles.city import (
    RAILWAYS as RAILWAYS,
)
from layers.roles.city import (
    REFERENCE as REFERENCE,
)
from layers.roles.city import (
    SERVICES as SERVICES,
)
from layers.roles.city import (
    STREETS as STREETS,
)
from layers.roles.ground import (
    COASTLINE as COASTLINE,
)
from layers.roles.ground import (
    ELEVATION as ELEVATION,
)
from layers.roles.ground import (
    FLOOD_HAZARD as FLOOD_HAZARD,
)
from layers.roles.ground import (
    HYDROGRAPHY as HYDROGRAPHY,
)
from layers.roles.ground import (
    LAND_USE as LAND_USE,
)
from layers.roles.ground import (
    LANDSLIDE_HAZARD as LANDSLIDE_HAZARD,
)
from layers.roles.ground import (
    SOIL_CONSUMPTION as SOIL_CONSUMPTION,
)
from layers.roles.ground import (
    WATER_POINTS as WATER_POINTS,
)
from layers.roles.plan import (
    CANDIDATE_SITES as CANDIDATE_SITES,
)
from layers.roles.plan import (
    CONSTRAINTS as CONSTRAINTS,
)
from layers.roles.plan import (
    CONTAMINATED_SITES as CONTAMINATED_SITES,
)
from layers.roles.plan import (
    DISTRICTS as DISTRICTS,
)
from layers.roles.plan import (
    PARCELS as PARCELS,
)
from layers.roles.plan import (
    PUBLIC_LAND as PUBLIC_LAND,
)
from layers.roles.plan import (
    ZONING as ZONING,
)
from layers.roles.territory import BOUNDARY as BOUNDARY
from layers.roles.territory import CENSUS as CENSUS
from layers.roles.territory import NEIGHBOURHOODS as NEIGHBOURHOODS
from layers.spec import Role

ALL: tuple[Role, ...] = (
    BOUNDARY,
    NEIGHBOURHOODS,
    CENSUS,
    ZONING,
    DISTRICTS,
    LAND_USE,
    SOIL_CONSUMPTION,
    LANDSLIDE_HAZARD,
    FLOOD_HAZARD,
    ELEVATION,
    HYDROGRAPHY,
    STREETS,
    SERVICES,
    GREEN,
    BUILDINGS,
    PARCELS,
    PUBLIC_LAND,
    CONTAMINATED_SITES,
    CONSTRAINTS,
    RAILWAYS,
    WATER_POINTS,
    COASTLINE,
    CANDIDATE_SITES,
    REFERENCE,
)
BY_ID = {role.id: role for role in ALL}
