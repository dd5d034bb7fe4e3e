"""The ranking of sites: score and bounds, how firmly each place is held, plots, people, reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.decision.firmness import Draws, firmness, ranks
from analyses.decision.smallest_change import smallest_change
from analyses.gardens import remarks
from analyses.gardens.criteria import Cells, Criterion
from analyses.gardens.params import GardenParams
from analyses.gardens.sites import AREA, SiteCells, SiteScores, reasons, site_cells
from analyses.gardens.surfaces import Surroundings, people_within
from analyses.gardens.tables import SITES
from analyses.progress import Report, part_of
from layers.problems import Problem

_SUM = 0.5
_WHOLE = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ranking:
    """``sites`` has the columns of the table and geometry, best first; ``table`` the scores, sites × criteria."""

    sites: GeoDataFrame
    table: Floats
    problems: tuple[Problem, ...] = ()


def ranked(
    around: Surroundings, found: GeoDataFrame, criteria: Sequence[Criterion], scores: Cells, weights: Floats, *,
    params: GardenParams, report: Report,
) -> Ranking:  # fmt: skip
    """Return ``found`` (name, owner, geometry) ranked by the middle score; ``scores`` are (criteria, n cells)."""
    if not len(found):
        names = [column.id for column in SITES.columns]
        return Ranking(GeoDataFrame(columns=[*names, "geometry"], geometry="geometry"), np.empty((0, len(criteria))))
    cells = site_cells(around.ground, found.geometry.to_numpy())
    table = cells.scores(around.ground, scores)
    low, middle, high = table.ends(weights, params.orness)
    order = np.lexsort((-found.area.to_numpy(), -middle))
    draws = Draws(params.draws, params.spread_pct / 100.0)
    held = firmness(table.middle, weights, top=params.top, orness=params.orness, draws=draws,
                    report=part_of(report, 0.0, 0.8))  # fmt: skip
    area_m2 = found.area.to_numpy()
    columns = {
        "rank": ranks(middle),
        "name": found["name"].to_numpy(),
        "owner": found["owner"].to_numpy(),
        "area_m2": area_m2,
        "plots": plots(area_m2, params),
        "score": middle,
        "score_low": low,
        "score_high": high,
        "rank_low": held.rank_low,
        "rank_high": held.rank_high,
        "top_share_pct": 100.0 * held.top_share,
        **_people(around, cells),
        "reasons": _reasons(criteria, weights, table, params.orness),
    }
    frame = GeoDataFrame(columns, geometry=found.geometry.to_numpy(), crs=found.crs).iloc[order].reset_index(drop=True)
    frame.insert(1, "site", [f"S{place}" for place in range(1, len(frame) + 1)])
    frame["name"] = frame["name"].where(frame["name"] != "", AREA.it + " " + frame["site"])
    ordered = table.middle[order]
    said = tuple(_remarks(frame, ordered, criteria, weights, params.orness, part_of(report, 0.8, 1.0)))
    return Ranking(frame, ordered, said)


def plots(area_m2: Floats, params: GardenParams) -> NDArray[np.int64]:
    """Return how many whole plots fit, once paths have their share."""
    return np.floor(area_m2 * (1.0 - params.paths_pct / 100.0) / params.plot_m2 + _WHOLE).astype(np.int64)


def _people(around: Surroundings, cells: SiteCells) -> dict[str, Floats]:
    if around.residents is None:
        return {}
    # One cell in the middle of each site's list stands for it: the reach is far larger than a site.
    count = np.bincount(cells.site, minlength=cells.count)
    order = np.argsort(cells.site, kind="stable")
    start = np.cumsum(count) - count
    return {"people": people_within(around, around.ground.cells[cells.cell[order[start + count // 2]]])}


def _reasons(criteria: Sequence[Criterion], weights: Floats, table: SiteScores, orness: float) -> list[str]:
    return [reasons(criteria, weights, row, is_sum=orness == _SUM) for row in table.middle]


def _remarks(
    sites: pd.DataFrame, table: Floats, criteria: Sequence[Criterion], weights: Floats, orness: float, report: Report
) -> Iterator[Problem]:
    if len(sites) < 2:
        return
    if orness != _SUM:
        yield remarks.not_a_sum()
        return
    change = smallest_change(table, weights, report)
    names = [f"{site} {name}" for site, name in zip(sites["site"], sites["name"], strict=True)]
    yield remarks.firmness_of_first(change, names, criteria, weights)
