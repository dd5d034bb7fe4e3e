"""The ground that counts towards the standards: which facility, of which category, how much, where.

Each square metre counts once in a category: where facilities of one category lie on each other (the same park drawn as
a service and as a green area), the ground is of the first. A facility known as a point counts with its declared area.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import words
from analyses.services.service_kinds import KINDS
from layers import roles
from layers.codelist import rows
from layers.mend import overlaps
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, hectares, listing, same, say
from layers.union import ground_of, outside

GREEN = "verde"
CATEGORY_OF: Mapping[str, str] = {row["id"]: row["dm1444"] for row in rows("service_catalog")}
_LEAST_TOLD_M2 = 1.0

Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Facilities:
    """``frame``: a row per facility with ``category``, ``kind``, ``name``, ``area_m2`` and its geometry."""

    frame: GeoDataFrame
    problems: tuple[Problem, ...]


def facilities(services: GeoDataFrame | None, green: GeoDataFrame | None, crs: object) -> Facilities:
    """Return what counts of ``services`` (points and polygons with ``kind``) and public ``green`` (polygons), in m².

    Green that does not say whether it is public counts; only what says «no» does not. Kinds without a category of
    DM 1444/1968, and points without an area, are told and left out.
    """
    said = list[Problem]()
    parts = [part for part in (_of_services(services, said), _of_green(green, said)) if len(part)]
    if not parts:
        return Facilities(_empty(crs), tuple(said))
    whole = GeoDataFrame(pd.concat(parts, ignore_index=True), crs=parts[0].crs)
    once, twice_m2 = _once(whole)
    said += [_on_each_other(twice_m2)] if twice_m2 > _LEAST_TOLD_M2 else []
    return Facilities(once, tuple(said))


def _of_services(services: GeoDataFrame | None, said: list[Problem]) -> GeoDataFrame:
    if services is None or services.empty:
        return _empty(None)
    kind = words(services, "kind")
    category = kind.map(lambda each: CATEGORY_OF.get(each, ""))
    strange = sorted(set(kind) - set(CATEGORY_OF))
    said += [_without_category(strange, int(kind.isin(strange).sum()))] if strange else []
    declared = services["area_m2"].to_numpy(float) if "area_m2" in services else np.full(len(services), np.nan)
    is_drawn = shapely.get_dimensions(services.geometry.to_numpy()) == 2
    area_m2 = np.where(is_drawn, services.area.to_numpy(), np.nan_to_num(declared))
    lost = (category != "").to_numpy() & (area_m2 <= 0.0)
    said += [_without_area(sorted(set(kind[lost])), int(lost.sum()))] if lost.any() else []
    frame = pd.DataFrame({"category": category, "kind": kind, "name": words(services, "name"), "area_m2": area_m2})
    counted = (category != "").to_numpy() & (area_m2 > 0.0)
    return GeoDataFrame(frame, geometry=services.geometry.to_numpy(), crs=services.crs)[counted]


def _of_green(green: GeoDataFrame | None, said: list[Problem]) -> GeoDataFrame:
    if green is None or green.empty:
        return _empty(None)
    private = words(green, "public") == "no"
    said += [_private(int(private.sum()), float(green[private].area.sum()))] if private.any() else []
    public = green[~private]
    frame = pd.DataFrame(
        {"category": GREEN, "kind": roles.GREEN.id, "name": words(public, "name"), "area_m2": public.area}
    )
    return GeoDataFrame(frame, geometry=public.geometry.to_numpy(), crs=green.crs)


def _once(whole: GeoDataFrame) -> tuple[GeoDataFrame, float]:
    """Return the facilities without the ground that an earlier one of their category has, and how much that was."""
    geometry, area_m2 = whole.geometry.to_numpy().copy(), whole["area_m2"].to_numpy(float).copy()
    for first, later in _shared(whole):
        geometry[later] = outside(geometry[later], ground_of(geometry[first]))
        area_m2[later] = shapely.area(geometry[later])
    once = whole.assign(area_m2=area_m2).set_geometry(geometry, crs=whole.crs)
    return once[area_m2 > 0.0].reset_index(drop=True), float(whole["area_m2"].sum() - area_m2.sum())


def _shared(whole: GeoDataFrame) -> Iterator[tuple[NDArray[np.intp], int]]:
    """Yield, of each category, every facility that lies on earlier ones, with those; in the order of the rows."""
    flat = np.flatnonzero(shapely.get_dimensions(whole.geometry.to_numpy()) == 2)
    category = whole["category"].to_numpy()[flat]
    first, second, _ = overlaps(whole.geometry.to_numpy()[flat])
    same = category[first] == category[second]
    first, second = first[same], second[same]
    for later in np.unique(second):
        yield flat[first[second == later]], int(flat[later])


def _empty(crs: object) -> GeoDataFrame:
    return GeoDataFrame({"category": [], "kind": [], "name": [], "area_m2": []}, geometry=[], crs=crs)


def _called(kinds: list[str]) -> Text:
    return listing([KINDS[kind].label if kind in KINDS else same(kind) for kind in kinds])


def _without_category(kinds: list[str], count: int) -> Problem:
    return Problem(
        "standards-without-category",
        roles.SERVICES.title,
        say("servizi di tipi che non sono in alcuna categoria del DM 1444/68: {n} ({k}).",
            "services of kinds that are in no category of DM 1444/68: {n} ({k}).", n=count, k=_called(kinds)),
        Text("Non contano negli standard.", "They do not count towards the standards."),
        Text("Se devono contare, dare loro un tipo del catalogo con --code.", "If they should, give a kind: --code."),
        Severity.INFO,
    )  # fmt: skip


def _without_area(kinds: list[str], count: int) -> Problem:
    return Problem(
        "standards-without-area",
        roles.SERVICES.title,
        say("servizi noti solo come punto, senza superficie: {n} ({k}).",
            "services known only as a point, without an area: {n} ({k}).", n=count, k=_called(kinds)),
        Text("Contano zero: la dotazione esistente è sottostimata.", "They count zero: what exists is underestimated."),
        Text("Aggiungere il perimetro, o la superficie nel campo area_m2.", "Add the outline, or the area as area_m2."),
        Severity.WARNING,
    )  # fmt: skip


def _private(count: int, area_m2: float) -> Problem:
    return Problem(
        "standards-private-green",
        roles.GREEN.title,
        say("aree verdi non pubbliche: {n}, {ha}.", "green areas that are not public: {n}, {ha}.",
            n=count, ha=hectares(area_m2)),
        Text("Non contano negli standard.", "They do not count towards the standards."),
        NOTHING,
        Severity.INFO,
    )  # fmt: skip


def _on_each_other(area_m2: float) -> Problem:
    return Problem(
        "standards-on-each-other",
        roles.SERVICES.title,
        say("{ha} sono coperti da più attrezzature della stessa categoria.",
            "{ha} are covered by more than one facility of the same category.", ha=hectares(area_m2)),
        Text("Quel terreno conta una volta sola.", "That ground counts once."),
        NOTHING,
        Severity.INFO,
    )  # fmt: skip
