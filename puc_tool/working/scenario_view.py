"""How somebody looks at scenarios: which one is shown, which two the curtain holds apart, what is tried on each.

It changes no figure: ``view.toml`` keeps it, the history takes it back, and after a crash it is there again. What is
tried is tried on the scenario it began from, the plan or another, and on no other one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from analyses.districts.scenarios import BASE
from layers.text import Text, say
from puc_tool.working.history import History, Place, Value

SHOWN: Place = ("scenario_shown",)
CURTAIN: Place = ("scenario_curtain",)
TRIED = "tried"
PLACES = (SHOWN[0], CURTAIN[0], TRIED)
UNSAVED = "*"
"""Stands for what is tried and not saved yet; no file of a scenario can be called so."""
_SHOW, _SHOW_PLAN = Text("Mostra lo scenario {s}", "Show scenario {s}"), Text("Mostra il piano", "Show the plan")
_DRAW = Text("Confronta {a} e {b} con la tendina", "Compare {a} and {b} by the curtain")
_END = Text("Chiudi la tendina", "Close the curtain")
_TABLE = ("district", "field", "value")


def tried(code: str, field: str, base: str = BASE) -> Place:
    """Return the place where a field of a district is tried on a scenario."""
    return (TRIED, code, field) if base == BASE else (TRIED, code, field, base)


def tried_on(state: Mapping[Place, Value], base: str) -> Mapping[tuple[str, str], float]:
    """Return what is tried on a scenario, by the code of the district and its field."""
    return {
        (place[1], place[2]): float(value)
        for place, value in state.items()
        if place[0] == TRIED and _base(place) == base and isinstance(value, int | float)
    }


def shown(history: History) -> str:
    """Return the scenario that is shown; that of the plan if nothing else is said."""
    return str(history.get(SHOWN) or BASE)


def curtain(history: History) -> tuple[str, str] | None:
    """Return the two scenarios that the curtain holds apart, left and right, or None where it is not drawn."""
    found = history.get(CURTAIN)
    return (found[0], found[1]) if isinstance(found, tuple) and len(found) == 2 else None


def show(history: History, name: str, title: Text) -> None:
    """Show a scenario, called ``title``, on the right of the curtain too where one is drawn.

    Those that somebody walks along are one step.
    """
    said = _SHOW_PLAN if name == BASE else say(_SHOW.it, _SHOW.en, s=title)
    pair, values = curtain(history), {SHOWN: _value(name)}
    if pair is not None and name != BASE:
        values[CURTAIN] = (pair[0] if pair[0] != name else BASE, name)
    history.do(said, values, joins=True)


def draw(history: History, pair: tuple[str, str], titles: tuple[Text, Text]) -> None:
    """Draw the curtain between two scenarios; other two in their place are the same step."""
    history.do(say(_DRAW.it, _DRAW.en, a=titles[0], b=titles[1]), {CURTAIN: pair}, joins=True)


def end(history: History) -> None:
    """Draw the curtain away."""
    history.do(_END, {CURTAIN: None})


def taken(name: str) -> Mapping[Place, Value]:
    """Return what shows a scenario, as part of the step that makes it."""
    return {SHOWN: name}


def without(state: Mapping[Place, Value], name: str) -> Mapping[Place, Value]:
    """Return what shows no longer a scenario that is to go, and tries nothing on it."""
    on_it = [place for place in state if place[0] == TRIED and _base(place) == name]
    return dict.fromkeys([*on_it, *([SHOWN] if state.get(SHOWN) == name else [])])


def saved(state: Mapping[Place, Value], base: str, name: str) -> Mapping[Place, Value]:
    """Return what takes the scenario ``name`` in hand in which all that is tried on ``base`` has been kept."""
    kept: dict[Place, Value] = {tried(code, field, base): None for code, field in tried_on(state, base)}
    pair = state.get(CURTAIN)
    if isinstance(pair, tuple) and UNSAVED in pair:
        kept[CURTAIN] = tuple(name if each == UNSAVED else each for each in pair)
    return {**kept, **taken(name)}


def said(content: Mapping[str, Any]) -> Iterator[tuple[Place, Value]]:
    """Yield what a file says of scenarios, without what can't be understood."""
    name, pair = content.get("scenario"), content.get("curtain")
    if isinstance(name, str) and name != BASE:
        yield SHOWN, name
    if isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair):
        yield CURTAIN, (pair[0], pair[1])
    rows = content.get(TRIED)
    for row in rows if isinstance(rows, list) else ():
        yield from _row_said(row)


def written(state: Mapping[Place, Value]) -> dict[str, str | list[str]]:
    """Return what a file says of the scenarios that are looked at."""
    name, pair = state.get(SHOWN), state.get(CURTAIN)
    found: dict[str, str | list[str]] = {"scenario": name} if isinstance(name, str) else {}
    return found | {"curtain": list(pair)} if isinstance(pair, tuple) else found


def tries_written(state: Mapping[Place, Value]) -> list[dict[str, object]]:
    """Return the rows of a file that say what is tried."""
    places = sorted(place for place in state if place[0] == TRIED)
    return [_row(place, state[place]) for place in places]


def _row(place: Place, value: Value) -> dict[str, object]:
    base = _base(place)
    said: dict[str, object] = dict(zip(_TABLE, (*place[1:3], value), strict=True))
    return said if base == BASE else said | {"scenario": base}


def _row_said(row: Any) -> Iterator[tuple[Place, Value]]:
    if not isinstance(row, Mapping):
        return
    code, field, value = (row.get(each) for each in _TABLE)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if isinstance(code, str) and isinstance(field, str) and isinstance(value, int | float) and is_number:
        yield tried(code, field, str(row.get("scenario", BASE))), float(value)


def _base(place: Place) -> str:
    return place[3] if len(place) == 4 else BASE


def _value(name: str) -> Value:
    return None if name == BASE else name
