"""What was weighed, as the figures, tables, layers and rasters that the analysis declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.gardens import opinions, scenarios, vetoes
from analyses.gardens.classes import by_class, classified
from analyses.gardens.disagreement import by_disagreement, classes_of
from analyses.gardens.ground import Ground
from analyses.gardens.ranking import Ranking, ranked
from analyses.gardens.status import EXCLUDED, NO_DATA, SUITABLE, UNSUITABLE
from analyses.gardens.suitability import Verdict
from analyses.gardens.tables import BY_CLASS, BY_DISAGREEMENT, CRITERIA, FIGURES, REASONS, SCENARIOS, SITES
from analyses.gardens.tables import EXCLUDED as EXCLUDED_TABLE
from analyses.gardens.told import told
from analyses.gardens.weighing import Weighed, Weighing
from analyses.progress import Report, part_of, tracked
from analyses.result import OUTLINE, Figure, Result, Table
from layers.roles import BOUNDARY
from layers.text import NOTHING, Text

STATUS = {
    "suitable_m2": SUITABLE, "excluded_m2": EXCLUDED, "unsuitable_m2": UNSUITABLE, "no_data_m2": NO_DATA,
}  # fmt: skip
_NOT_JUDGED = Text("I pesi non vengono da confronti a coppie.", "The weights come from no pairwise judgements.")
_ONE_SET = Text("Serve più di un insieme di pesi, e più di un sito.", "It takes several weight sets and several sites.")

Compared = Mapping[str, tuple[Mapping[str, float], GeoDataFrame]]


def answer(weighing: Weighing, report: Report) -> Result:
    """Weigh the ground as the parameters say, and tell all that the analysis declares."""
    weighed, params = weighing.reweighed(), weighing.params
    cells = _cells(weighing, weighed)
    compared = _compared(weighing, weighed, part_of(report, 0.0, 0.5))
    ranking = ranked(weighing.around, weighed.placing, weighing.criteria, weighed.shares, params=params,
                     report=part_of(report, 0.5, 1.0))  # fmt: skip
    ground = weighing.around.ground
    outline = GeoDataFrame({"name": [BOUNDARY.title.it]}, geometry=[ground.boundary], crs=ground.grid.crs)
    layers = {OUTLINE: outline} | ({"sites": ranking.sites} if len(ranking.sites) else {})
    return Result(
        tuple(_figures(weighing, weighed, ranking)),
        (*_of_sites(ranking), *_of_ground(weighing, weighed, cells), _side_by_side(compared)),
        layers | _side_by_side_sites(compared),
        (*told(weighing, weighed), *ranking.problems),
        {name: weighing.around.ground.raster(values) for name, values in cells.items()},
    )


def _compared(weighing: Weighing, weighed: Weighed, report: Report) -> Compared:
    """Return the area of each status and the sites under every scenario: their verdicts are not kept in memory."""
    found = {}
    for each in tracked(scenarios.ALL, report, scenarios.TITLE):
        own = each.id == weighing.params.scenario
        verdict, sites = (weighed.verdict, weighed.found) if own else weighing.under(weighed.low, weighed.high, each)
        found[each.id] = _areas(weighing, verdict), sites
    return found


def _areas(weighing: Weighing, verdict: Verdict) -> Mapping[str, float]:
    return {name: verdict.area_m2(weighing.around.ground, status) for name, status in STATUS.items()}


def _figures(weighing: Weighing, weighed: Weighed, ranking: Ranking) -> Iterator[Figure]:
    ratio, agreement = weighing.consistency_ratio, opinions.agreement(weighing, weighed)
    answers: dict[str, tuple[float | None, Text]] = {
        name: (area_m2, NOTHING) for name, area_m2 in _areas(weighing, weighed.verdict).items()
    }
    answers["sites"] = float(len(ranking.sites)), NOTHING
    answers["consistency_ratio"] = ratio, _NOT_JUDGED if ratio is None else NOTHING
    answers["concordance"] = agreement, _ONE_SET if agreement is None else NOTHING
    for spec in FIGURES:
        value, why = answers[spec.id]
        yield Figure(spec, value, why)


def _of_sites(ranking: Ranking) -> Iterator[Table]:
    yield Table(SITES, _sites(ranking))
    yield Table(REASONS, ranking.reasons)


def _of_ground(weighing: Weighing, weighed: Weighed, cells: Mapping[str, NDArray[Any]]) -> Iterator[Table]:
    ground = weighing.around.ground
    yield Table(BY_CLASS, by_class(cells["class"], ground))
    yield Table(BY_DISAGREEMENT, by_disagreement(cells.get("disagreement_class"), ground))
    yield Table(EXCLUDED_TABLE, vetoes.table(weighed.verdict.causes, ground))
    yield Table(CRITERIA, _criteria(weighing))


def _sites(ranking: Ranking) -> pd.DataFrame:
    """Return the table; with no site it has all its columns all the same."""
    frame = pd.DataFrame(ranking.sites.drop(columns="geometry"))
    return frame if len(frame) else frame.reindex(columns=[column.id for column in SITES.columns])


def _criteria(weighing: Weighing) -> pd.DataFrame:
    ground, has_say = weighing.around.ground, weighing.own_shares > 0.0
    missing_m2 = [_missing_m2(ground, weighing.scores[place]) for place in np.flatnonzero(has_say)]
    whole_m2, counted = float(ground.area_m2.sum()), weighing.counted
    return pd.DataFrame(
        {
            "criterion": [each.id for each in counted],
            "name": [each.title.it for each in counted],
            "weight": weighing.own_shares[has_say],
            "best": [each.best for each in counted],
            "worst": [each.worst for each in counted],
            "classes": [each.classes for each in counted],
            "share_missing_pct": [100.0 * (each / whole_m2) for each in missing_m2],
            "source": [each.source for each in counted],
        }
    )


def _missing_m2(ground: Ground, score: NDArray[np.float32]) -> float:
    return ground.area_where(lambda some: np.isnan(score[some]))


def _side_by_side(compared: Compared) -> Table:
    rows = [
        {"scenario": name, "name": scenarios.BY_ID[name].title.it, **areas, "sites": len(places)}
        for name, (areas, places) in compared.items()
    ]
    return Table(SCENARIOS, pd.DataFrame(rows, columns=[column.id for column in SCENARIOS.columns]))


def _side_by_side_sites(compared: Compared) -> dict[str, GeoDataFrame]:
    """Return the sites of all scenarios as one layer, to be laid over each other."""
    frames = [
        places.assign(scenario=name, area_m2=places.area)[["scenario", "name", "owner", "area_m2", "geometry"]]
        for name, (_, places) in compared.items()
        if len(places)
    ]
    return {"scenario_sites": GeoDataFrame(pd.concat(frames, ignore_index=True))} if frames else {}


def _cells(weighing: Weighing, weighed: Weighed) -> dict[str, NDArray[Any]]:
    """Return what is written of every cell (n,), by the name of its raster."""
    verdict = weighed.verdict
    cells: dict[str, NDArray[Any]] = {"score_low": weighed.low, "score_high": weighed.high}
    cells |= {"status": verdict.status, "causes": verdict.causes.held}
    cells["class"] = classified(weighed.low, weighed.high, verdict)
    cells |= dict(opinions.maps(weighing, weighed))
    if "disagreement" in cells:
        cells["disagreement_class"] = classes_of(cells["disagreement"], verdict.status, weighing.params)
    return cells
