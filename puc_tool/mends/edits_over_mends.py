"""Edits of a layer over its mended copy: the features they were made on are those of the receipt, row by row.

The file of edits stays as it is, so that taking a mend back takes nothing of it along. A feature that a mend took out,
or a value that it changed, leaves its edit waiting, as when a source is delivered anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

from layers.reference import Edit, Edits, LayerRef
from puc_tool.mends import receipts

ROWS = "rows"


def runs_of(rows: Sequence[int]) -> list[list[int]]:
    """Return rising rows as runs, first and last: [0, 1, 2, 5] is [[0, 2], [5, 5]]."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return runs


def over_mends(ref: LayerRef, folder: Path) -> LayerRef:
    """Return ``ref`` with its edits bound to the mended copy it names; as it is if it names none, or has no edits."""
    receipt = receipts.read(folder, ref.source) if ref.edits is not None and receipts.steps_of(ref) else None
    if ref.edits is None or receipt is None:
        return ref
    bound = [replace(each, made_on=ref.edits.made_on(each)) for each in ref.edits.values]
    moved = [reduce(_over, receipt.steps, each) for each in bound]
    return replace(ref, edits=Edits(ref.edits.sha256, tuple(moved), ref.edits.is_broken))


def _over(edit: Edit, step: Mapping[str, Any]) -> Edit:
    """Return an edit of what a mend began from as one of its copy; any other, and one of a row taken out, as it is."""
    if edit.made_on != tuple(each["sha256"] for each in step["originals"]):
        return edit
    row = row_in(step.get(ROWS), edit.row)
    return edit if row is None else replace(edit, row=row, made_on=(step["copy"]["sha256"],))


def row_in(runs: object, row: int) -> int | None:
    """Return where the copy has a row of what it was made from; None if it has not, or the receipt does not say."""
    before = 0
    for first, last in runs if _are_runs(runs) else ():  # type: ignore[attr-defined]
        if first <= row <= last:
            return int(before + row - first)
        before += last - first + 1
    return None


def _are_runs(runs: object) -> bool:
    return isinstance(runs, list) and all(
        isinstance(each, list) and len(each) == 2 and all(type(end) is int for end in each) for each in runs
    )
