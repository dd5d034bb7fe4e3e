"""Which row of a mended copy a row of its source is, as the receipt says it; and what a receipt garbles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puc_tool.mends.edits_over_mends import row_in, runs_of


def test_that_rows_that_follow_each_other_are_one_run():
    assert runs_of([0, 1, 2, 5, 7, 8]) == [[0, 2], [5, 5], [7, 8]]
    assert runs_of([]) == []


@given(st.sets(st.integers(0, 200)))
def test_that_every_row_is_found_where_the_copy_has_it_and_no_other_is(kept):
    rows = sorted(kept)
    runs = runs_of(rows)
    assert [row_in(runs, row) for row in rows] == list(range(len(rows)))
    assert all(row_in(runs, row) is None for row in set(range(201)) - kept)


@pytest.mark.parametrize("garbled", [None, "0-3", [[0]], [[0, "3"]], [0, 3], {"0": 3}, [[0, True]]])
def test_that_runs_nobody_understands_tell_of_no_row(garbled):
    assert row_in(garbled, 0) is None
