"""The ground measured once and weighed as often as one likes: what a run, and a window with sliders, stand on.

Measuring takes seconds; weighing takes a fraction of one, so that a map can follow a hand that moves a weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.decision.combining import normalised
from analyses.decision.judgements import Advice, advice, weighting
from analyses.gardens import scenarios, vetoes
from analyses.gardens.criteria import Cells, Criterion, standardised
from analyses.gardens.ground import ground_of
from analyses.gardens.params import GardenParams
from analyses.gardens.ranking import Placing, placed
from analyses.gardens.scenarios import Scenario
from analyses.gardens.sites import Rules, sites
from analyses.gardens.suitability import Verdict, verdict
from analyses.gardens.surfaces import Near
from analyses.gardens.surroundings import Reach, Surroundings, rim_of
from analyses.gardens.weights import judged, matrix, weights
from analyses.hazard.exposure import residents_of
from analyses.progress import Report, part_of, silent, tracked
from layers import roles
from layers.scratch import Growing, room_for
from layers.text import Text
from layers.union import union_of_parts

MEASURING = Text("Misura dei criteri", "Measuring the criteria")

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Weighed:
    """What one set of weights makes of the ground.

    ``low`` and ``high`` (n,) are the least and the largest score of each cell, ``verdict`` tells which are suitable,
    ``found`` holds the sites in no order and ``placing`` the same best first, with rank and score.
    """

    shares: Floats
    low: Cells
    high: Cells
    verdict: Verdict
    found: GeoDataFrame
    placing: Placing


@dataclass(frozen=True)
class Weighing:
    """The criteria that have a layer, their ``scores`` (criteria, n cells), and the causes that exclude in any case.

    ``left_out`` (n,) is what each scenario excludes besides; one that lacks its layer is not there.
    """

    around: Surroundings
    params: GardenParams
    criteria: tuple[Criterion, ...]
    scores: Cells
    causes: vetoes.Causes
    left_out: Mapping[str, Truths]

    def reweighed(self, weights: Mapping[str, float] | None = None, *, orness: float | None = None) -> Weighed:
        """Return map, sites and ranks under other weights: the same as a fresh run with them.

        Parameters
        ----------
        weights : by the id of the criterion, any positive sum; one that is not named has no say; None for the run's own
        orness : 0 all criteria must be good, ½ weighted sum, 1 one is enough; None for the run's own

        Raises
        ------
        ValueError
            If a weight is negative, or no criterion that has a layer has any.
        """
        from analyses.kernels.ordered_weights import combined

        params = self.params if orness is None else replace(self.params, orness=orness)
        shares = self.own_shares if weights is None else self._shares(weights)
        low, high = combined(self.scores, shares, params.orness)
        told, found = self.under(low, high, scenarios.BY_ID[params.scenario])
        return Weighed(shares, low, high, told, found, placed(self.around.ground, found, self.scores, shares, params))

    def under(self, low: Cells, high: Cells, scenario: Scenario) -> tuple[Verdict, GeoDataFrame]:
        """Return the verdict on each cell under a scenario, and its sites in no order.

        ``low`` and ``high``, (cells,) from 0 to 1, are the ends between which the score of a cell lies.
        """
        params, ground = self.params, self.around.ground
        own = self.left_out.get(scenario.id)
        causes = self.causes if own is None else self.causes.and_also(scenario.cause, own)
        least_m2 = max(params.least_site_m2, scenario.least_m2)
        told = verdict(ground, (low, high), causes, least_score=params.least_score, least_m2=least_m2)
        lands = self.lands(scenario)
        return told, sites(ground, told.patches, lands, Rules(least_m2, params.least_compactness))

    def lands(self, scenario: Scenario) -> GeoDataFrame | None:
        """Return what sites are looked for on: public land, or else parcels; None for any connected ground."""
        public, parcels = (self.around.layers.get(role.id) for role in (roles.PUBLIC_LAND, roles.PARCELS))
        return parcels if public is None or scenario.is_on_any_land else public

    @property
    def counted(self) -> tuple[Criterion, ...]:
        """The criteria that have a say in the run's own weights."""
        return tuple(each for each, share in zip(self.criteria, self.own_shares, strict=True) if share > 0.0)

    @cached_property
    def own_shares(self) -> Floats:
        """The run's own weights (sum 1), as judgements share them out where there are any."""
        if not self.params.judgement:
            return weights(self.criteria, (), np.empty(0))
        return weights(self.criteria, self.params.judgement, weighting(matrix(self.params.judgement)).weights)

    @property
    def consistency_ratio(self) -> float | None:
        """How far the judgements contradict each other: Saaty's CI / RI, consistent up to 0.10; None without any."""
        return weighting(matrix(self.params.judgement)).consistency_ratio if self.params.judgement else None

    @property
    def advice(self) -> tuple[Advice, tuple[str, ...]] | None:
        """The judgement to think over and the criteria's ids; None where they are consistent, or there are none."""
        mend = advice(matrix(self.params.judgement)) if self.params.judgement else None
        return None if mend is None else (mend, judged(self.params.judgement))

    def _shares(self, weights: Mapping[str, float]) -> Floats:
        return normalised(np.array([weights.get(criterion.id, 0.0) for criterion in self.criteria]))


def weighing_of(inputs: Mapping[str, Any], params: GardenParams, report: Report = silent) -> Weighing:
    """Measure every criterion that has a layer; ``inputs`` are those of the analysis, by role."""
    layers = {role: _latest(layer) for role, layer in inputs.items()}
    boundary = layers[roles.BOUNDARY.id].geometry
    ground = ground_of(boundary, union_of_parts(boundary.to_numpy()), params.cell_m)
    census = inputs.get(roles.CENSUS.id) or ()
    residents = residents_of(census, layers.get(roles.NEIGHBOURHOODS.id), layers.get(roles.BUILDINGS.id))
    reach = Reach(params.demand_m, params.detour)
    around = Surroundings(ground, layers, residents, reach, params.clear_sky_pct / 100.0)
    there = tuple(criterion for criterion in params.criterion if around.has(criterion))
    scores = room_for((len(there), len(ground.cells)), np.float32)
    strips, held, unsure = list(ground.strips(rim_of(there, reach, params.cell_m))), Growing(), Growing()
    left_out: dict[str, Growing] = {}
    for place, strip in enumerate(strips):
        told = part_of(report, place / len(strips), (place + 1) / len(strips))
        causes, beyond = _measured(Near(around, strip), there, scores[:, strip.some], told)
        held.add(causes.held)
        unsure.add(causes.unsure)
        for name, cells in beyond.items():
            left_out.setdefault(name, Growing()).add(cells)
    whole = vetoes.Causes(causes.listed, held.whole(), unsure.whole())
    return Weighing(around, params, there, scores, whole, {name: each.whole() for name, each in left_out.items()})


def _measured(
    near: Near, criteria: Sequence[Criterion], scores: Cells, report: Report
) -> tuple[vetoes.Causes, Mapping[str, Truths]]:
    """Fill the scores of one strip; return what excludes its cells, and what each scenario leaves out of them."""
    beyond = []
    for place, criterion in enumerate(tracked(criteria, report, MEASURING)):
        values = near.values(criterion)  # let go at once: a large commune has room for its scores, not for both
        scores[place] = standardised(values, criterion)
        beyond.append(vetoes.of_criterion(criterion, values))
    found = (*(each for each in beyond if each is not None), *vetoes.of_layers(near))
    left_out = {each.id: each.leaves_out(near) for each in scenarios.ALL if each is not scenarios.BASE}
    held = {name: cells for name, cells in left_out.items() if cells is not None}
    return vetoes.causes_of(found, scores.shape[1]), held


def _latest(layer: Any) -> Any:
    """Return the layer itself, of dated ones the latest, None of none."""
    if not isinstance(layer, tuple):
        return layer
    return layer[-1].data if layer else None
