"""What binds a scenario, in words: for each goal the most there can be, and the limits that hold it, with prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analyses.districts.binding import POSSIBLE
from analyses.districts.goals import GOALS
from layers.text import Text, say
from puc_tool.figures.amounts import in_words

_MOST = Text("{g}: al massimo {m}", "{g}: at most {m}")
_IMPOSSIBLE = Text("{g}: impossibile, questi limiti si escludono", "{g}: impossible, these limits exclude each other")
_GOALS = {goal.label.it: goal for goal in GOALS.values()}


@dataclass(frozen=True)
class Bound:
    """A goal in a district: how much of it there can be, and every limit that holds it, in words."""

    district: str
    told: Text
    is_possible: bool
    limits: tuple[Text, ...]


def bounds(found: pd.DataFrame) -> tuple[Bound, ...]:
    """Return what the rows of the table «Che cosa vincola» say, district by district and goal by goal."""
    groups = found.groupby(["code", "goal"], sort=False)
    return tuple(_bound(str(code), rows.to_dict("records")) for (code, _), rows in groups)


def _bound(code: str, rows: list[Mapping[str, object]]) -> Bound:
    first = rows[0]
    goal, is_possible = _GOALS[str(first["goal"])], first["outcome"] == POSSIBLE.it
    if is_possible:
        told = say(_MOST.it, _MOST.en, g=goal.label, m=in_words(float(str(first["most"])), goal.unit, 0))
    else:
        told = say(_IMPOSSIBLE.it, _IMPOSSIBLE.en, g=goal.label)
    return Bound(code, told, is_possible, tuple(_limits(rows)))


def _limits(rows: list[Mapping[str, object]]) -> Iterator[Text]:
    for row in rows:
        yield Text(str(row["words"]), str(row["words_en"]))
