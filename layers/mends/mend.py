"""What a mend is, what it needs, and the line of the receipt it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from layers import crs as coordinate_systems
from layers.geometry_kinds import has_geometry, shape_of
from layers.intake import Ground
from layers.mend import title_of
from layers.mends.settings import Setting, Values, chosen
from layers.problems import Problem
from layers.reference import LayerRef
from layers.spec import Role, Shape
from layers.text import Text

FIRST = 10
"""How many of the features touched a receipt names; it counts them all."""

Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Context:
    """What a mend may know beside the layer: its role, the study's place, how fields and codes are mapped.

    ``domains`` holds, by source field, code → words: what the source or a table says its codes mean.
    """

    role: Role
    ground: Ground
    ref: LayerRef
    domains: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a mend made of a layer. ``touched`` are index labels, ``area_m2`` the ground that it was about.

    ``left`` says what was not mended and why, ``told`` what stays true of the copy and has to be said again,
    ``ref`` how fields and codes are mapped from now on, ``details`` what else the receipt keeps.
    """

    layer: GeoDataFrame
    touched: Sequence[int] = ()
    area_m2: float = 0.0
    left: tuple[Text, ...] = ()
    told: tuple[Problem, ...] = ()
    ref: LayerRef | None = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line of a receipt. Areas in m² of the study's CRS; those of the whole layer are None in degrees.

    ``first`` are the first ``FIRST`` of the features touched: row number from 1, and what a planner calls it.
    """

    mend: str
    words: tuple[str, ...]
    values: Values
    features: int
    first: tuple[tuple[int, str], ...]
    area_m2: float
    before_m2: float | None
    after_m2: float | None
    left: tuple[Text, ...] = ()
    told: tuple[Problem, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A layer after a mend, with the context that then holds and the line for the receipt."""

    layer: GeoDataFrame
    context: Context
    line: Line


@dataclass(frozen=True)
class Proposal:
    """What a mend would do to a layer. ``chosen``: the safe default is to do it; ``why`` says the reason."""

    mend: Mend
    line: Line
    chosen: bool
    why: Text


@dataclass(frozen=True)
class Mend:
    """One way of putting something right.

    ``run`` is a pure function of layer, context and values. ``requires`` names the mends without which it can't
    be trusted; ``suits`` tells for which roles it makes sense. ``is_safe``: nothing is lost or moved that a planner
    would have wanted otherwise, so it is chosen by default, and ``why`` says so (or why it is not).
    """

    id: str
    title: Text
    about: Text
    run: Callable[[GeoDataFrame, Context, Values], Outcome]
    why: Text
    is_safe: bool = True
    settings: tuple[Setting, ...] = ()
    requires: tuple[str, ...] = ()
    suits: Callable[[Role], bool] = lambda role: role.takes_vector

    def apply(self, layer: GeoDataFrame, context: Context, words: Sequence[str] = ()) -> Step:
        """Return ``layer`` mended and the line of the receipt; raises PucError for words it does not understand."""
        values = chosen(self.id, self.settings, words)
        out = self.run(layer, context, values)
        touched = list(out.touched)
        line = Line(
            self.id, tuple(words), values, len(touched), _first(layer, touched, context), out.area_m2,
            area_of(layer), area_of(out.layer), out.left, out.told, out.details,
        )  # fmt: skip
        return Step(out.layer, context if out.ref is None else replace(context, ref=out.ref), line)

    def propose(self, layer: GeoDataFrame, context: Context) -> Proposal | None:
        """Return what the mend would do by default, or None if there is nothing for it to do.

        It is done to a copy in memory, so that what is proposed is what will happen.
        """
        return self.proposal(self.apply(layer, context).line) if self.suits(context.role) else None

    def proposal(self, line: Line) -> Proposal | None:
        """Return what ``line``, done by default, proposes; what is doubted is not chosen, and the doubt is the why."""
        if not line.features and not line.left:
            return None
        doubted = bool(line.told) and bool(line.features)
        why = line.told[0].message if doubted else self.why
        return Proposal(self, line, self.is_safe and line.features > 0 and not doubted, why)


def polygon_rows(layer: GeoDataFrame) -> NDArray[np.intp]:
    """Return the places of the features that are polygons and have one."""
    kinds = layer.geom_type.map(shape_of, na_action="ignore")
    return np.flatnonzero((kinds == Shape.POLYGON).to_numpy(bool) & has_geometry(layer))


def with_geometry(layer: GeoDataFrame, rows: NDArray[np.intp], geometry: Geometries) -> GeoDataFrame:
    """Return ``layer`` with ``geometry`` in ``rows``; the layer handed in stays as it is."""
    whole = layer.geometry.to_numpy().copy()
    whole[rows] = geometry
    return layer.set_geometry(GeoSeries(whole, index=layer.index, crs=layer.crs))


def area_of(layer: GeoDataFrame) -> float | None:
    """Return the area of all polygons of ``layer`` in m², or None where its CRS does not measure in metres."""
    if layer.crs is None or not coordinate_systems.is_metric(layer.crs):
        return None
    return float(np.nansum(shapely.area(layer.geometry.to_numpy())))


def narrow(geometry: Geometries, width_m: float) -> NDArray[np.bool_]:
    """Tell of each polygon whether no disk of diameter ``width_m`` finds room in it."""
    return shapely.is_empty(shapely.buffer(geometry, -width_m / 2))


def _first(layer: GeoDataFrame, touched: Sequence[int], context: Context) -> tuple[tuple[int, str], ...]:
    names = {name: context.ref.fields.get(name, name) for name in ("code", "zone", "name")}
    words = pd.DataFrame({name: layer[source] for name, source in names.items() if source in layer.columns})
    found = layer.index.get_indexer(pd.Index(touched[:FIRST]))
    return tuple(
        (int(label) + 1, title_of(words, context.role, int(row)) if len(words.columns) else str(int(label) + 1))
        for label, row in zip(touched, found, strict=False)
    )
