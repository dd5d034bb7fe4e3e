"""The thresholds of the services, tried: who walks where is known, and only who counts as served is told anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from geopandas import GeoDataFrame

from analyses.live import Edits, Handle
from analyses.params import abouts
from analyses.progress import Report
from analyses.result import Figure, Result, Table
from analyses.services.params import CoverageParams, Threshold
from analyses.services.service_kinds import KINDS
from analyses.services.sums import by_home, by_kind, by_neighbourhood
from analyses.services.tables import BY_KIND, SCORE, UNREACHABLE_PEOPLE, covered_figure
from analyses.services.tables import by_neighbourhood as table_by_neighbourhood
from analyses.services.trial import Trial, trial_of
from layers.text import Text

_STEP_MIN, _MOST_MIN = 0.5, 30.0


@dataclass(frozen=True)
class ServiceBench:
    """Who walks how long to which service."""

    first: Trial

    def handles(self, params: CoverageParams, edits: Edits, chosen: str) -> tuple[Handle, ...]:
        """Return the threshold of each kind of service that the study has."""
        return tuple(self._thresholds(params))

    def tried(self, params: CoverageParams, edits: Edits, report: Report) -> Result:
        """Return who is served within other thresholds, by kind and by neighbourhood."""
        report(0.1, Text("Conto di nuovo chi è servito", "Counting anew who is served"))
        measured = self._with(params).measured
        kinds = measured.found.kinds
        own = [kind for kind in kinds if kind.id not in KINDS]
        spec = table_by_neighbourhood([*KINDS.values(), *own])
        where, people = by_neighbourhood(measured), measured.inside
        tables = (Table.of(spec, where), Table.of(BY_KIND, by_kind(measured)))
        pct = dict(zip(tables[1].frame["kind"], tables[1].frame["covered_pct"].astype(float), strict=True))
        score = float(people @ measured.found.score) / float(people.sum())
        figures = (
            Figure(SCORE, score),
            Figure(UNREACHABLE_PEOPLE, float(people[measured.found.unreachable].sum())),
            *(Figure(covered_figure(kind), pct[kind.id]) for kind in kinds if kind.id in pct),
        )
        crs = measured.services.frame.crs
        layers = {
            measured.where.id: GeoDataFrame(where, geometry=measured.where.frame.geometry.to_numpy(), crs=crs),
            "homes": GeoDataFrame(by_home(measured), geometry=measured.homes.points, crs=crs),
        }
        return Result(figures, tables, layers)

    def _with(self, params: CoverageParams) -> Trial:
        """Return the trial with the thresholds of ``params``; whatever else they say is as it was measured."""
        reach = self.first.setting.reach
        asked = replace(reach.params, threshold=params.threshold)
        setting = replace(self.first.setting, reach=replace(reach, params=asked))
        measured = setting.measured(self.first.services, before=self.first.measured.found)
        return replace(self.first, setting=setting, measured=measured)

    def _thresholds(self, params: CoverageParams) -> Iterator[Handle]:
        about = abouts(Threshold)["walk_min"]
        for kind in self.first.measured.found.kinds:
            own = params.own_threshold_min(kind.id)
            value = own if own is not None else kind.walk_min if kind.walk_min is not None else params.own_kind_walk_min
            high = max(_MOST_MIN, value)
            yield Handle(f"{kind.id}.walk_min", kind.label, value, about.low or 0.0, high, _STEP_MIN, about.unit)


def opened(inputs: Mapping[str, Any], params: CoverageParams, report: Report) -> ServiceBench | None:
    """Measure who walks to which service; None without people or services."""
    report(0.1, Text("Preparo la rete pedonale", "Making the walking network ready"))
    first = trial_of(inputs, params)
    return None if first is None else ServiceBench(first)
