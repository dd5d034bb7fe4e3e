"""What the pieces of a study's ground tell: its tables by unit, units crossed, the plan, and the layers of the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from analyses.kinds import Kind
from analyses.proof import proof, proven
from analyses.result import Table, TableSpec
from analyses.soil import plan
from analyses.soil.crossed import crossed_rows
from analyses.soil.measured import ELEVATION, SLOPE, Ground, Measured
from analyses.soil.plan import Commitment
from analyses.soil.tables import BY_UNIT, CROSSED, FRAGMENTS, PLAN, TERRAIN
from analyses.terrain_classes import N_ELEVATIONS, N_SLOPES
from layers.problems import Problem


@dataclass(frozen=True)
class Subject:
    """What is measured: consumed soil, or artificial surfaces; ``renamed`` has the columns of the ledger."""

    column: str
    renamed: Mapping[str, str]
    knows_reversible: bool


CONSUMED = Subject("consumed", {}, knows_reversible=True)
ARTIFICIAL = Subject(
    "artificial",
    {"consumed_m2": "artificial_m2", "special_m2": "artificial_partial_m2"},
    knows_reversible=False,
)


@dataclass(frozen=True)
class Told:
    """Tables and layers of one run, and what is to be said of them."""

    tables: tuple[Table, ...]
    layers: Mapping[str, GeoDataFrame]
    problems: tuple[Problem, ...]


def tell(ground: Ground, measured: Measured, zones: GeoDataFrame | None, subject: Subject) -> Told:
    """Return every table that is a sum of pieces, and the units and fragments as polygons with their sums."""
    by_unit = tuple(_by_unit(measured, kind, subject) for kind in measured.kinds)
    crossed = crossed_rows(measured.pieces, measured.kinds, f"{subject.column}_m2")
    committed = _commitment(ground, measured, subject)
    planned, said = _plan(ground, measured, committed, zones)
    layers = {
        each.id: GeoDataFrame(table.frame, geometry=each.frame.geometry.to_numpy(), crs=each.frame.crs)
        for each, table in zip(ground.units, by_unit, strict=False)
    }
    layers[FRAGMENTS.id] = _fragments(ground, measured, committed, subject)
    if measured.kind(SLOPE) is not None:
        layers[TERRAIN.id] = _terrain(ground, measured, subject)
    units = tuple(problem for each in ground.units for problem in each.problems)
    pairs = (Table(CROSSED, crossed),) if len(measured.kinds) > 1 else ()
    shown = proven([proof(ground.outline, ground.partitions(), measured.fragments)])
    return Told((*by_unit, *pairs, *planned), layers, (*units, shown, *said))


def _by_unit(measured: Measured, kind: Kind, subject: Subject) -> Table:
    pieces = measured.pieces
    frame = kind.table(pieces.ledger(pieces.rows[kind.id], len(kind.codes)))
    return _table(BY_UNIT[kind.id], frame, subject)


def _table(spec: TableSpec, ledger: pd.DataFrame, subject: Subject) -> Table:
    used, whole = ledger["consumed_m2"].to_numpy(), ledger["area_m2"].to_numpy()
    ledger = ledger.assign(consumed_pct=100.0 * np.divide(used, whole, out=np.zeros_like(whole), where=whole > 0.0))
    return Table(spec, _declared(spec, ledger, subject))


def _declared(spec: TableSpec, ledger: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    """Return the columns of ``spec`` under the subject's names; a land-use map knows nothing of permanence."""
    unknown = [] if subject.knows_reversible else ["permanent_m2", "reversible_m2", "sealed_m2"]
    named = ledger.drop(columns=unknown, errors="ignore").rename(
        columns={"consumed_pct": f"{subject.column}_pct", **subject.renamed}
    )
    return named[[column.id for column in spec.columns if column.id in named.columns]]


def _plan(
    ground: Ground, measured: Measured, committed: Commitment | None, zones: GeoDataFrame | None
) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    zone = measured.kind("zone")
    if committed is None or zone is None or zones is None:
        return (), ()
    rows = plan.plan_rows(committed, zone)
    return (Table(PLAN, rows),), tuple(plan.remarks(zones, measured.pieces, ground.others[0], rows))


def _commitment(ground: Ground, measured: Measured, subject: Subject) -> Commitment | None:
    """Return what the plan commits, where there is one."""
    if not ground.others:
        return None
    pieces, district = measured.pieces, measured.kind("district")
    in_district = np.zeros(len(pieces.area_m2), dtype=bool)
    if district is not None:
        in_district = district.codes[pieces.rows[district.id]] != ""
    return plan.commitment(pieces, ground.others[0], in_district, knows_reversible=subject.knows_reversible)


def _fragments(ground: Ground, measured: Measured, committed: Commitment | None, subject: Subject) -> GeoDataFrame:
    """Return every fragment with the code of each unit it lies in and its sums: figures and tables are sums of them."""
    cut, pieces = measured.fragments, measured.pieces
    count = len(cut.area_m2)
    codes = {each.id: each.codes[cut.rows[each.id]] for each in ground.units}
    frame = pd.DataFrame({"id": np.arange(1, count + 1), **codes}).join(pieces.ledger(pieces.fragment, count))
    if committed is not None:
        frame = frame.join(committed.sums(pieces.fragment, count))
    return GeoDataFrame(_declared(FRAGMENTS, frame, subject), geometry=cut.polygons, crs=ground.crs)


def _terrain(ground: Ground, measured: Measured, subject: Subject) -> GeoDataFrame:
    """Return every fragment once for each class of slope and elevation it has, with its units and what it has of each.

    Classes are told cell by cell, so the outline is that of the whole fragment: the sums are of the class alone.
    """
    pieces, cut = measured.pieces, measured.fragments
    classes = pieces.rows[SLOPE] * N_ELEVATIONS + pieces.rows[ELEVATION]
    key = pieces.fragment * (N_SLOPES * N_ELEVATIONS) + classes
    _, first, by = np.unique(key, return_index=True, return_inverse=True)
    fragment = pieces.fragment[first]
    codes = {kind.id: kind.codes[pieces.rows[kind.id][first]] for kind in measured.kinds}
    frame = pd.DataFrame({"id": fragment + 1, **codes}).join(pieces.ledger(by, len(fragment)))
    return GeoDataFrame(_declared(TERRAIN, frame, subject), geometry=cut.polygons[fragment], crs=ground.crs)
