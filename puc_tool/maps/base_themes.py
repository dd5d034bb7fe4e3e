"""The base sheets there are. To add one: how its layer falls into classes, and one theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from layers import roles
from layers.codelist import Row, label, rows
from layers.text import NOTHING, Text, number, same, say
from layers.union import union_of_parts
from puc_tool.maps.base_theme import BaseClass, BaseTheme
from puc_tool.maps.mixing import softened
from puc_tool.maps.seeing import contrast, look_alike
from puc_tool.maps.sheet import Column
from puc_tool.maps.style import Fill, Hatch

MOST_CLASSES = 20
"""Past this many the legend says nothing that an eye could follow; classes are then taken together."""
_ZONES = {row["code"]: row for row in rows("zone_dm1444")}
_COVERS = {row["code"]: row for row in rows("clc")}
_NO_LETTER = "#d0d0cc"
_EDGE, _EDGE_MM = "#4d545c", 0.12
_SHARES = (0.85, 0.6)
_ANGLES = (0.0, 45.0, 135.0, 90.0)
_DARK = 3.0
"""Where white stands out this much, lines are white."""
_COVER_SHARE = 0.7
_SECOND = Hatch(_EDGE, 1.9, line_mm=0.11, angle_deg=45.0)


def zoning_classes(layer: GeoDataFrame) -> tuple[BaseClass, ...]:
    """Return the zones by the letter of DM 1444, each letter in its conventional hue; where too many, the letters."""
    told = layer.assign(letter=_words(layer, "dm1444"), title=_words(layer, "name"), zone=_words(layer, "zone"))
    keys = ["letter", "zone"] if told["zone"].nunique() <= MOST_CLASSES else ["letter"]
    found, before = list[BaseClass](), dict[str, int]()
    for key, part in told.groupby(keys, sort=True):
        letter = str(key[0])
        place = before[letter] = before.get(letter, -1) + 1
        label_of = _letter_title(letter) if len(keys) == 1 else _zone_title(part)
        found.append(BaseClass(label_of, _zone_style(letter, place), _together(part), code=letter))
    return tuple(found)


def _zone_title(part: GeoDataFrame) -> Text:
    """Return code and name of a zone; the code alone where its polygons are called differently."""
    code, names = part["zone"].iloc[0], [name for name in part["title"].unique() if name]
    return same(f"{code} {names[0]}" if len(names) == 1 and names[0] != code else code)


def _letter_title(letter: str) -> Text:
    row = _ZONES.get(letter)
    return say("{l} {t}", "{l} {t}", l=letter, t=label(row)) if row else Text("Altre zone", "Other zones")


def _zone_style(letter: str, place: int) -> Fill:
    """Return the hue of the letter, and for each further zone of that letter another hatch over it."""
    hue = _ZONES[letter]["color_suggested"] if letter in _ZONES else _NO_LETTER
    colour = softened(hue, _SHARES[place % len(_SHARES)])
    lines = "#ffffff" if contrast(colour, "#ffffff") > _DARK else _EDGE
    hatch = Hatch(lines, 1.9, line_mm=0.11, angle_deg=_ANGLES[place % len(_ANGLES)], crossed=place > len(_ANGLES))
    return Fill(colour, edge=_EDGE, edge_mm=_EDGE_MM, hatch=hatch if place else None)


def land_use_classes(layer: GeoDataFrame) -> tuple[BaseClass, ...]:
    """Return the covers of CORINE at the finest level that a legend holds, in the official colours, softened.

    Some official colours of neighbours are one to an eye that sees no red: the second of two then has a hatch.
    """
    codes = _words(layer, "code")
    digits = next((count for count in (3, 2, 1) if codes.str[:count].nunique() <= MOST_CLASSES + 4), 1)
    found = layer.assign(cover=codes.str[:digits]).groupby("cover", sort=True)
    classes = list[BaseClass]()
    for code, part in found:
        style = _cover_style(str(code))
        if classes and look_alike(classes[-1].style, style):
            style = replace(style, hatch=_SECOND)
        classes.append(BaseClass(_cover_title(str(code)), style, _together(part), code=str(code)))
    return tuple(classes)


def _cover(code: str) -> Row | None:
    """Return the CORINE class, or the first of the group that ``code`` begins."""
    return next((row for known, row in _COVERS.items() if known.startswith(code)), None) if code else None


def _cover_title(code: str) -> Text:
    if code in _COVERS:
        return say("{c} {t}", "{c} {t}", c=code, t=label(_COVERS[code]))
    groups = {row["prefix"]: label(row) for row in rows("landuse_macroclass")}
    return say("{c} {t}", "{c} {t}", c=code, t=groups.get(code, groups.get(code[:1], NOTHING)))


def _cover_style(code: str) -> Fill:
    row = _cover(code)
    return Fill(softened(row["hex"] if row else _NO_LETTER, _COVER_SHARE), edge="#ffffff", edge_mm=0.06)


_DISTRICT = Fill("#f5d0a8", edge="#2b2233", edge_mm=0.3)


def district_classes(layer: GeoDataFrame) -> tuple[BaseClass, ...]:
    """Return the districts, the largest first."""
    found = [_district(row, geometry) for row, geometry in _rows(layer)]
    return tuple(sorted(found, key=lambda each: (-each.area_m2, each.label.it)))


def _rows(layer: GeoDataFrame) -> Iterator[tuple[dict[str, object], shapely.Geometry]]:
    told = layer.assign(name=_words(layer, "name"), code=_words(layer, "code"))
    for _, part in told.groupby(["code", "name"], sort=True):
        yield part.iloc[0].to_dict(), _together(part)


def _district(row: dict[str, object], ground: shapely.Geometry) -> BaseClass:
    index = row.get("ut_m2_m2")
    words = NOTHING if index is None or pd.isna(index) else number(float(str(index)), 2)
    return BaseClass(same(str(row["name"]) or str(row["code"])), _DISTRICT, ground, (words,))


def _words(layer: GeoDataFrame, column: str) -> pd.Series:
    if column not in layer.columns:
        return pd.Series("", index=layer.index, dtype=object)
    return layer[column].map(lambda value: "" if pd.isna(value) else str(value)).astype(object)


def _together(part: GeoDataFrame) -> shapely.Geometry:
    return union_of_parts(part.geometry.to_numpy())


ZONING = BaseTheme(
    id="zone",
    code="SP-BAS-02",
    title=Text("Zone del piano vigente", "Zones of the plan in force"),
    subtitle=Text("Zone omogenee, DM 1444/1968", "Homogeneous zones, DM 1444/1968"),
    role=roles.ZONING,
    each=Text("zona", "zone"),
    many=Text("zone del piano", "zones of the plan"),
    largest=Text("La zona più estesa è", "The largest zone is"),
    rest=Text("Nessuna zona", "No zone"),
    classes=zoning_classes,
    note=Text(
        "I colori delle zone sono una convenzione, non esiste una tabella ufficiale. Valgono gli elaborati del piano.",
        "The colours of zones are a convention, there is no official table. The documents of the plan hold.",
    ),
)
LAND_USE = BaseTheme(
    id="uso-suolo",
    code="SP-BAS-03",
    title=Text("Uso del suolo", "Land use"),
    subtitle=Text("Classi CORINE Land Cover", "CORINE Land Cover classes"),
    role=roles.LAND_USE,
    each=Text("classe", "class"),
    many=Text("classi di uso del suolo", "classes of land use"),
    largest=Text("La classe più estesa è", "The largest class is"),
    rest=Text("Nessuna classe", "No class"),
    classes=land_use_classes,
)
DISTRICTS = BaseTheme(
    id="distretti",
    code="SP-BAS-04",
    title=Text("Distretti di trasformazione", "Transformation districts"),
    subtitle=Text("Perimetri e indici territoriali", "Outlines and territorial indices"),
    role=roles.DISTRICTS,
    each=Text("distretto", "district"),
    many=Text("distretti di trasformazione", "transformation districts"),
    largest=Text("Il più esteso è", "The largest is"),
    rest=Text("Fuori dai distretti", "Outside the districts"),
    classes=district_classes,
    columns=(Column(Text("Ut m²/m²", "Ut m²/m²"), align="right"),),
    is_numbered=True,
    signs=((Text("Distretto di trasformazione", "Transformation district"), _DISTRICT),),
    note=Text(
        "Indici e perimetri valgono come stanno nelle norme del piano.",
        "Indices and outlines hold as they stand in the norms of the plan.",
    ),
)
