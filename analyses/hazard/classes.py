"""Hazard classes of every vocabulary as national ones, and hazard polygons as zones that do not overlap.

Source: D.Lgs 49/2010 (floods: scenarios of three probabilities) and the ISPRA mosaic (landslides: P1 to P4, AA), as
``pgra_flood.csv`` and ``pai_landslide.csv`` give them. A class without a national equivalent (a river bed, a quarry,
Pg0, an office's own word) keeps its own code and never wins over a national one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.attributes import words
from analyses.overlay import Polygons, polygonal
from layers import roles
from layers.codelist import Row, is_verified, label, rows
from layers.mend import overlaps, parted
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, listing, same, say
from layers.union import outside, union_of_parts

FLOOD, LANDSLIDE = "pgra_flood", "pai_landslide"
"""The codelists of the two hazards."""

ROLES = {FLOOD: roles.FLOOD_HAZARD, LANDSLIDE: roles.LANDSLIDE_HAZARD}
_NATIONAL_SCHEMES = {FLOOD: "PGRA_ISPRA", LANDSLIDE: "ISPRA_mosaic"}
_EQUIVALENTS = {FLOOD: "eu_scenario", LANDSLIDE: "ispra_equiv"}
_LEAST_TOLD_M2 = 1.0
_UNRANKED, _UNKNOWN = 1_000, 10_000


@dataclass(frozen=True)
class Zones:
    """The ground of one hazard.

    ``frame`` has ``class`` (national where there is one), ``source_class`` (the source's own) and polygons, one row
    per pair of the two that the layer has, the most restrictive first. No ground lies in two rows; a class that others
    cover altogether stays, without ground.
    """

    codelist: str
    frame: GeoDataFrame
    problems: tuple[Problem, ...] = ()


@cache
def national_classes(codelist: str) -> tuple[str, ...]:
    """Return the national classes of ``codelist``, the most restrictive first."""
    return tuple(row["code"] for row in _national_rows(codelist))


@cache
def graded_classes(codelist: str) -> tuple[str, ...]:
    """Return the national classes that grade the hazard, the most restrictive first: all but attention areas."""
    return tuple(row["code"] for row in _national_rows(codelist) if row["severity"])


def national_class(code: str, codelist: str) -> str:
    """Return the national class of ``code``, or ``code`` itself where it has none."""
    return _to_national(codelist).get(code, code)


def class_label(code: str, codelist: str) -> Text:
    """Return what ``code`` means in the codelist's words; an unknown code stands for itself."""
    return next((label(row) for row in rows(codelist) if row["code"] == code), same(code))


def on_ground(layer: GeoDataFrame, ground: shapely.Geometry) -> GeoDataFrame:
    """Return the part of hazard polygons that lies on ``ground``: for a commune no mosaic of a region is dissolved."""
    near = layer.iloc[np.sort(layer.sindex.query(ground, predicate="intersects"))]
    inside = polygonal(shapely.intersection(near.geometry.to_numpy(), ground))
    held = shapely.area(inside) > 0.0
    return near.set_geometry(GeoSeries(inside, index=near.index, crs=layer.crs))[held]


def hazard_zones(layer: GeoDataFrame, codelist: str) -> GeoDataFrame:
    """Return the ``frame`` of ``zones``: class, source_class and ground that lies in one row only."""
    return zones(layer, codelist).frame


def zones(layer: GeoDataFrame, codelist: str) -> Zones:
    """Dissolve hazard polygons by class; where classes overlap, the most restrictive wins.

    Parameters
    ----------
    layer : valid polygons with ``class`` as the role's vocabulary spells it, in a metric CRS. They may overlap: flood
        scenarios are nested, and plans of two basins may cover the same slope
    codelist : ``FLOOD`` or ``LANDSLIDE``

    Within a national class the codelist's order decides: band A before A*, Pg3a before Pg3b. Unranked classes come
    last, by the codelist's severity, then unknown codes by name.
    """
    codes = words(layer, "class")
    order = sorted(codes.unique(), key=lambda code: _rank(code, codelist))
    whole = [_dissolved(layer.geometry.to_numpy()[codes == code]) for code in order]
    won, contested_m2 = _most_restrictive_wins(whole)
    classes = [national_class(code, codelist) for code in order]
    geometry = GeoSeries(won, crs=layer.crs)
    frame = GeoDataFrame({"class": classes, "source_class": order}, geometry=geometry)
    return Zones(codelist, frame, tuple(_remarks(frame, codelist, contested_m2)))


def _dissolved(polygons: Polygons) -> shapely.Geometry:
    """Return the ground of polygons of one class, which may overlap each other."""
    first, second, _ = overlaps(polygons)
    return union_of_parts(parted(polygons, first, second))


def _most_restrictive_wins(whole: list[shapely.Geometry]) -> tuple[Polygons, float]:
    """Return each ground without those before it, and the area (m²) that lies under more than one of them."""
    taken, contested = shapely.MultiPolygon(), shapely.MultiPolygon()
    won = np.empty(len(whole), dtype=object)
    for place, ground in enumerate(whole):
        (shared, won[place]) = polygonal(np.array([shapely.intersection(ground, taken), outside(ground, taken)]))
        if not shared.is_empty:
            contested = union_of_parts([contested, outside(shared, contested)])
        taken = union_of_parts([taken, won[place]])
    return won, float(shapely.area(contested))


@cache
def _national_rows(codelist: str) -> tuple[Row, ...]:
    return tuple(row for row in rows(codelist) if row["scheme"] == _NATIONAL_SCHEMES[codelist])


@cache
def _to_national(codelist: str) -> Mapping[str, str]:
    column = _EQUIVALENTS[codelist]
    national = {row[column]: row["code"] for row in _national_rows(codelist)}
    return {row["code"]: national[row[column]] for row in rows(codelist) if row[column]}


@cache
def _places(codelist: str) -> Mapping[str, tuple[int, int]]:
    """Return where each code of the list stands: its class (or, unranked, its severity), then its row."""
    order = national_classes(codelist)
    ranked = {code: order.index(equal) for code, equal in _to_national(codelist).items()}
    return {
        row["code"]: (ranked.get(row["code"], _UNRANKED - int(row["severity"] or 0)), place)
        for place, row in enumerate(rows(codelist))
    }


def _rank(code: str, codelist: str) -> tuple[int, int, str]:
    """Return the key that puts the most restrictive code first."""
    return (*_places(codelist).get(code, (_UNKNOWN, 0)), code)


def _remarks(frame: GeoDataFrame, codelist: str, contested_m2: float) -> Iterator[Problem]:
    if contested_m2 > _LEAST_TOLD_M2:
        yield _overlap_told(codelist, contested_m2)
    own = ~frame["class"].isin(national_classes(codelist))
    if own.any():
        yield _own_codes_told(codelist, [code or "—" for code in frame["class"][own]], float(frame[own].area.sum()))
    remembered = [code for code in frame["source_class"][~own] if not _is_read(code, codelist)]
    if remembered:
        yield _conventional_told(codelist, remembered)


def _is_read(code: str, codelist: str) -> bool:
    """Tell whether the meaning of ``code`` was read in a public source."""
    return all(is_verified(row) for row in rows(codelist) if row["code"] == code)


def _overlap_told(codelist: str, area_m2: float) -> Problem:
    return Problem(
        "hazard-overlap",
        ROLES[codelist].title,
        say("{ha} stanno sotto più di una classe.", "{ha} lie under more than one class.", ha=hectares(area_m2)),
        Text(
            "Vale la più restrittiva: ogni metro quadro è contato una volta sola.",
            "The most restrictive holds: every square metre is counted once.",
        ),
        NOTHING,
        Severity.INFO,
    )


def _own_codes_told(codelist: str, codes: list[str], area_m2: float) -> Problem:
    return Problem(
        "hazard-class-unranked",
        ROLES[codelist].title,
        say(
            "classi senza equivalente nazionale: {c} ({ha}).",
            "classes without a national equivalent: {c} ({ha}).",
            c=listing(codes, most=12),
            ha=hectares(area_m2),
        ),
        Text(
            "Tengono la loro sigla e non prevalgono mai su una classe nazionale.",
            "They keep their own code and never win over a national class.",
        ),
        NOTHING,
        Severity.INFO,
    )


def _conventional_told(codelist: str, codes: list[str]) -> Problem:
    return Problem(
        "hazard-class-conventional",
        ROLES[codelist].title,
        say(
            "l'equivalenza con le classi nazionali è convenzionale, non letta in una norma: {c}.",
            "the equivalence with national classes is conventional, not read in a norm: {c}.",
            c=listing(codes, most=12),
        ),
        Text("Le cifre per classe nazionale dipendono da essa.", "Figures by national class depend on it."),
        Text("Verificarla sulle norme del piano di bacino.", "Check it against the basin plan's norms."),
        Severity.INFO,
    )
