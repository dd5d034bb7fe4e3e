"""Two scenarios side by side, each figure with the edits that moved it and by how much.

An edit's effect is what it does alone to the plan in force (``comparison``); what the edits of a scenario do together
beyond that is their interaction. The second scenario's effects count, the first one's count off, and an edit that both
make cancels: the effects of a figure add up to its change exactly, but for rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from analyses.districts.case import Case
from analyses.districts.comparison import INTERACTION, MORE_IS_BETTER, sides
from analyses.districts.scenarios import (
    GEOMETRY,
    AddedService,
    Edit,
    PartedDistrict,
    Plan,
    Scenario,
    ScenarioPart,
)
from analyses.districts.tables import BY_DISTRICT, SCENARIOS
from analyses.formula import Floats
from analyses.result import Column
from layers.roles import DISTRICTS
from layers.text import Text, hectares, number, same, say

_LEAST = 1e-9
_FIELDS = {field.name: field for field in DISTRICTS.fields}


@dataclass(frozen=True)
class Moved:
    """What one edit of ``scenario`` adds to the second side's figure less the first's; no edit: the interaction."""

    scenario: str
    label: Text
    effect: float
    edit: ScenarioPart | None = None


@dataclass(frozen=True)
class Compared:
    """A figure of two scenarios. A value is NaN where it is not known: then nothing is told of what moved it."""

    column: Column
    first: float
    second: float
    moved_by: tuple[Moved, ...]

    @property
    def change(self) -> float:
        """What the second has more, in the unit of both."""
        return self.second - self.first

    @property
    def is_better(self) -> bool | None:
        """Tell whether the second is better; None where it is equal, or where neither more nor less is better."""
        more = MORE_IS_BETTER.get(self.column.id)
        return None if more is None or not abs(self.change) > _LEAST else (self.change > 0.0) == more


def compared(case: Case, first: str, second: str, code: str = "") -> tuple[Compared, ...]:
    """Return every figure of two scenarios (by id, «base» among them), in the district ``code`` or over all of them.

    Over all districts figures are sums; of a district they are its whole sheet. Raises KeyError for an id that the
    case does not have.
    """
    by_id = {each.id: each for each in case.scenarios}
    base = _values(case, [case.plan], code)
    alone = {name: _Alone(case, by_id[name], code, base) for name in (first, second)}
    return tuple(
        Compared(
            column,
            alone[first].value(column.id),
            alone[second].value(column.id),
            tuple(_moved(alone[first], alone[second], column.id)),
        )
        for column in _columns(code)
        if column.id in base
    )


class _Alone:
    """A scenario's values, and what each of its edits does alone to the plan in force."""

    def __init__(self, case: Case, scenario: Scenario, code: str, base: pd.DataFrame) -> None:
        parts = scenario.parts
        plans = [case.plans[scenario.id], *(case.plan.patched(scenario.only([part])) for part in parts)]
        self.scenario, self._values = scenario, _values(case, plans, code)
        self._base = base.iloc[0]

    def value(self, column: str) -> float:
        """Return the scenario's own value."""
        return float(self._values[column].iloc[0])

    def moved(self, column: str) -> Iterator[Moved]:
        """Yield what each edit does alone, then what they do together beyond."""
        change: Floats = self._values[column].to_numpy(float) - float(self._base[column])
        for part, effect in zip(self.scenario.parts, change[1:], strict=True):
            yield Moved(self.scenario.id, words_of(part), float(effect), part)
        rest = float(change[0] - change[1:].sum())
        yield Moved(self.scenario.id, Text(INTERACTION, "interaction of the edits"), rest)


def _moved(first: _Alone, second: _Alone, column: str) -> Iterator[Moved]:
    """Yield what moves the second away from the first; nothing where something is not known."""
    off, on = list(first.moved(column)), list(second.moved(column))
    if any(np.isnan(each.effect) for each in (*off, *on)):
        return
    for each in on:
        twin = next((other for other in off if _is_twin(each, other)), None)
        if twin is not None:
            off.remove(twin)
        elif abs(each.effect) > _LEAST:
            yield each
    for each in off:
        if abs(each.effect) > _LEAST:
            yield Moved(each.scenario, each.label, -each.effect, each.edit)


def _is_twin(one: Moved, other: Moved) -> bool:
    """Tell whether both scenarios make one edit; interactions are alike of one scenario alone."""
    return one.edit == other.edit and (one.edit is not None or one.scenario == other.scenario)


def _columns(code: str) -> tuple[Column, ...]:
    of_all = tuple(column for column in SCENARIOS.columns if column.decimals is not None)
    if not code:
        return of_all
    sheet = tuple(column for column in BY_DISTRICT.columns if column.decimals is not None)
    known = {column.id for column in sheet}
    return (*sheet, *(column for column in of_all if column.id not in known))


def _values(case: Case, plans: list[Plan], code: str) -> pd.DataFrame:
    """Return a row for each plan: its sums over districts, or the sheet of one district, NaN where it has none."""
    sheets = case.sheets_of(plans)
    scenarios = [Scenario(str(place)) for place in range(len(plans))]
    if not code:
        return sides(scenarios, sheets)
    mine = [sheet[sheet["code"] == code].reset_index(drop=True) for sheet in sheets]
    sums = sides(scenarios, mine)
    whole = pd.concat([each.reindex([0]) for each in mine], ignore_index=True)
    return pd.concat([sums, whole[[name for name in whole if name not in sums]]], axis=1)


def words_of(part: ScenarioPart) -> Text:
    """Return an edit in words: «IP · Indice territoriale Ut: 0,16 m²/m²», «IP · + verde Parco: 45.000 m²»."""
    if isinstance(part, AddedService):
        named = f"{part.kind} {part.name}".rstrip()
        return say("{d} · + {n}: {a} m²", "{d} · + {n}: {a} m²", d=part.district, n=named, a=number(part.area_m2))
    if isinstance(part, PartedDistrict):
        area = hectares(part.outline.area)
        return say("{d} · distretto nuovo, parte di {p}: {a}", "{d} · new district, part of {p}: {a}",
                   d=part.district, p=part.part_of, a=area)  # fmt: skip
    if part.field == GEOMETRY:
        return say("{d} · perimetro ridisegnato", "{d} · outline redrawn", d=part.district)
    field = _FIELDS[part.field]
    unit = f" {field.unit}" if field.unit else ""
    return say("{d} · {f}: {v}{u}", "{d} · {f}: {v}{u}", d=part.district, f=field.label, v=_stated(part), u=unit)


def _stated(edit: Edit) -> Text:
    if isinstance(edit.value, str | shapely.Geometry):
        return same(str(edit.value))
    low = _plain(edit.value)
    return low if edit.high is None else say("{a}–{b}", "{a}–{b}", a=low, b=_plain(edit.high))


def _plain(value: float) -> Text:
    words = number(value, 3)
    return Text(words.it.rstrip("0").rstrip(","), words.en.rstrip("0").rstrip("."))
