"""How each role looks on the screen's map: which field tells the class, and the class's name and colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from layers import roles
from layers.codelist import label, rows
from layers.text import Text


class Drawn(Enum):
    """What a class of a layer is drawn as, on the map and in the legend."""

    AREA = "area"
    HATCH = "hatch"
    BACK_HATCH = "back hatch"
    OUTLINE = "outline"
    LINE = "line"
    POINT = "point"
    CELLS = "cells"


@dataclass(frozen=True)
class ClassStyle:
    """A class: its code, its name, its colour; an empty colour is the ink of the theme."""

    code: str
    label: Text
    colour: str = ""


@dataclass(frozen=True)
class Theme:
    """``class_of`` brings a value of ``field`` to the code of one of ``classes``; without field there is one class.

    ``ink`` is the token of lines and outlines, ``width`` theirs in pixels. Features whose ``field`` is among
    ``undrawn`` are left to the ground, which shows them already.
    """

    drawn: Drawn
    field: str = ""
    classes: tuple[ClassStyle, ...] = ()
    class_of: Callable[[str], str] = str
    ink: str = "ink2"
    width: float = 1.0
    undrawn: tuple[str, ...] = ()


def _listed(codelist: str, colour: str) -> tuple[ClassStyle, ...]:
    return tuple(ClassStyle(row["code"], label(row), row[colour]) for row in rows(codelist))


def _three_digits(code: str) -> str:
    return code[:3]


OTHER = ClassStyle("", Text("Altro o senza classe", "Other or no class"), "#b9bfc0")

_COLOURS: Mapping[str, str] = {row["code"]: row["color_hex"] for row in rows("ispra_soil_consumption")}
SOIL_CODES: Mapping[int, int] = {
    **dict.fromkeys((11, *range(111, 119)), 1),
    **dict.fromkeys((12, *range(121, 127)), 2),
    1: 3,
    **dict.fromkeys(range(201, 206), 4),
}
"""From the ISPRA code of a cell to the place, counted from one, of its class in ``SOIL``."""
SOIL: tuple[ClassStyle, ...] = (
    ClassStyle("11", Text("Consumato permanente", "Permanent"), _COLOURS["11"]),
    ClassStyle("12", Text("Consumato reversibile", "Reversible"), _COLOURS["12"]),
    ClassStyle("1", Text("Consumato, tipo non detto", "Kind not told"), _COLOURS["1"]),
    ClassStyle("201", Text("Superfici particolari", "Special covers"), _COLOURS["201"]),
)

WATERS: tuple[ClassStyle, ...] = (
    ClassStyle("river", Text("A cielo aperto", "Open")),
    ClassStyle("covered", Text("Tombinato", "Covered")),
    ClassStyle("lake", Text("Lago", "Lake")),
)
_MACRO_CLASSES: Mapping[str, str] = {row["prefix"]: row["color_suggested"] for row in rows("landuse_macroclass")}
GREEN: tuple[ClassStyle, ...] = (ClassStyle("", roles.GREEN.title, _MACRO_CLASSES["3"]),)

BY_ROLE: Mapping[str, Theme] = {
    roles.BOUNDARY.id: Theme(Drawn.OUTLINE, ink="ink", width=1.6),
    roles.NEIGHBOURHOODS.id: Theme(Drawn.OUTLINE),
    roles.ZONING.id: Theme(Drawn.AREA, "dm1444", _listed("zone_dm1444", "color_suggested")),
    roles.LAND_USE.id: Theme(Drawn.AREA, "code", _listed("clc", "hex"), _three_digits),
    roles.FLOOD_HAZARD.id: Theme(Drawn.HATCH, "class", _listed("pgra_flood", "color_suggested")),
    roles.LANDSLIDE_HAZARD.id: Theme(Drawn.BACK_HATCH, "class", _listed("pai_landslide", "color_suggested")),
    roles.SOIL_CONSUMPTION.id: Theme(Drawn.CELLS, classes=SOIL),
    roles.ELEVATION.id: Theme(Drawn.CELLS),
    roles.CENSUS.id: Theme(Drawn.OUTLINE, ink="ink3", width=0.6),
    roles.PARCELS.id: Theme(Drawn.OUTLINE, ink="ink3", width=0.6),
    roles.BUILDINGS.id: Theme(Drawn.OUTLINE, ink="ink3", width=0.6),
    roles.STREETS.id: Theme(Drawn.LINE, ink="ink3", width=0.8),
    roles.HYDROGRAPHY.id: Theme(Drawn.LINE, "kind", WATERS, ink="sea_text", width=1.4, undrawn=("sea",)),
    roles.GREEN.id: Theme(Drawn.AREA, classes=GREEN),
    roles.COASTLINE.id: Theme(Drawn.LINE, ink="sea_text", width=1.2),
}


def theme_of(role_id: str, layer: Any) -> Theme:
    """Return the theme of the role, or a plain one after the layer's geometries."""
    if role_id in BY_ROLE:
        return BY_ROLE[role_id]
    if not hasattr(layer, "geom_type"):
        return Theme(Drawn.CELLS)
    kinds = set(layer.geom_type.str.removeprefix("Multi"))
    return Theme(next((drawn for kind, drawn in _PLAIN if kinds <= {kind}), Drawn.OUTLINE))


_PLAIN = (("Point", Drawn.POINT), ("LineString", Drawn.LINE))
