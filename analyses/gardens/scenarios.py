"""Ready questions: what if only public land, only the best ground, hill gardens, or ground for farms.

Source: *Campagna Urbana* (2013) lends hill land to citizens and, apart, to farms; McClintock & Cooper (2010) look at
public land alone, McClintock et al. (2013) leave out slopes that face north. Limits in figures are proposals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.attributes import words
from analyses.gardens.surfaces import Near
from analyses.gardens.vetoes import Cause
from layers import roles
from layers.text import Text

TITLE = Text("Confronto degli scenari", "Comparing scenarios")
HILL_PCT = 10.0
FARM_M2 = 10_000.0
_LEVEL_PCT, _NORTH_DEG = 5.0, 45.0

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Scenario:
    """A preset: which ground it leaves out beyond the base case (None where it can't be told), and its least site."""

    id: str
    title: Text
    leaves_out: Callable[[Near], Truths | None]
    least_m2: float = 0.0
    is_on_any_land: bool = False
    """Sites are sought on every parcel, even where the study has public land."""

    @property
    def cause(self) -> Cause:
        """Its own cause."""
        return Cause(f"scenario_{self.id}", self.title, Text("scenario", "scenario"))


def _nothing(near: Near) -> Truths:
    return np.zeros(len(near.strip.cells), np.bool_)


def _private(near: Near) -> Truths | None:
    public = near.around.layers.get(roles.PUBLIC_LAND.id)
    return None if public is None else ~near.strip.inside(public.geometry.to_numpy())


def _north(near: Near) -> Truths | None:
    if near.terrain is None:
        return None
    slope, aspect = near.terrain
    return (slope > _LEVEL_PCT) & ((aspect >= 360.0 - _NORTH_DEG) | (aspect <= _NORTH_DEG))


def _not_a_hill(near: Near) -> Truths | None:
    return None if near.terrain is None else ~(near.terrain[0] >= HILL_PCT)


def _not_farmed(near: Near) -> Truths | None:
    layer = near.around.layers.get(roles.LAND_USE.id)
    if layer is None:
        return None
    is_farmed = words(layer, "code").str.startswith("2").to_numpy(np.int32)
    return np.asarray(near.strip.numbered(layer.geometry.to_numpy(), is_farmed) == 0)


BASE = Scenario("base", Text("Tutte le aree", "All ground"), _nothing)
ALL = (
    BASE,
    Scenario("public_only", Text("Solo aree pubbliche", "Public land only"), _private),
    Scenario("optimal", Text("Senza versanti a nord", "Without slopes to the north"), _north),
    Scenario("hill_gardens", Text("Orti collinari", "Hill gardens"), _not_a_hill),
    Scenario(
        "farm_use", Text("Uso agricolo potenziale", "Potential farm use"), _not_farmed, FARM_M2, is_on_any_land=True
    ),
)
BY_ID = {scenario.id: scenario for scenario in ALL}
