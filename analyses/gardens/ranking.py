"""The ranking of sites: score and bounds, how firmly each place is held, plots, people, reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.decision.firmness import Draws, Firmness, firmness, ranks
from analyses.decision.smallest_change import smallest_change
from analyses.gardens import remarks
from analyses.gardens.criteria import Cells, Criterion
from analyses.gardens.ground import Ground
from analyses.gardens.params import GardenParams
from analyses.gardens.people_in_reach import people_in_reach
from analyses.gardens.sites import AREA, SiteCells, SiteScores, reasons, site_cells
from analyses.gardens.surroundings import Surroundings
from analyses.gardens.tables import REASONS
from analyses.progress import Report, part_of
from layers.problems import Problem

_SUM = 0.5
_CODE = "OU"
"""Urban gardens (orti urbani): S1, S2… are FAO's classes of suitability."""
_WHOLE = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Placing:
    """Sites best first: ``sites`` with rank, name, owner, area, plots and scores; their criteria; their cells."""

    sites: GeoDataFrame
    scores: SiteScores
    cells: SiteCells


@dataclass(frozen=True)
class Ranking:
    """``sites`` has all columns of the table and geometry, best first; ``reasons`` has a row for each and criterion.

    ``problems`` tell how firm the first is.
    """

    sites: GeoDataFrame
    reasons: pd.DataFrame
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Judged:
    """The criteria with a say: their ``scores`` (sites × criteria, 0 to 1), and each one's share of the weight."""

    criteria: Sequence[Criterion]
    scores: Floats
    weights: Floats
    orness: float

    @property
    def adds_up(self) -> bool:
        """Whether a site's score is the sum of what each criterion gives; under ordered weights it is not."""
        return self.orness == _SUM


def placed(ground: Ground, found: GeoDataFrame, scores: Cells, weights: Floats, params: GardenParams) -> Placing:
    """Return ``found`` (name, owner, geometry) best first by the middle score; ``scores`` are (criteria, n cells)."""
    cells = site_cells(ground, found.geometry.to_numpy())
    table = cells.scores(ground, scores)
    low, middle, high = table.ends(weights, params.orness)
    area_m2 = found.area.to_numpy()
    order = np.lexsort((-area_m2, -middle))
    columns = {
        "rank": ranks(middle),
        "name": found["name"].to_numpy(),
        "owner": found["owner"].to_numpy(),
        "area_m2": area_m2,
        "plots": plots(area_m2, params),
        "score": middle,
        "score_low": low,
        "score_high": high,
    }
    frame = GeoDataFrame(columns, geometry=found.geometry.to_numpy(), crs=found.crs).iloc[order].reset_index(drop=True)
    frame.insert(1, "site", [f"{_CODE}{place}" for place in range(1, len(frame) + 1)])
    frame["name"] = [name or f"{AREA.it} {site}" for name, site in zip(frame["name"], frame["site"], strict=True)]
    return Placing(frame, table.of(order), cells.of(order))


def ranked(
    around: Surroundings, placing: Placing, criteria: Sequence[Criterion], weights: Floats, *, params: GardenParams,
    report: Report,
) -> Ranking:  # fmt: skip
    """Return the sites with how firmly they hold their places, people in reach and reasons."""
    if not len(placing.sites):
        return Ranking(placing.sites, pd.DataFrame(columns=[column.id for column in REASONS.columns]))
    has_say = weights > 0.0
    counted = [criterion for criterion, counts in zip(criteria, has_say, strict=True) if counts]
    judged = _Judged(counted, placing.scores.middle[:, has_say], weights[has_say], params.orness)
    held = _held(judged, params, part_of(report, 0.0, 0.8))
    told = [reasons(counted, judged.weights, row, is_sum=judged.adds_up) for row in judged.scores]
    columns = {
        "rank_low": held.rank_low,
        "rank_high": held.rank_high,
        "top_share_pct": 100.0 * held.top_share,
        **_people(around, placing),
        "reasons": [each.it for each in told],
        "reasons_en": [each.en for each in told],
    }
    sites = placing.sites.assign(**columns)
    last = sites.pop("geometry")
    sites = GeoDataFrame(sites, geometry=last, crs=placing.sites.crs)
    said = tuple(_remarks(sites, judged, part_of(report, 0.8, 1.0)))
    return Ranking(sites, _reasons(sites["site"], judged), said)


def _reasons(sites: pd.Series, judged: _Judged) -> pd.DataFrame:
    """Return what each criterion gives to each site's score; under ordered weights nothing adds up (part: NaN)."""
    n = len(sites)
    return pd.DataFrame(
        {
            "site": np.repeat(sites.to_numpy(), len(judged.criteria)),
            "criterion": [each.id for each in judged.criteria] * n,
            "name": [each.title.it for each in judged.criteria] * n,
            "score": judged.scores.ravel(),
            "weight": np.tile(judged.weights, n),
            "part": (judged.scores * judged.weights).ravel() if judged.adds_up else np.nan,
        }
    )


def plots(area_m2: Floats, params: GardenParams) -> NDArray[np.int64]:
    """Return how many whole plots fit, once paths have their share."""
    return np.floor(area_m2 * (1.0 - params.paths_pct / 100.0) / params.plot_m2 + _WHOLE).astype(np.int64)


def _held(judged: _Judged, params: GardenParams, report: Report) -> Firmness:
    draws = Draws(params.draws, params.spread_pct / 100.0)
    return firmness(judged.scores, judged.weights, top=params.top, orness=judged.orness, draws=draws, report=report)


def _people(around: Surroundings, placing: Placing) -> dict[str, Floats]:
    people = people_in_reach(around, placing.sites, placing.cells)
    return {} if people is None else {"people": people}


def _remarks(sites: pd.DataFrame, judged: _Judged, report: Report) -> Iterator[Problem]:
    if len(sites) < 2 or not judged.adds_up:
        return
    change = smallest_change(judged.scores, judged.weights, report)
    names = [f"{site} {name}" for site, name in zip(sites["site"], sites["name"], strict=True)]
    yield remarks.firmness_of_first(change, names, judged.criteria, judged.weights)
