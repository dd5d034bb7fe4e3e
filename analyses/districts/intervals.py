"""Ranges give intervals: where a scenario leaves a parameter open, each figure has a lowest and a highest value.

Each figure is monotone in each parameter, the others held; so its extremes over a box of ranges lie at corners of the
box, and all corners are reckoned.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from analyses.districts.case import Case
from analyses.districts.formulas import FORMULAS
from analyses.districts.scenarios import Edit, Plan, Scenario
from analyses.districts.tables import RANGES


def intervals(case: Case) -> pd.DataFrame:
    """Return lowest and highest value (in ``unit``) of every figure that a scenario's ranges move, by district.

    Method: the corners of the ranges, since each figure is monotone in each parameter.
    """
    rows = [
        row
        for scenario in case.scenarios
        for edits in _open_edits(scenario).values()
        for row in _of_district(case, scenario, edits)
    ]
    return pd.DataFrame(rows, columns=[column.id for column in RANGES.columns])


def _open_edits(scenario: Scenario) -> dict[str, list[Edit]]:
    """Return the edits that give a range, by district."""
    found: dict[str, list[Edit]] = {}
    for edit in scenario.every_edit:
        if edit.high is not None:
            found.setdefault(edit.district, []).append(edit)
    return found


def _of_district(case: Case, scenario: Scenario, edits: list[Edit]) -> list[dict[str, object]]:
    code, patched = edits[0].district, case.plans[scenario.id]
    place = patched.frame["code"].tolist().index(code)
    corners = list(product(*((edit.value, edit.high) for edit in edits)))
    rows = patched.frame.iloc[[place] * len(corners)].reset_index(drop=True)
    for column, edit in enumerate(edits):
        rows[edit.field] = np.array([corner[column] for corner in corners], dtype=float)
    sheet = case.sheet(Plan(rows, patched.outlines[[place] * len(corners)]))
    ends = {each.column: (float(sheet[each.column].min()), float(sheet[each.column].max())) for each in FORMULAS}
    return [
        {"code": code, "scenario": scenario.id, "column": each.column, "low": low, "high": high, "unit": each.unit}
        for each in FORMULAS
        for low, high in [ends[each.column]]
        if low < high
    ]
