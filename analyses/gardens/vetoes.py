"""What rules a garden out, whatever its score: each cell keeps every cause, and each cause its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import words
from analyses.gardens.criteria import SOURCES, UNITS, Criterion, excluded
from analyses.gardens.ground import Ground, Strip
from analyses.gardens.surfaces import Near
from layers import roles
from layers.codelist import label, rows
from layers.scratch import filled
from layers.spec import Role
from layers.text import NOTHING, Text, joined, number, same, say
from layers.vocabulary import CorineLike

COMPATIBLE = ("2", "14", "321", "322", "323", "324", "134")
"""CORINE codes on which gardens can lie, and Urban Atlas 13400 (``garden_criteria.csv``, landuse)."""

SIZE = "size"
_EXCLUDING = tuple(row for row in rows("constraint_kinds") if row["effect"] == "excluded")
MOST_CAUSES = 32
MOST_OF_CRITERIA = MOST_CAUSES - 6 - len(_EXCLUDING)
"""A cell's causes are 32 bits: six are kept for perimeters, buildings, soil, land use, the scenario and the size."""

_KNOWN, _WRONG = 1, 2

Truths = NDArray[np.bool_]
Cells = NDArray[np.float32]


_SEALED = Text("Suolo consumato permanente", "Permanently consumed soil")
_TOO_SMALL = Text("Superficie minima", "Minimum size")
_OTHER_USE = Text("Uso del suolo non compatibile", "Incompatible land use")
_PERIMETERS = (("contaminated_site", roles.CONTAMINATED_SITES), ("building", roles.BUILDINGS))
TITLES = (
    _SEALED, _TOO_SMALL, _OTHER_USE, *(role.title for _, role in _PERIMETERS), *(label(row) for row in _EXCLUDING)
)  # fmt: skip
"""What the causes are called that no criterion names."""

_UNIT_WORDS = {"class": Text("(classe)", "(class)")}


@dataclass(frozen=True)
class Cause:
    """What rules ground out, and who says so."""

    id: str
    title: Text
    source: Text


@dataclass(frozen=True)
class Veto:
    """One cause: where it holds, and where nobody can tell."""

    cause: Cause
    holds: Truths
    unknown: Truths


@dataclass(frozen=True)
class Causes:
    """``held`` (n,) has a bit for each of ``listed``, the first the lowest, where it holds; ``unsure`` where any may.

    There is room for ``MOST_CAUSES``.
    """

    listed: tuple[Cause, ...]
    held: NDArray[np.uint32]
    unsure: Truths

    def holds(self, place: int, some: slice) -> Truths:
        """Tell in which of some cells a cause holds."""
        return (self.held[some] & _bit(place)) > 0

    def alone(self, place: int, some: slice) -> Truths:
        """Tell in which of some cells a cause holds and no other."""
        return self.held[some] == _bit(place)

    def and_also(self, cause: Cause, holds: Truths) -> Causes:
        """Return the same with one cause more, known everywhere."""
        own = _bit(len(self.listed))
        held = filled(len(holds), np.uint32, lambda some: self.held[some] | np.where(holds[some], own, np.uint32(0)))
        return Causes((*self.listed, cause), held, self.unsure)


def causes_of(vetoes: Sequence[Veto], n: int) -> Causes:
    """Return the vetoes on ``n`` cells, each as a bit."""
    held, unsure = np.zeros(n, np.uint32), np.zeros(n, np.bool_)
    for place, veto in enumerate(vetoes):
        held |= veto.holds.astype(np.uint32) << np.uint32(place)
        unsure |= veto.unknown
    return Causes(tuple(veto.cause for veto in vetoes), held, unsure)


def _bit(place: int) -> np.uint32:
    return np.uint32(1) << np.uint32(place)


def of_layers(near: Near) -> Iterator[Veto]:
    """Yield the causes, besides those of criteria, that the study has the layers for."""
    yield from _grounds(near)
    if near.soil is not None:
        sealed = (near.soil >= 110) & (near.soil < 120) | (near.soil == 11)
        source = say("{r} (11x)", "{r} (11x)", r=roles.SOIL_CONSUMPTION.title)
        yield Veto(Cause("consumed_soil", _SEALED, source), sealed, np.isnan(near.soil))
    land_use = near.around.layers.get(roles.LAND_USE.id)
    if land_use is not None:
        yield _land_use(near.strip, land_use)


def of_size(least_m2: float) -> Cause:
    """Return the cause of ground that is suitable, but in patches too small to be laid out."""
    source = say("meno di {n} m²", "less than {n} m²", n=number(least_m2))
    return Cause(SIZE, _TOO_SMALL, source)


def table(causes: Causes, ground: Ground) -> pd.DataFrame:
    """Return each cause with its name and source, area_m2, and area_alone_m2: the ground no other cause excludes."""
    rows_of = [
        {
            "cause": cause.id,
            "name": cause.title.it,
            "source": cause.source.it,
            "source_en": cause.source.en,
            "area_m2": ground.area_where(partial(causes.holds, place)),
            "area_alone_m2": ground.area_where(partial(causes.alone, place)),
        }
        for place, cause in enumerate(causes.listed)
    ]
    return pd.DataFrame(rows_of, columns=["cause", "name", "source", "source_en", "area_m2", "area_alone_m2"])


def of_criterion(criterion: Criterion, values: Cells) -> Veto | None:
    """Return the cause of ground beyond a criterion's limit, whose ``values`` (n,) are given; None without a limit."""
    if criterion.veto_at is None:
        return None
    limit = say(
        "{s} {v} {u}",
        "{s} {v} {u}",
        s=">" if criterion.is_cost else "<",
        v=number(criterion.veto_at, 0 if criterion.veto_at == int(criterion.veto_at) else 1),
        u=_UNIT_WORDS.get(UNITS.get(criterion.id, ""), same(UNITS.get(criterion.id, ""))),
    )
    said_by = SOURCES.get(criterion.id, NOTHING)
    cause = Cause(criterion.id, criterion.title, joined((Text(limit.it.strip(), limit.en.strip()), said_by), "; "))
    return Veto(cause, excluded(values, criterion), np.isnan(values))


def _grounds(near: Near) -> Iterator[Veto]:
    """Yield perimeters, buildings and constraints under which no garden can be."""
    for cause, role in _PERIMETERS:
        layer = near.around.layers.get(role.id)
        if layer is not None:
            yield _under(near.strip, cause, role.title, role, layer)
    constraints = near.around.layers.get(roles.CONSTRAINTS.id)
    if constraints is None:
        return
    for row in _EXCLUDING:
        of_kind = constraints[words(constraints, "kind") == row["kind"]]
        if len(of_kind):
            yield _under(near.strip, f"constraint_{row['kind']}", label(row), roles.CONSTRAINTS, of_kind)


def _under(strip: Strip, cause: str, title: Text, role: Role, layer: GeoDataFrame) -> Veto:
    holds = strip.inside(layer.geometry.to_numpy())
    return Veto(Cause(cause, title, role.title), holds, np.zeros_like(holds))


def _land_use(strip: Strip, layer: GeoDataFrame) -> Veto:
    codes = words(layer, "code").map(_is_compatible)
    kinds = codes.map({True: _KNOWN, False: _WRONG, None: 0}).fillna(0).to_numpy(np.int32)
    at = strip.numbered(layer.geometry.to_numpy(), kinds)
    return Veto(Cause("landuse", _OTHER_USE, roles.LAND_USE.title), at == _WRONG, at == 0)


def _is_compatible(code: str) -> bool | None:
    """Tell whether a garden can lie on ground of this code; None for no code. A short code stands for all below it."""
    digits = CorineLike().canonical(code) if code else None
    if digits is None:
        return None
    return any(digits.startswith(known) or known.startswith(digits) for known in COMPATIBLE)
