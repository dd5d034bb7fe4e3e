from __future__ import annotations

import pytest
import shapely
from pyproj import CRS, Transformer

from puc_tool.maps.abroad import abroad


def is_abroad(lon: float, lat: float) -> bool:
    crs = CRS(7791)
    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(lon, lat)
    pieces = abroad(shapely.box(x - 9000, y - 9000, x + 9000, y + 9000), crs)
    return any(piece.contains(shapely.Point(x, y)) for piece in pieces)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (7.50, 43.83),  # the hills of Menton
        (8.95, 46.00),  # Lugano
        (12.45, 43.94),  # San Marino
        (11.40, 47.27),  # Innsbruck
        (13.85, 45.50),  # the Slovenian Karst
    ],
)
def test_that_foreign_land_is_known_as_land(lon, lat):
    assert is_abroad(lon, lat)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (7.60, 43.74),  # off Ventimiglia
        (13.60, 45.65),  # the Gulf of Trieste
        (9.83, 44.05),  # the Gulf of La Spezia
        (9.19, 45.46),  # Milan
        (8.97, 45.97),  # Campione d'Italia, Italian in the midst of Switzerland
    ],
)
def test_that_the_sea_and_italy_are_not_abroad(lon, lat):
    assert not is_abroad(lon, lat)


def test_that_far_from_every_frontier_nothing_is_added():
    assert abroad(shapely.box(560_000, 4_880_000, 570_000, 4_890_000), CRS(7791)) == ()
