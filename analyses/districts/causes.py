"""What takes ground from a district before anything is built: hazards, contaminated sites, strips, other constraints.

A cause nets off where its norm forbids building (``constraint_kinds.csv``: no building, excluded); hazards from the
class that the parameters set, contaminated sites as long as they are not cleaned. What only asks for a consent, or
conditions, is measured too, and nets off if the parameters say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.attributes import first_said, words
from analyses.constraint_kinds import KINDS, RESOURCE
from analyses.districts.params import SchedaParams
from analyses.hazard.classes import FLOOD, LANDSLIDE, ROLES, graded_classes, zones
from analyses.overlay import polygonal
from analyses.strips import Strip, drawn, running_water
from layers import roles
from layers.codelist import rows
from layers.problems import Problem
from layers.text import Text, listing, same
from layers.union import outside

HAZARDS = (ROLES[FLOOD].id, ROLES[LANDSLIDE].id)
CONTAMINATED = roles.CONTAMINATED_SITES.id
_FORBIDDING = frozenset(row["kind"] for row in rows("constraint_kinds") if row["effect"] in ("no building", "excluded"))
_CLEANED = ("bonificat", "cleaned", "remediated", "restituit")
_WIDTHS_M = {"river_10": 10.0, "railway_30": 30.0}


@dataclass(frozen=True)
class Cause:
    """Ground that something binds. ``nets_off``: nothing is built there."""

    id: str
    label: Text
    source: str
    ground: shapely.Geometry
    nets_off: bool


@dataclass(frozen=True)
class Grounds:
    """The layers that bind, as the study has them."""

    flood_hazard: GeoDataFrame | None
    landslide_hazard: GeoDataFrame | None
    contaminated_sites: GeoDataFrame | None
    constraints: GeoDataFrame | None
    coastline: GeoDataFrame | None
    hydrography: GeoDataFrame | None
    railways: GeoDataFrame | None


MEASURED_WITH = ("flood_from", "landslide_from", "coast_strip_m", "nets_contaminated", "nets_conditioned")
"""The parameters that decide what takes ground: with others the ground has to be measured anew."""


def causes(grounds: Grounds, around: shapely.Geometry, params: SchedaParams) -> tuple[Cause, ...]:
    """Return every cause with ground on ``around``, hazards first, each with its ground dissolved."""
    found = (
        *_of_hazard(grounds.flood_hazard, FLOOD, params.flood_from, around),
        *_of_hazard(grounds.landslide_hazard, LANDSLIDE, params.landslide_from, around),
        *_of_sites(grounds.contaminated_sites, around, params),
        *_of_constraints(grounds, around, params),
    )
    return tuple(cause for cause in found if not cause.ground.is_empty)


def netted_off(codelist: str, lowest: str) -> tuple[str, ...]:
    """Return the graded classes from ``lowest`` up, the most restrictive first; none if there is no such class."""
    graded = graded_classes(codelist)
    return graded[: graded.index(lowest) + 1] if lowest in graded else ()


def measured(district: shapely.Geometry, found: tuple[Cause, ...]) -> tuple[dict[str, float], pd.DataFrame]:
    """Return what is left of a district (m²), and a row (cause, source, area, alone, nets off) for each cause on it.

    The district is a valid polygon in a metric CRS. What is left is ``net_buildable_m2``; ``hazard_m2`` and
    ``contaminated_m2`` count ground under several such causes once.

    ``area_alone_m2`` is under no other cause that nets off: what would be free again without this one.
    """
    cut = polygonal(_cut(found, district))
    nets_off = np.array([cause.nets_off for cause in found], dtype=bool)
    area_m2 = shapely.area(cut)
    alone_m2 = [_alone_m2(cut, nets_off, place) for place in range(len(cut))]
    frame = pd.DataFrame(
        {
            "cause": [cause.id for cause in found],
            "label": [cause.label.it for cause in found],
            "source": [cause.source for cause in found],
            "area_m2": area_m2,
            "area_alone_m2": np.array(alone_m2, dtype=float),
            "nets_off": np.where(nets_off, "sì", "no"),
        }
    )
    is_hazard = np.isin([cause.id for cause in found], HAZARDS)
    ground = {
        "hazard_m2": _together_m2(cut[is_hazard]),
        "contaminated_m2": _together_m2(cut[np.array([cause.id == CONTAMINATED for cause in found], dtype=bool)]),
        "net_buildable_m2": float(shapely.area(outside(district, shapely.union_all(cut[nets_off])))),
    }
    return ground, frame[area_m2 > 0.0]


def ground_by_cause(codes: Sequence[str], outlines: np.ndarray, found: tuple[Cause, ...], crs: object) -> GeoDataFrame:
    """Return the ground of each cause on each district: code, cause, label, nets off."""
    rows = [
        (code, cause.id, cause.label.it, "sì" if cause.nets_off else "no", ground)
        for code, outline in zip(codes, outlines, strict=True)
        for cause, ground in zip(found, polygonal(_cut(found, outline)), strict=True)
        if shapely.area(ground) > 0.0
    ]
    columns = ["code", "cause", "label", "nets_off", "geometry"]
    return GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs=crs)


def _cut(found: tuple[Cause, ...], district: shapely.Geometry) -> np.ndarray:
    return shapely.intersection(np.array([cause.ground for cause in found], dtype=object), district)


def _alone_m2(cut: np.ndarray, nets_off: np.ndarray, place: int) -> float:
    others = nets_off.copy()
    others[place] = False
    return float(shapely.area(outside(cut[place], shapely.union_all(cut[others]))))


def _together_m2(cut: np.ndarray) -> float:
    return float(shapely.area(shapely.union_all(cut)))


def _of_hazard(layer: GeoDataFrame | None, codelist: str, lowest: str, around: shapely.Geometry) -> Iterator[Cause]:
    if layer is None:
        return
    classes = netted_off(codelist, lowest)
    frame = zones(layer[layer.intersects(around)], codelist).frame if layer.intersects(around).any() else None
    if frame is not None:
        bound = frame.geometry.to_numpy()[frame["class"].isin(classes).to_numpy()]
        role = ROLES[codelist]
        yield Cause(role.id, role.title, listing(list(classes)).it, shapely.union_all(bound), nets_off=True)


def _of_sites(layer: GeoDataFrame | None, around: shapely.Geometry, params: SchedaParams) -> Iterator[Cause]:
    if layer is None:
        return
    status = words(layer, "status").str.casefold()
    there = layer[layer.intersects(around) & ~status.map(lambda each: any(stem in each for stem in _CLEANED))]
    if len(there):
        names = listing(sorted({name for name in words(there, "name") if name}), most=4).it
        ground = shapely.union_all(there.geometry.to_numpy())
        yield Cause(CONTAMINATED, roles.CONTAMINATED_SITES.title, names, ground, params.nets_contaminated)


def _of_constraints(grounds: Grounds, around: shapely.Geometry, params: SchedaParams) -> Iterator[Cause]:
    """Yield the constraints brought, a cause a kind, then the strips of the law whose kind nobody brought."""
    brought = _flat(grounds.constraints)
    kinds = words(brought, "kind") if brought is not None else pd.Series(dtype=object)
    if brought is not None:
        here = brought.intersects(around).to_numpy()
        for kind in sorted(kinds[here].unique(), key=_order):
            part = brought[here & (kinds == kind).to_numpy()]
            if not (kind in KINDS and KINDS[kind].effect == RESOURCE):
                yield _constraint(kind, _said_source(part, kind), shapely.union_all(part.geometry.to_numpy()), params)
    strips = (
        Strip("coast_300", params.coast_strip_m, grounds.coastline),
        Strip("river_10", _WIDTHS_M["river_10"], running_water(grounds.hydrography)),
        Strip("railway_30", _WIDTHS_M["railway_30"], grounds.railways),
    )
    for strip, ground in drawn(strips, frozenset(kinds), around):
        yield _constraint(strip.kind, KINDS[strip.kind].norm.it, ground, params)


def _order(kind: str) -> tuple[int, str]:
    """Return where a kind stands in the code list; a word of the office's own comes last."""
    return (list(KINDS).index(kind) if kind in KINDS else len(KINDS), kind)


def _constraint(kind: str, source: str, ground: shapely.Geometry, params: SchedaParams) -> Cause:
    label = KINDS[kind].label if kind in KINDS else same(kind)
    return Cause(kind, label, source, ground, kind in _FORBIDDING or params.nets_conditioned)


def _said_source(part: GeoDataFrame, kind: str) -> str:
    norm = KINDS[kind].norm.it if kind in KINDS else ""
    said = first_said(words(part, "source"), words(part, "norm"))
    return listing(sorted({each for each in said if each}), most=3).it or norm


def _flat(layer: GeoDataFrame | None) -> GeoDataFrame | None:
    return None if layer is None else layer[shapely.get_dimensions(layer.geometry.to_numpy()) == 2]


def class_problems(params: SchedaParams) -> list[Problem]:
    """Return a problem for each hazard class of the parameters that there is not."""
    wanted = ((FLOOD, "flood_from", params.flood_from), (LANDSLIDE, "landslide_from", params.landslide_from))
    return [
        Problem(
            "district-hazard-class",
            same(f"transformation-districts.{name}"),
            Text(f"la classe «{lowest}» non esiste.", f"there is no class “{lowest}”."),
            Text("Non si sa che cosa togliere.", "What to net off is not known."),
            Text(
                f"Le classi sono: {listing(list(graded_classes(codelist))).it}.",
                f"The classes are: {listing(list(graded_classes(codelist))).en}.",
            ),
        )
        for codelist, name, lowest in wanted
        if lowest not in graded_classes(codelist)
    ]
