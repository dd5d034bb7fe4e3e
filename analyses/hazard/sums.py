"""Tables and figures of one hazard, as sums over its fragments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.fragments import Fragments, Partition, cut_by, fragments
from analyses.hazard.classes import Zones, graded_classes, national_classes
from analyses.hazard.exposure import Exposed
from analyses.hazard.figures import NAMES, figures, stems_of
from analyses.progress import Report, part_of
from analyses.proof import Proof, proof
from analyses.result import Figure
from analyses.units import Units
from layers.union import rest_of, union_of_parts

ZONE_ROW = "zone_row"
COUNTED = ("area_m2", "people", "buildings", "services", "consumed_m2")


@dataclass(frozen=True)
class Ground:
    """The ground of the study, the units that cut it, and what they leave."""

    outline: shapely.Geometry
    partitions: Sequence[Partition]
    cut: Fragments


@dataclass(frozen=True)
class Sums:
    """The fragments of one hazard and what they count for.

    ``pieces`` have ``class``, ``source_class`` (empty: none) and counts; ``proof`` measures them a second way.
    """

    zones: Zones
    pieces: GeoDataFrame
    area_m2: float
    proof: Proof

    @property
    def name(self) -> str:
        """What the hazard is called in tables."""
        return NAMES[self.zones.codelist]

    @property
    def counted(self) -> list[str]:
        """The columns that are summed, as far as they are known."""
        return [name for name in COUNTED if name in self.pieces]

    def classes(self) -> list[str]:
        """Return the national classes, the source's own codes, and the empty one, the most restrictive first."""
        return list(dict.fromkeys([*national_classes(self.zones.codelist), *self.zones.frame["class"], ""]))

    def figures(self) -> Iterator[Figure]:
        """Yield the hazard's figures."""
        return figures(self.zones.codelist, self.pieces.groupby("class")[self.counted].sum(), self.area_m2)

    def by_class(self) -> pd.DataFrame:
        """Return a row per class and source class; national classes that are not there are rows of zeros."""
        keys = list(zip(self.zones.frame["class"], self.zones.frame["source_class"], strict=True))
        rows = [
            key
            for code in self.classes()
            for key in ([each for each in keys if each[0] == code] or [(code, "")])
        ]  # fmt: skip
        index = pd.MultiIndex.from_tuples(dict.fromkeys(rows), names=["class", "source_class"])
        sums = self.pieces.groupby(["class", "source_class"])[self.counted].sum().reindex(index, fill_value=0.0)
        table = sums.reset_index()
        table.insert(0, "hazard", self.name)
        table.insert(4, "area_nested_m2", table["class"].map(self._nested_m2()))
        return table

    def by_unit(self, units: Units, planned_per_m2: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return a row per unit and class, each unit's classes together."""
        counted = [name for name in ("area_m2", "people", "buildings") if name in self.pieces]
        index = pd.MultiIndex.from_product([units.frame.index, self.classes()], names=["unit", "class"])
        keys = [self.pieces[units.id].rename("unit"), self.pieces["class"]]
        table = self.pieces.groupby(keys)[counted].sum().reindex(index, fill_value=0.0).reset_index()
        of_unit = units.frame.loc[table["unit"], ["code", "name"]].reset_index(drop=True)
        table = of_unit.assign(hazard=self.name).join(table.drop(columns="unit"))
        if planned_per_m2 is None:
            return table
        rows = np.repeat(units.frame.index, len(self.classes()))
        planned = planned_per_m2.loc[rows].reset_index(drop=True).mul(table["area_m2"], axis=0)
        return table.join(planned)

    def layer(self, everywhere: tuple[Units, ...]) -> GeoDataFrame:
        """Return the pieces of every class with an id, their units' codes and the figures they count for."""
        return self._told(self.pieces[self.pieces["class"] != ""], everywhere)

    def beyond(self, everywhere: tuple[Units, ...]) -> GeoDataFrame:
        """Return the pieces in no class, as ``layer`` does those of every class."""
        return self._told(self.pieces[self.pieces["class"] == ""], everywhere)

    def _told(self, pieces: GeoDataFrame, everywhere: tuple[Units, ...]) -> GeoDataFrame:
        inside = pieces.sort_values(["zone_row", *(each.id for each in everywhere)], kind="stable")
        stems = {code: stems_of(self.zones.codelist, code) for code in inside["class"].unique()}
        codes = {each.id: each.codes[inside[each.id]] for each in everywhere}
        columns = {
            "id": [f"{self.name}-{place:06d}" for place in range(1, len(inside) + 1)],
            "hazard": self.name,
            "class": inside["class"].to_numpy(),
            "source_class": inside["source_class"].to_numpy(),
            "figures": inside["class"].map(stems).to_numpy(),
            "nested": inside["class"].map(self._less_grave()).to_numpy(),
            **codes,
            **{name: inside[name].to_numpy() for name in self.counted},
        }
        return GeoDataFrame(columns, geometry=inside.geometry.to_numpy(), crs=inside.crs)

    def _less_grave(self) -> dict[str, str]:
        """Return, for each class, those whose nested area has it: itself and the less grave; ungraded ones alone."""
        graded = list(graded_classes(self.zones.codelist))
        alone = {name: name for name in self.classes()}
        return alone | {name: " ".join(graded[place:]) for place, name in enumerate(graded)}

    def _nested_m2(self) -> dict[str, float]:
        """Return, for each class, its area with that of the graver ones; ungraded classes stand alone."""
        alone = self.pieces.groupby("class")["area_m2"].sum().reindex(self.classes(), fill_value=0.0)
        graded = list(graded_classes(self.zones.codelist))
        return alone.to_dict() | alone[graded].cumsum().to_dict()


def ground_of(outline: shapely.Geometry, everywhere: Sequence[Units], report: Report) -> Ground:
    """Return the ground of the study cut by all ``everywhere``, each kind of which is a partition of it."""
    partitions = [each.partition() for each in everywhere]
    return Ground(outline, partitions, fragments(outline, partitions, report=report))


def sums_of(zones: Zones, ground: Ground, exposed: Exposed, report: Report) -> Sums:
    """Cut the ground at the zones, and count what stands on each piece."""
    partition = _partition(zones, ground.outline)
    cut = cut_by(ground.cut, [partition], report=part_of(report, 0.0, 0.6))
    row = cut.rows[ZONE_ROW]
    names = {name: np.append(zones.frame[name].to_numpy(dtype=object), "")[row] for name in ("class", "source_class")}
    pieces = GeoDataFrame({**cut.rows, **names, "area_m2": cut.area_m2}, geometry=cut.polygons, crs=zones.frame.crs)
    on = exposed.on(pieces.geometry, part_of(report, 0.6, 1.0))
    shown = proof(ground.outline, [*ground.partitions, partition], cut)
    return Sums(zones, pieces.join(on), float(cut.area_m2.sum()), shown)


def _partition(zones: Zones, outline: shapely.Geometry) -> Partition:
    """Return the zones' polygons, and the ground in none of them as the row after the last."""
    inside = zones.frame.geometry.to_numpy()
    rest = rest_of(outline, union_of_parts(inside))
    return Partition(ZONE_ROW, *shapely.get_parts(np.append(inside, rest), return_index=True))
