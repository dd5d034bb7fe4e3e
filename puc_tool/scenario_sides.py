"""Scenarios beside each other, as the results tell them: every indicator of two of them, and which edits moved it.

Effects are told against the plan in force. What B is more than A is what B's edits do less what A's edits do, so the
rows under an indicator add up to the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analyses.districts.comparison import INTERACTION, MORE_IS_BETTER
from analyses.districts.scenarios import GEOMETRY, PART_OF
from analyses.result import Column, Table
from layers import roles
from layers.text import Text, number, same, say
from puc_tool.amounts import M2_A_HA, written_unit
from puc_tool.found_results import Results

SCENARIOS, EFFECTS = "scenarios", "effects"
_LEAST = 1e-9
_FIELDS = {each.name: each.label for each in roles.DISTRICTS.fields} | {GEOMETRY: Text("perimetro", "outline")}


@dataclass(frozen=True)
class Named:
    """A scenario: its id, its title, and by which others it is dominated."""

    id: str
    title: str
    dominated_by: str = ""


@dataclass(frozen=True)
class Moved:
    """An edit and what it does to an indicator; ``is_of_second``: it is the second scenario's."""

    edit: Text
    effect: Text
    is_of_second: bool


@dataclass(frozen=True)
class Side:
    """An indicator in two scenarios, the second less the first, and what moved it.

    ``is_better`` tells whether the second does better, where better is defined.
    """

    id: str
    label: Text
    unit: str
    first: Text
    second: Text
    change: Text
    is_better: bool | None
    moved: tuple[Moved, ...]


def scenarios_of(results: Results | None) -> tuple[Named, ...]:
    """Return the scenarios that were compared, the plan in force first; none where the analysis compares none."""
    table = _table(results, SCENARIOS)
    if table is None or "dominated" not in table.frame:
        return ()
    rows = table.frame.to_dict("records")
    return tuple(
        Named(str(row["scenario"]), str(row.get("title") or row["scenario"]), str(row.get("dominated_by") or ""))
        for row in rows
    )


def sides(results: Results, first: str, second: str) -> tuple[Side, ...]:
    """Return every indicator of two scenarios beside each other. Raises KeyError for one that is not there."""
    table, effects = _table(results, SCENARIOS), _table(results, EFFECTS)
    if table is None:
        return ()
    rows = table.frame.set_index("scenario")
    pair = rows.loc[[first, second]]
    moves = None if effects is None else effects.frame
    columns = [column for column in table.columns if column.decimals is not None]
    return tuple(_side(column, pair[column.id].tolist(), _moved(moves, column.id, first, second)) for column in columns)


def edit_in_words(label: str) -> Text:
    """Return an edit as people say it: «WF: ut_m2_m2» is the territorial index of district WF."""
    if label == INTERACTION:
        return Text("insieme, oltre alla somma", "together, beyond the sum")
    district, _, what = label.partition(": ")
    if what.startswith(f"{PART_OF} "):
        return say("{d}: distretto nuovo, parte di {p}", "{d}: new district, part of {p}",
                   d=district, p=what.removeprefix(f"{PART_OF} "))  # fmt: skip
    if what.startswith("+ "):
        kind, _, name = what.removeprefix("+ ").partition(" ")
        added = f"{name} ({kind})" if name else kind
        return say("{d}: in più {a}", "{d}: added {a}", d=district, a=added)
    return say("{d}: {w}", "{d}: {w}", d=district, w=_FIELDS.get(what, same(what)))


def _side(column: Column, values: list[float], moves: list[tuple[str, float, bool]]) -> Side:
    is_area = column.unit == "m²"
    divisor, unit = (M2_A_HA, "ha") if is_area else (1.0, written_unit(column.unit))
    decimals = 2 if is_area else 1 if column.unit == "m²/ab" else 0
    one, other = (float("nan") if pd.isna(value) else float(value) / divisor for value in values)
    change = other - one
    moved = tuple(
        Moved(edit_in_words(edit), _signed(effect / divisor, decimals), is_second) for edit, effect, is_second in moves
    )
    better = None
    if column.id in MORE_IS_BETTER and abs(change) > _LEAST:
        better = (change > 0.0) == MORE_IS_BETTER[column.id]
    first, second = (_amount(value, decimals) for value in (one, other))
    return Side(column.id, column.label, unit, first, second, _signed(change, decimals), better, moved)


def _moved(effects: pd.DataFrame | None, indicator: str, first: str, second: str) -> list[tuple[str, float, bool]]:
    """Return what the edits of the second do, then those of the first, turned round; of one scenario, nothing."""
    if effects is None or first == second:
        return []
    found = effects[effects["indicator"] == indicator]
    return [*_of(found, second, 1.0), *_of(found, first, -1.0)]


def _of(effects: pd.DataFrame, scenario: str, sign: float) -> Iterator[tuple[str, float, bool]]:
    for row in effects[effects["scenario"] == scenario].to_dict("records"):
        yield str(row["edit"]), sign * float(row["effect"]), sign > 0.0


def _amount(value: float, decimals: int) -> Text:
    return Text("n.d.", "n/a") if pd.isna(value) else number(value, decimals)


def _signed(value: float, decimals: int) -> Text:
    if pd.isna(value):
        return Text("n.d.", "n/a")
    shown = number(value, decimals)
    if round(value, decimals) == 0.0:
        return same("=") if abs(value) <= _LEAST else shown
    return Text(f"+{shown.it}", f"+{shown.en}") if value > 0.0 else shown


def _table(results: Results | None, table_id: str) -> Table | None:
    return results.table(table_id) if results is not None else None
