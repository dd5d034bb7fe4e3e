"""Consumed soil of the communes code by code: what the figures, the transitions and the comparisons are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from geopandas import GeoDataFrame

from analyses.progress import Report
from analyses.result import Table
from analyses.soil import ledger, remarks
from analyses.soil.codes import CLASS_OF, CODES
from analyses.soil.editions import Span
from analyses.soil.ledger import Areas
from analyses.soil.params import SoilParams
from analyses.soil.path import path_rows
from analyses.soil.state import years_of
from analyses.soil.tables import PATH, RECONCILIATION, TRANSITION
from layers.problems import Problem
from layers.raster import Raster


@dataclass(frozen=True)
class ByCode:
    """Areas of each code in each commune and, with two dates, of each transition (m²)."""

    communes: GeoDataFrame
    rasters: Span[Raster]
    areas_m2: Areas
    transitions_m2: Areas | None

    @property
    def net_m2(self) -> Areas | None:
        """Net consumption of each commune (m²); None where there is one date."""
        return None if self.transitions_m2 is None else ledger.of_two_dates(self.transitions_m2)["net_m2"].to_numpy()


def by_code(communes: GeoDataFrame, rasters: Span[Raster], report: Report) -> ByCode:
    """Measure every code in every commune, at one date or from one to the other."""
    # Numba takes a second to import; `puc-tool --help` and `list` read these files' declarations and need none of it.
    from analyses.zonal import zonal_areas, zonal_transitions

    grounds, after = communes.geometry, rasters.last.data
    if rasters.first is None:
        return ByCode(communes, rasters, zonal_areas(grounds, after, CLASS_OF, len(CODES), report=report), None)
    transitions = zonal_transitions(grounds, rasters.first.data, after, CLASS_OF, len(CODES), report=report)
    return ByCode(communes, rasters, transitions.sum(axis=1), transitions)


def tell_of_communes(found: ByCode, params: SoilParams) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Return transitions, the path to no net consumption and the published figures, as far as there is something."""
    compared, said = _published(found)
    said += remarks.on_issues(found.rasters)
    if found.transitions_m2 is None:
        return tuple(compared), tuple(said)
    moved = Table(TRANSITION, ledger.transition_rows(found.transitions_m2))
    said += remarks.on_change(found.transitions_m2.sum(axis=0))
    return (moved, *_path(found, params), *compared), tuple(said)


def _path(found: ByCode, params: SoilParams) -> list[Table]:
    first, last = years_of(found.rasters)
    if first is None or last is None or found.net_m2 is None:
        return []
    net_m2 = float(found.net_m2.sum())
    return [Table(PATH, path_rows(net_m2, (first, last), params.net_zero_year, params.path_from))]


def _published(found: ByCode) -> tuple[list[Table], list[Problem]]:
    from analyses.soil.reconciliation import Counted, reconciliation

    frame = reconciliation(Counted(found.communes, _consumed_by_year(found), found.net_m2), found.rasters)
    if frame.empty:
        return [], []
    return [Table(RECONCILIATION, frame)], remarks.on_published(frame, found.rasters)


def _consumed_by_year(found: ByCode) -> dict[int, Areas]:
    """Return the consumed soil of each commune by the years that are known."""
    first, last = years_of(found.rasters)
    states = {last: found.areas_m2}
    if found.transitions_m2 is not None:
        states = {first: found.transitions_m2.sum(axis=2), **states}
    consumed = {year: ledger.of_one_date(areas)["consumed_m2"] for year, areas in states.items()}
    return {year: np.asarray(areas, dtype=np.float64) for year, areas in consumed.items() if year is not None}
