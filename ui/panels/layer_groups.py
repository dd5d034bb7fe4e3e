"""Under which heading of the layer list each role stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from layers import roles
from layers.spec import Role
from layers.text import Text


@dataclass(frozen=True)
class Group:
    """A heading and the roles under it."""

    title: Text
    roles: tuple[Role, ...]


_NAMED: tuple[Group, ...] = (
    Group(
        Text("Confini e unità", "Boundaries and units"),
        (roles.BOUNDARY, roles.NEIGHBOURHOODS, roles.CENSUS, roles.PARCELS),
    ),
    Group(Text("Uso e copertura del suolo", "Land use and cover"), (roles.SOIL_CONSUMPTION, roles.LAND_USE)),
    Group(
        Text("Pericolosità", "Hazards"),
        (roles.FLOOD_HAZARD, roles.LANDSLIDE_HAZARD, roles.CONTAMINATED_SITES, roles.CONSTRAINTS),
    ),
    Group(
        Text("Piano e servizi", "Plan and services"),
        (roles.ZONING, roles.DISTRICTS, roles.SERVICES, roles.GREEN, roles.PUBLIC_LAND, roles.CANDIDATE_SITES),
    ),
)
_REST = tuple(role for role in roles.ALL if not any(role in group.roles for group in _NAMED))


@dataclass(frozen=True)
class Grouping:
    """The headings that layers stand under, each role under one of them."""

    groups: tuple[Group, ...]

    def of(self, role: Role) -> int:
        """Return the place of the group that ``role`` stands in."""
        return self._places[role.id]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {role.id: place for place, group in enumerate(self.groups) for role in group.roles}


BY_THEME = Grouping((*_NAMED, Group(Text("Terreno e reti", "Terrain and networks"), _REST)))
BY_ORDER = Grouping((Group(Text("Dall'alto in basso sulla mappa", "From the top of the map down"), roles.ALL),))
"""What lies on what: here any layer can be put above any other."""
