"""Where urban gardens can go, why there and not elsewhere, and how firmly the ranking stands.

Method: criteria scored from 0 to 1 on one grid (``gardens.criteria``), combined by weighted sum or ordered weights
(Malczewski 1999, 2006); vetoes exclude whatever the score, each with its source; sites are ranked by the mean score of
their ground. What misses a criterion has bounds, the score with 0 and with 1 in the gap, and is never filled.
Source: McClintock, Cooper & Khandeshi 2013, doi:10.1016/j.landurbplan.2012.12.009; *Campagna Urbana* (2013).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.analysis import Analysis, Edition, Population
from analyses.attributes import words
from analyses.decision.consensus import concordance
from analyses.decision.judgements import advice, weighting
from analyses.gardens import checks, remarks, scenarios, vetoes
from analyses.gardens.criteria import UNVERIFIED, Cells, Criterion, standardised
from analyses.gardens.ground import ground_of
from analyses.gardens.params import UNTOUCHED, GardenParams
from analyses.gardens.ranking import Ranking, ranked
from analyses.gardens.scenarios import Scenario
from analyses.gardens.sites import Rules, sites
from analyses.gardens.suitability import EXCLUDED, NO_DATA, SUITABLE, UNSUITABLE, Verdict, verdict
from analyses.gardens.surfaces import Reach, Surroundings
from analyses.gardens.tables import CRITERIA, FIGURES, SCENARIOS, SITES, TABLES
from analyses.gardens.tables import EXCLUDED as EXCLUDED_TABLE
from analyses.gardens.weights import judged, matrix, of_sets, weights
from analyses.hazard.exposure import residents_of
from analyses.progress import Report, part_of, silent, tracked
from analyses.result import Figure, Result, Table
from layers import roles
from layers.problems import Problem
from layers.raster import ArrayRaster, Raster
from layers.text import NOTHING, Text
from layers.union import union_of_parts

MEASURING = Text("Misura dei criteri", "Measuring the criteria")
_STATUS = {
    "suitable_m2": SUITABLE, "excluded_m2": EXCLUDED, "unsuitable_m2": UNSUITABLE, "no_data_m2": NO_DATA,
}  # fmt: skip
_LA_SPEZIA = "011015"
_NOT_JUDGED = Text("I pesi non vengono da confronti a coppie.", "The weights come from no pairwise judgements.")
_ONE_SET = Text("Serve più di un insieme di pesi, e più di un sito.", "It takes several weight sets and several sites.")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Measured:
    """``values`` by criterion, also of those without a weight; ``scores`` (criteria, n) of ``counted``, in order."""

    counted: tuple[Criterion, ...]
    values: Mapping[str, Cells]
    scores: Cells
    weights: Floats


def garden_suitability(
    *,
    boundary: GeoDataFrame,
    elevation: Raster | None = None,
    land_use: tuple[Edition[GeoDataFrame], ...] = (),
    soil_consumption: tuple[Edition[Raster], ...] = (),
    public_land: GeoDataFrame | None = None,
    parcels: GeoDataFrame | None = None,
    contaminated_sites: GeoDataFrame | None = None,
    constraints: GeoDataFrame | None = None,
    streets: GeoDataFrame | None = None,
    railways: GeoDataFrame | None = None,
    water_points: GeoDataFrame | None = None,
    census: tuple[Edition[GeoDataFrame], ...] = (),
    neighbourhoods: GeoDataFrame | None = None,
    buildings: GeoDataFrame | None = None,
    landslide_hazard: GeoDataFrame | None = None,
    flood_hazard: GeoDataFrame | None = None,
    population: Population | None = None,
    params: GardenParams = UNTOUCHED,
    report: Report = silent,
) -> Result:
    """Tell suitable ground from excluded, and rank the sites on it.

    Parameters
    ----------
    boundary : communes, polygons in a metric CRS; every vector layer is in the same
    elevation, soil_consumption : rasters in any CRS; of dated layers the latest counts, here and below
    land_use, constraints, buildings, contaminated_sites : what excludes
    public_land, parcels : what sites are looked for on, public land first; without either, connected ground
    streets, railways, water_points, landslide_hazard, flood_hazard : what the criteria look at
    census, neighbourhoods : residents; the neighbourhoods' where there is no census
    population : not used: people are needed where they live
    params : criteria, weights and the rest
    report : told the share done; may raise Cancelled

    Returns
    -------
    Result
        The four areas add up to the boundary. ``layers["sites"]`` are the sites, ``rasters`` the least and the
        largest score of each cell, its status (1 suitable, 2 excluded, 3 unsuitable, 4 undecided) and causes (bits, in
        the order of the table).
    """
    layers = {
        "elevation": elevation, "land_use": _latest(land_use), "soil_consumption": _latest(soil_consumption),
        "public_land": public_land, "parcels": parcels, "contaminated_sites": contaminated_sites,
        "constraints": constraints, "streets": streets, "railways": railways, "water_points": water_points,
        "census": _latest(census), "neighbourhoods": neighbourhoods, "buildings": buildings,
        "landslide_hazard": landslide_hazard, "flood_hazard": flood_hazard, "boundary": boundary,
    }  # fmt: skip
    ground = ground_of(boundary.geometry, union_of_parts(boundary.geometry.to_numpy()), params.cell_m)
    residents = residents_of(census, neighbourhoods, buildings)
    reach = Reach(params.demand_m, params.detour)
    around = Surroundings(ground, layers, residents, reach, params.clear_sky_pct / 100.0)
    measured, ratio, told = _measured(around, params, part_of(report, 0.0, 0.6))
    scores = _combined(measured, params.orness)
    causes = tuple(vetoes.vetoes(around, measured.values, params.criterion))
    step = part_of(report, 0.6, 0.8)
    compared = {
        each.id: _under(around, scores, causes, each, params) for each in tracked(scenarios.ALL, step, scenarios.TITLE)
    }
    chosen, found = compared[params.scenario]
    ranking = ranked(around, found, measured.counted, measured.scores, measured.weights, params=params,
                     report=part_of(report, 0.8, 1.0))  # fmt: skip
    said = (
        *_remarks(around, measured, params),
        *told,
        *(residents.problems if residents is not None else ()),
        *_of_sites(around, chosen, found, params),
        *ranking.problems,
    )
    return Result(
        tuple(_figures(around, chosen, ranking, ratio, _agreement(ranking, measured, params))),
        tuple(_tables(around, measured, chosen, ranking, compared)),
        {"sites": ranking.sites} if len(ranking.sites) else {},
        said,
        _rasters(around, scores, chosen),
    )


def _latest(editions: Sequence[Edition[Any]]) -> Any:
    return editions[-1].data if editions else None


def _measured(
    around: Surroundings, params: GardenParams, report: Report
) -> tuple[_Measured, float | None, list[Problem]]:
    """Return what the criteria with a layer measure, their weights, and the judgements' consistency ratio."""
    there = tuple(criterion for criterion in params.criterion if around.has(criterion))
    values = {criterion.id: around.values(criterion) for criterion in tracked(there, report, MEASURING)}
    counted = tuple(criterion for criterion in there if criterion.weight > 0.0)
    scores = np.stack([standardised(values[criterion.id], criterion) for criterion in counted])
    if not params.judgement:
        return _Measured(counted, values, scores, weights(counted, (), np.empty(0))), None, []
    judgements = matrix(params.judgement)
    found, mend = weighting(judgements), advice(judgements)
    told = [] if mend is None else [remarks.inconsistent(mend, judged(params.judgement))]
    share = weights(counted, params.judgement, found.weights)
    return _Measured(counted, values, scores, share), found.consistency_ratio, told


def _combined(measured: _Measured, orness: float) -> tuple[Cells, Cells]:
    from analyses.kernels.ordered_weights import combined

    return combined(measured.scores, measured.weights, orness)


def _under(
    around: Surroundings, scores: tuple[Cells, Cells], causes: tuple[vetoes.Veto, ...], scenario: Scenario,
    params: GardenParams,
) -> tuple[Verdict, GeoDataFrame]:  # fmt: skip
    """Return the verdict on each cell under a scenario, and its sites."""
    own = None if scenario is scenarios.BASE else scenario.veto(around)
    all_causes = causes if own is None else (*causes, own)
    least_m2 = max(params.least_site_m2, scenario.least_m2)
    found = verdict(around.ground, scores, all_causes, least_score=params.least_score, least_m2=least_m2)
    lands = _lands(around, scenario)
    return found, sites(around.ground, found.patches, lands, Rules(least_m2, params.least_compactness))


def _lands(around: Surroundings, scenario: Scenario) -> GeoDataFrame | None:
    public, parcels = (around.layers.get(role.id) for role in (roles.PUBLIC_LAND, roles.PARCELS))
    return parcels if public is None or scenario.is_on_any_land else public


def _agreement(ranking: Ranking, measured: _Measured, params: GardenParams) -> float | None:
    """Return Kendall's W of the run's weights and the other sets on the sites; None where there is nothing to rank."""
    sets = np.vstack([measured.weights, of_sets(measured.counted, params.weight_set)])
    if len(sets) < 2 or len(ranking.table) < 2:
        return None
    found = concordance(ranking.table @ sets.T)
    return None if np.isnan(found) else found


def _figures(
    around: Surroundings, chosen: Verdict, ranking: Ranking, ratio: float | None, agreement: float | None
) -> Iterator[Figure]:
    answers: dict[str, tuple[float | None, Text]] = {
        name: (chosen.area_m2(around.ground, status), NOTHING) for name, status in _STATUS.items()
    }
    answers["sites"] = float(len(ranking.sites)), NOTHING
    answers["consistency_ratio"] = ratio, _NOT_JUDGED if ratio is None else NOTHING
    answers["concordance"] = agreement, _ONE_SET if agreement is None else NOTHING
    for spec in FIGURES:
        value, why = answers[spec.id]
        yield Figure(spec, value, why)


def _tables(
    around: Surroundings, measured: _Measured, chosen: Verdict, ranking: Ranking,
    compared: Mapping[str, tuple[Verdict, GeoDataFrame]],
) -> Iterator[Table]:  # fmt: skip
    yield Table(SITES, pd.DataFrame(ranking.sites.drop(columns="geometry")))
    yield Table(EXCLUDED_TABLE, vetoes.table(chosen.causes, around.ground.area_m2))
    yield Table(CRITERIA, _criteria(around, measured))
    yield Table(SCENARIOS, _side_by_side(around, compared))


def _criteria(around: Surroundings, measured: _Measured) -> pd.DataFrame:
    area_m2 = around.ground.area_m2
    missing = [float(area_m2[np.isnan(each)].sum() / area_m2.sum()) for each in measured.scores]
    return pd.DataFrame(
        {
            "criterion": [each.id for each in measured.counted],
            "name": [each.title.it for each in measured.counted],
            "weight": measured.weights,
            "best": [each.best for each in measured.counted],
            "worst": [each.worst for each in measured.counted],
            "share_missing_pct": [100.0 * share for share in missing],
            "source": [each.source for each in measured.counted],
        }
    )


def _side_by_side(around: Surroundings, compared: Mapping[str, tuple[Verdict, GeoDataFrame]]) -> pd.DataFrame:
    rows = [
        {"scenario": name, "name": scenarios.BY_ID[name].title.it}
        | {figure: found.area_m2(around.ground, status) for figure, status in _STATUS.items()}
        | {"sites": len(places)}
        for name, (found, places) in compared.items()
    ]
    return pd.DataFrame(rows, columns=[column.id for column in SCENARIOS.columns])


def _rasters(around: Surroundings, scores: tuple[Cells, Cells], chosen: Verdict) -> dict[str, ArrayRaster]:
    low, high = scores
    cells: dict[str, NDArray[Any]] = {"score_low": low, "score_high": high}
    cells |= {"status": chosen.status, "causes": chosen.bits()}
    return {name: around.ground.raster(values) for name, values in cells.items()}


def _remarks(around: Surroundings, measured: _Measured, params: GardenParams) -> Iterator[Problem]:
    yield remarks.SOIL_ANALYSIS
    if _has_pitelli(around):
        yield remarks.SIN_ORDINANCE
    for criterion in params.criterion:
        if criterion.weight > 0.0 and criterion not in measured.counted:
            yield remarks.without_layer(criterion)
    proposed = [criterion for criterion in measured.counted if criterion.id in UNVERIFIED]
    if proposed:
        yield remarks.unverified(proposed)


def _has_pitelli(around: Surroundings) -> bool:
    """Tell whether the study is of La Spezia, or names the site of Pitelli, whose ordinances hold there alone."""
    boundary, sites = (around.layers.get(role.id) for role in (roles.BOUNDARY, roles.CONTAMINATED_SITES))
    of_la_spezia = boundary is not None and _LA_SPEZIA in set(words(boundary, "code"))
    return of_la_spezia or (sites is not None and bool(words(sites, "name").str.contains("pitelli", case=False).any()))


def _of_sites(around: Surroundings, chosen: Verdict, found: GeoDataFrame, params: GardenParams) -> Iterator[Problem]:
    scenario = scenarios.BY_ID[params.scenario]
    if scenario is not scenarios.BASE and scenario.veto(around) is None:
        yield remarks.not_applied(scenario)
    if not len(found):
        yield remarks.no_site()
    lands = _lands(around, scenario)
    off_m2 = chosen.area_m2(around.ground, SUITABLE) - float(found.area.sum())
    if lands is not None and off_m2 > params.least_site_m2:
        is_public = lands is around.layers.get(roles.PUBLIC_LAND.id)
        yield remarks.off_the_sites(off_m2, (roles.PUBLIC_LAND if is_public else roles.PARCELS).title)


GARDEN_SUITABILITY = Analysis(
    id="garden-suitability",
    title=Text("Idoneità agli orti urbani", "Suitability for urban gardens"),
    about=Text(
        "Dove possono stare orti urbani e Campagna Urbana, perché lì, e quanto tiene la graduatoria.",
        "Where urban gardens can go, why there, and how firmly the ranking stands.",
    ),
    inputs=(
        roles.BOUNDARY,
        roles.ELEVATION,
        roles.LAND_USE,
        roles.SOIL_CONSUMPTION,
        roles.PUBLIC_LAND,
        roles.PARCELS,
        roles.CONTAMINATED_SITES,
        roles.CONSTRAINTS,
        roles.STREETS,
        roles.RAILWAYS,
        roles.WATER_POINTS,
        roles.CENSUS,
        roles.NEIGHBOURHOODS,
        roles.BUILDINGS,
        roles.LANDSLIDE_HAZARD,
        roles.FLOOD_HAZARD,
    ),
    needs=((roles.BOUNDARY,), (roles.ELEVATION, roles.LAND_USE)),
    params=GardenParams,
    run=garden_suitability,
    figures=FIGURES,
    tables=TABLES,
    problems=checks.problems,
    headlines=("suitable_m2", "sites", "excluded_m2", "no_data_m2"),
)
