"""What differs from today: the rows of every scenario made alike, their changes, and the figures of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from analyses.districts.scenarios import BASE
from analyses.effects.tables import FIGURES, INDICATORS
from analyses.result import Figure
from layers.text import Text

_NOTHING_KNOWN = Text("Lo studio non ha i livelli per calcolarla.", "The study lacks the layers to compute it.")
_LEAST_CHANGE = 1e-9


def alike(frames: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return the frames with the same columns: a kind of service that only a scenario brings serves nobody before."""
    names = {column.id: 0.0 for column in INDICATORS if any(column.id in frame for frame in frames)}
    return [frame.assign(**{name: none for name, none in names.items() if name not in frame}) for frame in frames]


def changes(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return what differs from today (the first frame), by neighbourhood, scenario and indicator.

    ``before``, ``after`` and ``change`` (after less before) are in the indicator's ``unit``; a change that comes from
    rounding alone has no row.
    """
    today = frames[0]
    rows = [
        frame[["code", "name", "scenario"]].assign(
            indicator=each.id, unit=each.unit, before=today[each.id], after=frame[each.id],
            change=frame[each.id] - today[each.id],
        )
        for frame in frames[1:]
        for each in INDICATORS
        if each.id in frame
    ]  # fmt: skip
    whole = pd.concat(rows, ignore_index=True)
    return whole[whole["change"].abs() > _LEAST_CHANGE].reset_index(drop=True)


def figures(frames: Sequence[pd.DataFrame]) -> Iterator[Figure]:
    """Yield how many scenarios there are, and the sums over the neighbourhoods with the plan in force."""
    plan = next(frame for frame in frames if frame["scenario"].iloc[0] == BASE)
    for spec in FIGURES:
        column = spec.id.replace("_with_plan", "")
        if spec.id == "scenarios":
            yield Figure(spec, float(len(frames) - 1))
        elif column in plan:
            yield Figure(spec, float(plan[column].sum()))
        else:
            yield Figure(spec, None, _NOTHING_KNOWN)
