"""How each role looks on the screen's map: which field tells the class, and the class's name and colour."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
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
    PHOTO = "photo"


_BOTTOM_UP = (
    Drawn.PHOTO,
    Drawn.CELLS,
    Drawn.AREA,
    Drawn.HATCH,
    Drawn.BACK_HATCH,
    Drawn.LINE,
    Drawn.OUTLINE,
    Drawn.POINT,
)


def height_of(drawn: Drawn) -> int:
    """Return how far up the map what is drawn so lies, before anybody has arranged it otherwise."""
    return _BOTTOM_UP.index(drawn)


@dataclass(frozen=True)
class ClassStyle:
    """A class: its code, its name, its colour; an empty colour is the ink of the theme.

    Hatches have lines ``line_px`` wide and ``step_px`` apart, so that classes differ in print and for every eye.
    ``colour_on_dark`` stands in for a colour that a dark ground would swallow, ``short`` for the name in the legend.
    """

    code: str
    label: Text
    colour: str = ""
    step_px: float = 9.0
    line_px: float = 0.8
    colour_on_dark: str = ""
    short: Text | None = None

    @property
    def legend(self) -> Text:
        """The name in few words; the whole one is ``label``."""
        return self.short or _unbracketed(self.label)


@dataclass(frozen=True)
class Theme:
    """``class_of`` brings a value of ``field`` to the code of one of ``classes``; without field there is one class.

    ``ink`` is the token of lines and outlines, ``width`` theirs in pixels. Features whose ``field`` is among
    ``undrawn`` are left to the ground, which shows them already. ``is_clipped`` themes end at the commune's border;
    ``opacity`` is how opaque the finished layer is laid down, where it is not what its kind is laid with.
    """

    drawn: Drawn
    field: str = ""
    classes: tuple[ClassStyle, ...] = ()
    class_of: Callable[[str], str] = str
    ink: str = "ink2"
    width: float = 1.0
    undrawn: tuple[str, ...] = ()
    is_clipped: bool = True
    opacity: float | None = None


def _listed(codelist: str, colour: str) -> tuple[ClassStyle, ...]:
    return tuple(ClassStyle(row["code"], label(row), row[colour]) for row in rows(codelist))


_FLOOD_HATCH = {"3": (4.0, 1.3), "2": (6.0, 1.0)}
_SLIDE_HATCH = {"4": (6.0, 1.1), "3": (9.0, 1.0)}
_FLOOD_COLOURS = {"3": ("", "#8CC0F5"), "2": ("", "#5E9FE0"), "1": ("#6F9FC8", "#4C7FB5")}
"""By severity: what a light ground asks for, where the official colour is too pale for a line, and a dark one."""


def flood_classes() -> tuple[ClassStyle, ...]:
    """Return the classes of flood hazard: the graver, the denser."""
    return tuple(_flood(row) for row in rows("pgra_flood"))


def _flood(row: Mapping[str, str]) -> ClassStyle:
    light, dark = _FLOOD_COLOURS.get(row["severity"], ("", ""))
    step, line = _FLOOD_HATCH.get(row["severity"], (9.0, 0.8))
    return ClassStyle(row["code"], label(row), light or row["color_suggested"], step, line, dark, _graded(row))


def landslide_classes() -> tuple[ClassStyle, ...]:
    """Return the classes of landslide hazard: the graver, the denser."""
    return tuple(_landslide(row) for row in rows("pai_landslide"))


def _landslide(row: Mapping[str, str]) -> ClassStyle:
    step, line = _SLIDE_HATCH.get(row["severity"], (12.0, 0.8))
    return ClassStyle(row["code"], label(row), row["color_suggested"], step, line, short=_graded(row))


_NAMELESS = re.compile("Pericolosità |Suscettività | probability| susceptibility| hazard")


def _graded(row: Mapping[str, str]) -> Text:
    """Return the code with its grade: «P3 elevata»; that it is a hazard stands above it."""
    name = _unbracketed(label(row))
    it, en = (_NAMELESS.sub("", words) for words in (name.it, name.en))
    return Text(f"{row['code']} {it}", f"{row['code']} {en[:1].lower()}{en[1:]}")


def _unbracketed(words: Text) -> Text:
    return Text(words.it.partition(" (")[0], words.en.partition(" (")[0])


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
    roles.FLOOD_HAZARD.id: Theme(Drawn.HATCH, "class", flood_classes()),
    roles.LANDSLIDE_HAZARD.id: Theme(Drawn.BACK_HATCH, "class", landslide_classes()),
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
    return plain(set(layer.geom_type))


def plain(kinds: Collection[str]) -> Theme:
    """Return the theme of a layer without classes, after the kinds of its geometries."""
    single = {kind.removeprefix("Multi") for kind in kinds}
    return Theme(next((drawn for kind, drawn in _PLAIN if single <= {kind}), Drawn.OUTLINE))


_PLAIN = (("Point", Drawn.POINT), ("LineString", Drawn.LINE))
