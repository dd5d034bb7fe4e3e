"""What binds each district: the largest floor area, homes and green it allows, and which limits hold them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from analyses.districts.case import Case
from analyses.districts.goals import GOALS, Goal
from analyses.districts.limits import District, Limit, amount, limits
from analyses.districts.programme import irreducible, optimum
from analyses.districts.scenarios import Scenario
from analyses.districts.tables import BINDING
from layers.text import Text, number, say

POSSIBLE, IMPOSSIBLE = Text("massimo", "largest"), Text("impossibile", "impossible")
_SMALL = 0.1


def binding(case: Case) -> pd.DataFrame:
    """Return, for the plan in force and the districts that each scenario names, what binds every goal.

    A row is a limit that binds; of limits that can't hold together, one of them. Districts without data are left out.
    """
    return _table(row for scenario in case.scenarios for row in _of(case, scenario))


def binding_of(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return the rows of ``binding`` for one scenario."""
    return _table(_of(case, scenario))


def _table(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=[column.id for column in BINDING.columns])


def _of(case: Case, scenario: Scenario) -> Iterator[Mapping[str, object]]:
    for district in districts(case, scenario):
        for goal in GOALS.values() if district.is_known else ():
            for row in _rows(district, goal):
                yield {"code": district.sheet["code"], "scenario": scenario.id, **row}


def districts(case: Case, scenario: Scenario) -> Iterator[District]:
    """Yield the districts of a scenario with what it asks of them; of the baseline, all."""
    sheets = case.sheets[scenario.id]
    named = case.touched(scenario) | set(scenario.districts)
    for place in np.flatnonzero(sheets["code"].isin(named)):
        sheet = sheets.iloc[place]
        yield District(
            sheet,
            case.params,
            {use: most for (code, use), most in scenario.largest_pct.items() if code == sheet["code"]},
            {goal: least for (code, goal), least in scenario.least.items() if code == sheet["code"]},
        )


def _rows(district: District, goal: Goal) -> list[dict[str, object]]:
    held, scale = limits(district, goal), float(district.sheet["st_m2"])
    terms, there = amount(goal, district)
    best = optimum(terms, held, scale)
    if best is None:
        return [_row(goal, IMPOSSIBLE, np.nan, limit, np.nan) for limit in irreducible(held, scale)]
    return [_row(goal, POSSIBLE, best.most + there, limit, price) for limit, price in best.prices]


def _row(goal: Goal, outcome: Text, most: float, limit: Limit, price: float) -> dict[str, object]:
    return {
        "goal": goal.label.it,
        "outcome": outcome.it,
        "most": most,
        "unit": goal.unit,
        "constraint": limit.label.it,
        "constraint_en": limit.label.en,
        "shadow_price": price,
        "words": words(goal, limit, price).it,
        "words_en": words(goal, limit, price).en,
    }


def words(goal: Goal, limit: Limit, price: float) -> Text:
    """Return «Ac almeno 6.000 m²: un m² in più di Ac costa 0,42 m² di superficie lorda.»; without a price, a clash."""
    if np.isnan(price):
        return say("{l}: non può valere insieme con gli altri di questo gruppo.",
                   "{l}: it can't hold together with the others of this group.", l=limit.label)  # fmt: skip
    worth = Text("libera", "frees") if price > 0 else Text("costa", "costs")
    return say("{l}: {one} {w} {p} {of}.", "{l}: {one} {w} {p} {of}.", l=limit.label, one=limit.one_more, w=worth,
               p=number(abs(price), 2 if abs(price) >= _SMALL else 4), of=goal.of_it)  # fmt: skip
