"""Weights and limits of the gardens, tried: the ground is measured once, and weighed anew at every move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from analyses.gardens.answers import STATUS
from analyses.gardens.classes import by_class, classified
from analyses.gardens.params import GardenParams
from analyses.gardens.tables import BY_CLASS, FIGURES, SITES
from analyses.gardens.weighing import Weighed, Weighing, weighing_of
from analyses.live import Edits, Handle
from analyses.params import abouts
from analyses.progress import Report
from analyses.result import Figure, Result, Table
from layers.text import Text, number, say

_MOST_WEIGHT = 1.0
_LIMITS = {"orness": 0.05, "least_score": 0.01}
"""The parameters that are limits of the score, and the step each is moved by."""


@dataclass(frozen=True)
class GardenBench:
    """The criteria measured on the study's ground."""

    weighing: Weighing

    def handles(self, params: GardenParams, edits: Edits, chosen: str) -> tuple[Handle, ...]:
        """Return the weights of the criteria that have a layer, with the share each has, and the limits."""
        return (*self._weights(params), *_limits(params))

    def tried(self, params: GardenParams, edits: Edits, report: Report) -> Result:
        """Return areas, classes and sites under other weights and limits, and the map of them."""
        weighing = self._with(params)
        if not any(each.weight > 0.0 for each in weighing.criteria):
            return Result((), ())
        report(0.1, Text("Peso di nuovo il territorio", "Weighing the ground anew"))
        weighed = weighing.reweighed()
        numbers = classified(weighed.low, weighed.high, weighed.verdict)
        ground = weighing.around.ground
        sites = weighed.placing.sites
        return Result(
            tuple(_figures(weighing, weighed)),
            (Table(SITES, sites.drop(columns="geometry")), Table(BY_CLASS, by_class(numbers, ground))),
            {"sites": sites} if len(sites) else {},
            rasters={"class": ground.raster(numbers)},
        )

    def _with(self, params: GardenParams) -> Weighing:
        known = {each.id: each for each in params.criterion}
        criteria = tuple(replace(each, weight=known[each.id].weight) for each in self.weighing.criteria)
        return replace(self.weighing, params=params, criteria=criteria)

    def _weights(self, params: GardenParams) -> Iterator[Handle]:
        weighing = self._with(params)
        total = sum(each.weight for each in weighing.criteria)
        for each in weighing.criteria:
            share = each.weight / total if total else 0.0
            shown = say("{p}\u202f%", "{p}\u202f%", p=number(100.0 * share, 0))
            high = max(_MOST_WEIGHT, each.weight)
            yield Handle(f"{each.id}.weight", each.title, each.weight, 0.0, high, 0.01, shown=shown)


def opened(inputs: Mapping[str, Any], params: GardenParams, report: Report) -> GardenBench | None:
    """Measure every criterion that has a layer; None where there is none."""
    weighing = weighing_of(inputs, params, report)
    return GardenBench(weighing) if weighing.criteria else None


def _limits(params: GardenParams) -> Iterator[Handle]:
    declared = abouts(GardenParams)
    for name, step in _LIMITS.items():
        about = declared[name]
        low, high = about.low or 0.0, 1.0 if about.high is None else about.high
        yield Handle(name, about.label, getattr(params, name), low, high, step, about.unit)


def _figures(weighing: Weighing, weighed: Weighed) -> Iterator[Figure]:
    specs = {spec.id: spec for spec in FIGURES}
    for name, status in STATUS.items():
        yield Figure(specs[name], weighed.verdict.area_m2(weighing.around.ground, status))
    yield Figure(specs["sites"], float(len(weighed.placing.sites)))
