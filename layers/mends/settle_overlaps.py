"""Ground under two units is given to one of them by a rule that the receipt keeps; wide overlaps stay an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import shapely
from geopandas import GeoDataFrame

from layers.mend import overlaps
from layers.mends.mend import Context, Geometries, Mend, Outcome, narrow, polygon_rows, with_geometry
from layers.mends.settings import Option, Tolerance, Values
from layers.text import Text, hectares, number, say
from layers.union import rest_of, union_of_parts

_NOTHING_M2 = 1e-6

RULES: Mapping[str, Callable[[float, float], bool]] = {
    "first": lambda earlier_m2, later_m2: True,
    "larger": lambda earlier_m2, later_m2: earlier_m2 >= later_m2,
    "smaller": lambda earlier_m2, later_m2: earlier_m2 <= later_m2,
}
"""Whether the earlier of two polygons keeps the ground, by their areas as delivered; ties go to the earlier."""


@dataclass
class _Settling:
    """The polygons while they are parted, and what was done to them."""

    geometry: Geometries
    losers: set[int] = field(default_factory=set)
    settled_m2: float = 0.0
    wide: int = 0
    wide_m2: float = 0.0

    def part(self, keeper: int, loser: int, tolerance_m: float) -> None:
        """Take from ``loser`` the narrow parts of what it shares with ``keeper``, unless nothing would be left."""
        parts = _polygons(shapely.intersection(self.geometry[keeper], self.geometry[loser]))
        thin = narrow(parts, tolerance_m)
        ground = union_of_parts(parts[thin])
        rest = _polygonal(rest_of(self.geometry[loser], ground)) if thin.any() else self.geometry[loser]
        if shapely.area(rest) <= _NOTHING_M2:
            thin[:] = False
        elif thin.any():
            self.geometry[loser] = rest
            self.settled_m2 += float(shapely.area(ground))
            self.losers.add(loser)
        self.wide += int((~thin).sum())
        self.wide_m2 += float(shapely.area(parts[~thin]).sum())


def settle_overlaps(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` with narrow overlaps on one polygon only.

    Each piece of shared ground in which no disk of the tolerance's diameter finds room is taken from one of the two.
    The layer's area shrinks by exactly ``area_m2``. No polygon vanishes: one that lies wholly under another stays.
    """
    rows = polygon_rows(layer)
    before = layer.geometry.to_numpy()[rows]
    work, keeps = _Settling(before.copy()), RULES[str(values["keeps"])]
    area_m2 = shapely.area(before)
    for first, second in zip(*overlaps(before)[:2], strict=True):
        earlier = keeps(area_m2[first], area_m2[second])
        keeper, loser = (first, second) if earlier else (second, first)
        work.part(int(keeper), int(loser), float(str(values["tolerance_m"])))
    losers = sorted(work.losers)
    mended = with_geometry(layer, rows[losers], work.geometry[losers])
    return Outcome(mended, layer.index[rows[losers]], work.settled_m2, _left(work))


def _polygons(geometry: shapely.Geometry) -> Geometries:
    parts = shapely.get_parts(geometry)
    return parts[shapely.area(parts) > _NOTHING_M2]


def _polygonal(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a difference alone, without the points and lines that rounding leaves."""
    parts = shapely.get_parts(geometry)
    fit = parts[shapely.get_dimensions(parts) == 2]
    return fit[0] if len(fit) == 1 else shapely.multipolygons(fit)


def _left(work: _Settling) -> tuple[Text, ...]:
    if not work.wide:
        return ()
    return (
        say(
            "Sovrapposizioni più larghe della tolleranza, o di un poligono intero, rimaste: {n}, {ha}. "
            "Decidere di chi è quel terreno.",
            "Overlaps wider than the tolerance, or of a whole polygon, left: {n}, {ha}. Decide whose that ground is.",
            n=number(work.wide),
            ha=hectares(work.wide_m2),
        ),
    )


SETTLE_OVERLAPS = Mend(
    "settle-overlaps",
    Text("Assegna le sovrapposizioni sottili", "Settles narrow overlaps"),
    Text(
        "Il terreno sotto due poligoni, se più stretto della tolleranza, resta a uno solo; il resto rimane un errore.",
        "Ground under two polygons, if narrower than the tolerance, stays with one; the rest remains an error.",
    ),
    settle_overlaps,
    Text("Quel terreno sarebbe contato due volte.", "That ground would be counted twice."),
    settings=(
        Tolerance(Text("Larghezza fino a", "Width up to"), 0.5, 0.001, 20.0),
        Option(
            "keeps",
            Text("Resta al poligono", "Stays with the polygon"),
            {
                "first": Text("che viene prima nel dato", "that comes first in the data"),
                "larger": Text("più grande", "that is larger"),
                "smaller": Text("più piccolo", "that is smaller"),
            },
        ),
    ),
    requires=("repair",),
    suits=lambda role: role.is_partition,
)
