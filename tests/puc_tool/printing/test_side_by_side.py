"""Work shared between this process and others: each part once, whoever does it, and errors come out."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from puc_tool.printing.side_by_side import as_done


def begun(value: str) -> Future[str]:
    """Return what another process has taken up and done: it can't be cancelled."""
    future = Future[str]()
    future.set_running_or_notify_cancel()
    future.set_result(value)
    return future


def test_that_what_nobody_has_begun_is_done_here_from_the_end_and_the_rest_is_waited_for():
    running = [begun("a"), begun("b"), Future(), Future()]
    found = list(as_done(running, lambda place: f"own {place}"))
    assert sorted(found) == [(0, "a"), (1, "b"), (2, "own 2"), (3, "own 3")]
    assert found[0] == (3, "own 3")


def test_that_nothing_is_done_here_when_all_has_begun():
    assert dict(as_done([begun("a"), begun("b")], lambda place: pytest.fail("begun"))) == {0: "a", 1: "b"}


def test_that_the_error_of_another_process_comes_out():
    broken = Future[str]()
    broken.set_running_or_notify_cancel()
    broken.set_exception(ValueError("there"))
    with pytest.raises(ValueError, match="there"):
        list(as_done([broken, Future()], lambda place: "own"))
