"""How the services sheet looks: who reaches a service, who does not, and the service itself where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from geopandas import GeoDataFrame

from analyses.service_coverage import SERVICE_COVERAGE
from analyses.services.service_kinds import GREEN
from layers import roles
from puc_tool.maps.result_themes import CATCHMENT, HOMES
from puc_tool.maps.style import Fill, Mark, Stroke
from puc_tool.maps.worn import Wardrobe


@dataclass(frozen=True)
class Looks:
    """The ground from which a service is reached, homes that are left, and the service as ground, way and point."""

    catchment: Fill
    left: Fill
    ground: Fill
    way: Stroke
    place: Mark


PLAIN = Looks(
    Fill("#a9d3cf", edge="#4f9a94", edge_mm=0.1),
    Fill("#c2410c"),
    Fill("#2f7d4f", edge="#1c4f31", edge_mm=0.12),
    Stroke("#123c42", 0.55, casing="#ffffff", casing_mm=0.95),
    Mark("dot", "#123c42", 1.5),
)


def looks(wardrobe: Wardrobe, kind: str, services: GeoDataFrame | None) -> Looks:
    """Return the looks of the sheet of a kind of service, in the style that the layer it comes from was given.

    Classes of the services by their kind give this kind its colour; parks have that of the green, where it has one.
    Homes that are left are one class of the sheet's own: of their style they have fill and opacity.
    """
    worn = wardrobe.layer(roles.SERVICES.id, "kind").by_kind(services)
    parks = wardrobe.layer(roles.GREEN.id)
    ground = parks if kind == GREEN and not parks.style.is_official else worn
    return Looks(
        wardrobe.result(SERVICE_COVERAGE.id, CATCHMENT).look(PLAIN.catchment, ""),
        wardrobe.result(SERVICE_COVERAGE.id, HOMES).look(PLAIN.left, ""),
        ground.look(PLAIN.ground, kind, ""),
        worn.look(PLAIN.way, kind, ""),
        worn.look(PLAIN.place, kind, ""),
    )
