"""Kinds of service and where they stand: their thresholds, what each takes, and parks too small to be one.

Source: ``service_catalog.csv``; a word that is not in it is a kind of its own, with the threshold of the parameters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import words
from analyses.services import cycle_ways
from layers import roles
from layers.codelist import label, rows
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, number, same, say

GREEN = "verde"
NO_KIND = Text("(senza tipo)", "(without a kind)")
_M2_A_HA = 10_000.0

Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Kind:
    """A kind of service: minutes on foot within which it counts, metres in a straight line; None where unknown."""

    id: str
    label: Text
    walk_min: float | None = None
    max_distance_m: float | None = None


def _label(row: Mapping[str, str]) -> Text:
    """Return what a kind is called, as it is printed; the codelist has signs of the keyboard."""
    return Text(*(each.replace(">=", "≥") for each in (label(row).it, label(row).en)))


KINDS: Mapping[str, Kind] = {
    row["id"]: Kind(
        row["id"],
        _label(row),
        float(row["walk_min_default"]) if row["walk_min_default"] else None,
        float(row["max_distance_m"]) if row["max_distance_m"] else None,
    )
    for row in rows("service_catalog")
}


@dataclass(frozen=True)
class Services:
    """``frame``: a row per service with ``kind``, ``name``, ``capacity`` (NaN where unknown), geometry.

    ``called``: what the data call the study's own kinds, by their id.
    """

    frame: GeoDataFrame
    problems: tuple[Problem, ...] = ()
    called: Mapping[str, Text] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that are there: those of the catalogue in its order, then the study's own by name."""
        there = set(self.frame["kind"])
        own = (Kind(each, self.called.get(each, same(each))) for each in sorted(there - set(KINDS)))
        return (*(kind for kind in KINDS.values() if kind.id in there), *own)

    @property
    def places(self) -> Geometries:
        """Where they stand."""
        places: Geometries = self.frame.geometry.to_numpy()
        return places

    def rows_of(self, kind: str) -> NDArray[np.intp]:
        """Return the rows of a kind."""
        return np.flatnonzero((self.frame["kind"] == kind).to_numpy())


def public_green(services: GeoDataFrame, green: GeoDataFrame | None, least_ha: float) -> Geometries:
    """Return the public green known to be at least ``least_ha`` (ha): for the rule stated in a straight line."""
    known = services[(words(services, "kind") == GREEN) & (_area_m2(services) >= least_ha * _M2_A_HA)]
    places = [known.geometry.to_numpy(), _parks(green, least_ha)]
    return np.concatenate(places)


def services_of(
    layer: GeoDataFrame, green: GeoDataFrame | None, least_green_ha: float, ways: GeoDataFrame | None = None
) -> Services:
    """Return the services of the study, with the public parks of ``green`` that no service stands for already.

    A park known to be smaller than ``least_green_ha`` is no service of kind ``verde``; one of unknown size is.
    ``ways`` (``cycle_ways``) are services too, unless the study has accesses to the cycle network of its own.
    """
    said_kind = words(layer, "kind")
    frame = pd.DataFrame({"kind": said_kind.map(id_of), "name": words(layer, "name"), "capacity": _amount(layer)})
    small = ((frame["kind"] == GREEN) & (_area_m2(layer) < least_green_ha * _M2_A_HA)).to_numpy()
    given = GeoDataFrame(frame, geometry=layer.geometry.to_numpy(), crs=layer.crs)[~small]
    parks = _parks(green, least_green_ha)
    stand = shapely.STRtree(given.geometry.to_numpy()[(given["kind"] == GREEN).to_numpy()])
    known, _ = stand.query(parks, predicate="intersects")
    more = np.delete(parks, np.unique(known))
    added = GeoDataFrame(
        {"kind": GREEN, "name": "", "capacity": np.nan}, geometry=more, crs=layer.crs, index=range(len(more))
    )
    said, parts = _told(int(small.sum()), len(more), least_green_ha), [given, added]
    if ways is not None:
        counted = not (given["kind"] == cycle_ways.ACCESS).any()
        said, parts = (*said, cycle_ways.told(ways, counted=counted)), [*parts, *([ways] if counted else [])]
    there = [part for part in parts if len(part)] or [given]
    whole = there[0] if len(there) == 1 else GeoDataFrame(pd.concat(there, ignore_index=True), crs=layer.crs)
    called = {id_of(word): same(word) if word.strip() else NO_KIND for word in sorted(set(said_kind), reverse=True)}
    return Services(whole.reset_index(drop=True), said, called)


def id_of(word: str) -> str:
    """Return the id of the kind that the data call ``word``, as it names columns and figures: «Asilo Nido», asilo_nido.

    Lower case, without accents, ``_`` for whatever is no letter or digit; of no word, that of ``NO_KIND``.
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return re.sub(r"\W+", "_", plain.casefold()).strip("_") or "senza_tipo"


def _amount(layer: GeoDataFrame) -> pd.Series:
    if "capacity" not in layer:
        return pd.Series(np.nan, index=layer.index)
    capacity = layer["capacity"].astype(float)
    return capacity.where(capacity > 0.0)


def _area_m2(layer: GeoDataFrame) -> NDArray[np.float64]:
    """Return the area of each service, drawn or declared; NaN where neither is known."""
    declared = layer["area_m2"].to_numpy(float) if "area_m2" in layer else np.full(len(layer), np.nan)
    drawn = layer.area.to_numpy(float)
    return np.where(drawn > 0.0, drawn, declared)


def _parks(green: GeoDataFrame | None, least_ha: float) -> Geometries:
    if green is None:
        return np.empty(0, object)
    parks: Geometries = green.geometry.to_numpy()[
        ((words(green, "public") != "no") & (green.area >= least_ha * _M2_A_HA)).to_numpy()
    ]
    return parks


def _told(small: int, parks: int, least_ha: float) -> tuple[Problem, ...]:
    return (*([_small_green(small, least_ha)] if small else []), *([_parks_added(parks)] if parks else []))


def _small_green(count: int, least_ha: float) -> Problem:
    return Problem(
        "coverage-small-green",
        roles.SERVICES.title,
        say("aree verdi più piccole di {h} ha: {n}.", "green areas smaller than {h} ha: {n}.",
            h=number(least_ha, 1), n=count),
        Text("Non contano come parco o giardino.", "They do not count as a park or garden."),
        NOTHING,
        Severity.INFO,
    )  # fmt: skip


def _parks_added(count: int) -> Problem:
    return Problem(
        "coverage-green-added",
        roles.GREEN.title,
        say("parchi pubblici che non sono fra i servizi: {n}.",
            "public parks that are not among the services: {n}.", n=count),
        Text("Contano come servizi di tipo verde.", "They count as services of kind verde."),
        NOTHING,
        Severity.INFO,
    )  # fmt: skip
