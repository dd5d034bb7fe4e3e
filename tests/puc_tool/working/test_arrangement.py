"""One row at a time from one order to another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from puc_tool.working.arrangement import Insertion, Move, Removal, edits

ROWS = st.lists(st.integers(0, 8), unique=True)


@given(ROWS, ROWS)
def test_that_the_edits_done_one_after_the_other_lead_to_what_is_wanted(now, wanted):
    rows = list(now)
    for edit in edits(now, wanted):
        if isinstance(edit, Insertion):
            assert edit.key not in rows
            rows.insert(edit.row, edit.key)
        elif isinstance(edit, Removal):
            del rows[edit.row]
        else:
            assert edit.to < edit.row
            rows.insert(edit.to, rows.pop(edit.row))
    assert rows == wanted


@given(ROWS)
def test_that_what_is_as_wanted_needs_no_edit(now):
    assert list(edits(now, now)) == []


def test_that_one_row_that_goes_up_is_one_move():
    assert list(edits([1, 2, 3], [3, 1, 2])) == [Move(2, 0)]
