"""Parameters of the sheets and fields of a district, tried: the ground is measured once, the sheets follow at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from analyses.districts.case import Layers
from analyses.districts.causes import Grounds
from analyses.districts.live import LiveScenario
from analyses.districts.live import opened as live_of
from analyses.districts.one_scenario import result_of
from analyses.districts.params import DistrictParams, SchedaParams
from analyses.districts.scenarios import BASE, Scenario
from analyses.live import Edits, Handle
from analyses.params import abouts
from analyses.progress import Report
from analyses.result import Result
from layers import roles
from layers.text import Text

_MEASURED_WITH = frozenset({"coast_strip_m"})
"""Parameters that the ground is measured with: what they change is not known without measuring anew."""
_TENFOLD, _STEPS = 4.0, 100
_FIELDS: Mapping[str, tuple[float, float]] = {
    "ut_m2_m2": (2.0, 0.01),
    **dict.fromkeys(
        ("se_pct", "ve_pct", "ac_pct", "sp_pct", "residential_pct", "commercial_pct", "industrial_pct"), (100.0, 1.0)
    ),
}
"""The fields of a district that can be moved: the highest value of the slider and its step."""
_DECLARED = {each.name: each for each in roles.DISTRICTS.fields}


@dataclass(frozen=True)
class DistrictBench:
    """The districts measured, and on them the plan in force or a scenario, which trying starts from."""

    live: LiveScenario

    def handles(self, params: DistrictParams, edits: Edits, chosen: str) -> tuple[Handle, ...]:
        """Return the fields of the district in hand, then the parameters of all sheets."""
        return (*self._fields(edits, chosen), *_parameters(params))

    def tried(self, params: DistrictParams, edits: Edits, report: Report) -> Result:
        """Return the sheets of the plan as the edits make it, with other parameters."""
        report(0.1, Text("Ricalcolo le schede", "Reckoning the sheets anew"))
        live = replace(self.live, case=replace(self.live.case, params=params))
        there = set(live.plan.frame["code"])
        for (district, name), value in edits.items():
            if district in there and name in _FIELDS:  # a district may have gone since it was tried
                live = live.moved(district, name, value)
        return result_of(live)

    def _fields(self, edits: Edits, chosen: str) -> Iterator[Handle]:
        frame = self.live.plan.frame
        rows = frame[frame["code"] == chosen]
        for name, (high, step) in _FIELDS.items() if len(rows) else ():
            stated = float(rows.iloc[0][name]) if name in rows else np.nan
            value = edits.get((chosen, name), stated)
            if not np.isnan(value):
                about = _DECLARED[name]
                yield Handle(name, about.label, value, 0.0, max(high, value), step, about.unit, of=chosen)


def opened(inputs: Mapping[str, Any], params: DistrictParams, report: Report) -> DistrictBench | None:
    """Measure the districts of the plan in force."""
    if inputs.get("districts") is None:
        return None
    grounds = Grounds(**{each.name: inputs.get(each.name) for each in fields(Grounds)})
    layers = Layers(grounds, inputs.get("soil_consumption") or (), inputs.get("census") or ())
    tried = Scenario(BASE)
    return DistrictBench(
        live_of(inputs["boundary"], inputs["districts"], layers, params, scenario=tried, report=report)
    )


def _parameters(params: DistrictParams) -> Iterator[Handle]:
    for name, about in abouts(SchedaParams).items():
        value = getattr(params, name)
        if isinstance(value, bool) or not isinstance(value, float) or name in _MEASURED_WITH or about.high is None:
            continue
        high = min(about.high, max(_TENFOLD * value, about.low or 0.0))
        step = 10.0 ** np.floor(np.log10(max(high, 1e-6) / _STEPS))
        yield Handle(name, about.label, value, about.low or 0.0, high, float(step), about.unit)
