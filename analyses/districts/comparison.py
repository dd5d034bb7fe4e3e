"""Scenarios side by side: sums over the districts, which scenarios are dominated, and which edit moved what.

Effects are one at a time: each edit is applied alone to the plan in force. What the edits together do beyond the sum of
what they do alone is named as interaction, so that the rows of an indicator add up to its change exactly.

A scenario is dominated (Pareto) if another is at least as good by every criterion and better by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyses.districts.case import Case
from analyses.districts.scenarios import Plan, Scenario
from analyses.districts.tables import EFFECTS, INDICATORS, PARETO, SCENARIOS
from analyses.formula import Floats

INTERACTION = "interazione fra le modifiche"
MORE_IS_BETTER: Mapping[str, bool] = {
    "soil_newly_consumed_m2": False,
    "homes_new": True,
    "green_m2_per_person": True,
    "public_balance_m2": True,
    "people_in_hazard": False,
    "co2_saved_t": True,
}
"""The criteria of the Pareto set: soil spared, homes, green per person, standards, people in hazard, CO2."""

_IDS = [column.id for column in INDICATORS]
_LEAST_EFFECT = 1e-9
_NOBODY = 1e-9
"""People of no more than this are nobody: green is then shared by none, not boundless for a trace of a person."""


def comparison(case: Case) -> pd.DataFrame:
    """Return a row for each scenario, the plan in force first; columns of which nothing is known are left out."""
    frame = _marked(sides(case.scenarios, list(case.sheets.values())))
    return frame[[each.id for each in SCENARIOS.columns if not frame[each.id].isna().all()]]


def pareto(case: Case) -> pd.DataFrame:
    """Return, for each district that a scenario changes, the plan in force and its scenarios, by what they do there.

    A district that a scenario parts counts with its parts: the ground is the same.
    """
    changed = [code for code in case.plan.frame["code"] if any(code in each.districts for each in case.scenarios)]
    frames = [pareto_of(case, code) for code in changed]
    columns = [column.id for column in PARETO.columns]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def pareto_of(case: Case, code: str) -> pd.DataFrame:
    """Return the plan in force and the scenarios of one district, by what they do there."""
    return _marked(_of_district(case, code)).assign(code=code)[[column.id for column in PARETO.columns]]


def _of_district(case: Case, code: str) -> pd.DataFrame:
    chosen = [each for each in case.scenarios if each.is_base or code in each.districts]
    return sides(tuple(chosen), [_with_parts(case.sheets[each.id], each, code) for each in chosen])


def _with_parts(sheet: pd.DataFrame, scenario: Scenario, code: str) -> pd.DataFrame:
    parts = [each.district for each in scenario.parted if each.part_of == code]
    return sheet[sheet["code"].isin([code, *parts])]


def _marked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the scenarios with which of them are dominated, and by whom."""
    by = [", ".join(frame["scenario"][dominators]) for dominators in dominators_of(frame)]
    return frame.assign(dominated=["sì" if names else "no" for names in by], dominated_by=by)


def dominators_of(frame: pd.DataFrame) -> list[NDArray[np.bool_]]:
    """Return, for each row, which rows dominate it. A criterion that some row does not have decides nothing."""
    known = [name for name in MORE_IS_BETTER if name in frame and not _worth(frame, name).isna().any()]
    worth = np.column_stack([np.zeros(len(frame)), *(_worth(frame, name) for name in known)])
    at_least, better = worth[:, None] >= worth[None], worth[:, None] > worth[None]
    dominates = np.asarray(at_least.all(axis=2) & better.any(axis=2))
    return [dominates[:, column] for column in range(len(frame))]


def effects(case: Case) -> pd.DataFrame:
    """Return what each edit does alone to each indicator, and their interaction; what does nothing is left out.

    ``effect`` is in the ``unit`` of the indicator. Method: each edit is put into the plan alone; the interaction is
    what the whole scenario changes less the sum of these.
    """
    single = [scenario.only([part]) for scenario in case.scenarios for part in scenario.parts]
    sums = _sums(case, [*case.plans.values(), *(case.plan.patched(each) for each in single)])
    change = sums - sums[0]
    rows, place = list[dict[str, object]](), len(case.scenarios)
    for number, scenario in enumerate(case.scenarios):
        alone = change[place : place + len(scenario.parts)]
        place += len(scenario.parts)
        rows += _effect_rows(scenario, change[number], alone)
    return pd.DataFrame(rows, columns=[column.id for column in EFFECTS.columns])


def _sums(case: Case, plans: list[Plan]) -> Floats:
    """Return (plans, indicators) the sums over districts, all plans reckoned at once; NaN counts as nothing."""
    sheets = case.sheets_of(plans)
    return np.array([np.nan_to_num(sheet[_IDS].to_numpy(float)).sum(axis=0) for sheet in sheets])


def _effect_rows(scenario: Scenario, whole: Floats, alone: Floats) -> list[dict[str, object]]:
    labels = [*(part.label for part in scenario.parts), INTERACTION]
    values = np.vstack([alone.reshape(-1, len(_IDS)), whole - alone.sum(axis=0)])
    return [
        {"scenario": scenario.id, "indicator": indicator.id, "edit": label, "effect": value, "unit": indicator.unit}
        for column, indicator in enumerate(INDICATORS)
        for label, value in zip(labels, values[:, column], strict=True)
        if abs(value) > _LEAST_EFFECT * max(1.0, float(np.abs(values[:, column]).max()))
    ]


def sides(scenarios: Sequence[Scenario], sheets: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return a row for each scenario: sums over its districts, green per person, people on hazardous ground.

    ``sheets`` are those of each scenario, in the same order; of one without any nothing is known.
    """
    names = [*_IDS, "green_m2", "people_in_hazard"]
    sums = [_known_sums(_derived(sheet)[names].to_numpy(float)) for sheet in sheets]
    frame = pd.DataFrame(np.array(sums), columns=names)
    people = frame["people"].to_numpy(float)
    each = np.divide(frame.pop("green_m2"), people, out=np.full(len(frame), np.nan), where=people > _NOBODY)
    frame.insert(0, "scenario", [scenario.id for scenario in scenarios])
    frame.insert(1, "title", [scenario.title for scenario in scenarios])
    return frame.assign(green_m2_per_person=each)


def _derived(sheet: pd.DataFrame) -> pd.DataFrame:
    return sheet.assign(
        green_m2=sheet["ve_m2"] + sheet["verde_planned_m2"],
        people_in_hazard=sheet["people"] * sheet["hazard_m2"] / sheet["st_m2"],
    )


def _known_sums(values: Floats) -> Floats:
    """Return the sums over districts (rows) of what is known of each column; NaN where nothing is."""
    sums: Floats = np.nansum(values, axis=0)
    sums[np.isnan(values).all(axis=0)] = np.nan
    return sums


def _worth(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return a criterion as «more is better»; green that nobody has to share is worth without end."""
    values = frame[name].astype(float)
    if name == "green_m2_per_person":
        values = values.mask(frame["people"] <= _NOBODY, np.inf)  # of how many nothing is known: NaN stays
    return values if MORE_IS_BETTER[name] else -values
