"""How things look on paper: one record for each look, which the map and its legend both read.

Lengths are millimetres of paper, type sizes points, colours ``#rrggbb``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["pdf", "png", "svg", "tif", "dxf"]
"""What a sheet can become: the page, or the map alone with its coordinates (GeoTIFF, DXF)."""

INK, INK_2, RULE = "#1d2126", "#4d545c", "#aab0b6"
ACCENT, WARNING = "#0a626b", "#9c2a00"
PAPER, SEA, GROUND = "#ffffff", "#dce8ee", "#f6f6f3"
VIGNETTE = ("#b9d0dc", "#c6d9e3", "#d1e0e8")


@dataclass(frozen=True)
class Hatch:
    """Parallel lines over an area, ``step_mm`` apart; ``crossed`` adds the perpendicular family."""

    colour: str
    step_mm: float
    line_mm: float = 0.13
    angle_deg: float = 45.0
    crossed: bool = False


@dataclass(frozen=True)
class Fill:
    """An area. Cells of a raster use the colour alone, so that it stays exact."""

    colour: str
    opacity: float = 1.0
    edge: str = ""
    edge_mm: float = 0.12
    hatch: Hatch | None = None


@dataclass(frozen=True)
class Stroke:
    """A line, dashed if ``dash_mm`` (on, off, …) is given, on a wider line of ``casing`` colour."""

    colour: str
    width_mm: float
    dash_mm: tuple[float, ...] = ()
    casing: str = ""
    casing_mm: float = 0.0


@dataclass(frozen=True)
class Mark:
    """A sign at a point: «frame» rings rare cells with an open square, «cross» is the grid's."""

    shape: Literal["frame", "dot", "triangle", "cross"]
    colour: str
    size_mm: float
    line_mm: float = 0.3


@dataclass(frozen=True)
class Disc:
    """A number in a circle; the table or the legend is its key."""

    colour: str = INK
    size_mm: float = 3.5
    type_pt: float = 6.0


@dataclass(frozen=True)
class Lettering:
    """Names on the map. ``halo_pt`` is the width of the outline in ``halo`` colour behind the letters."""

    colour: str = INK
    size_pt: float = 7.6
    weight: int = 600
    italic: bool = False
    capitals: bool = False
    tracking_em: float = 0.0
    halo_pt: float = 1.8
    halo: str = PAPER


Style = Fill | Stroke | Mark | Disc | Lettering

FREE_LAND = Fill("#f0eee0")
COMMUNE = Stroke("#2b2233", 0.5, (4.0, 0.9, 0.5, 0.9))
NEIGHBOUR = Stroke("#7d7985", 0.28, (1.6, 0.7, 0.3, 0.7))
NEIGHBOURHOOD = Stroke("#4d545c", 0.25, (1.3, 0.7), casing="#ffffff", casing_mm=0.5)
COAST = Stroke("#5f8aa3", 0.22)
GRID_CROSS = Mark("cross", "#3c434a", 2.0, line_mm=0.1)
FRAMED_UNIT = Stroke(ACCENT, 0.6, casing=PAPER, casing_mm=1.4)
"""The unit that a sheet of an atlas frames."""
RARE_CELLS = Mark("frame", "#1f1147", 3.2, line_mm=0.32)
NUMBER = Disc()
COMMUNE_NAME = Lettering("#6d6a74", 7.2, 400, capitals=True, tracking_em=0.13, halo_pt=1.5)
PLACE_NAME = Lettering()
