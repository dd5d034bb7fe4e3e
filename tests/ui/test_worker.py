"""Work beside the window has one end out of four."""

from __future__ import annotations

import threading
import time

import pytest

from analyses.progress import Cancelled
from layers.problems import Problem, PucError
from layers.text import Text, same
from ui.worker import Job, Jobs, Worker

REFUSED = PucError(Problem("x", same("x"), Text("no.", "no.")))


def raising(error: BaseException):
    def work(report):
        raise error

    return work


@pytest.mark.parametrize(
    ("work", "end"),
    [
        (lambda report: 42, "done"),
        (raising(REFUSED), "refused"),
        (raising(Cancelled()), "cancelled"),
        (raising(KeyError("bug")), "crashed"),
    ],
    ids=["done", "refused", "cancelled", "crashed"],
)
def test_that_exactly_one_end_is_told(qtbot, work, end):
    worker, told = Worker(work), []
    for name in ("done", "refused", "cancelled", "crashed"):
        getattr(worker, name).connect(lambda *_, name=name: told.append(name))
    with qtbot.waitSignal(worker.finished):
        worker.start()
    worker.wait()
    qtbot.wait(20)
    assert told == [end]


def test_that_cancelling_stops_the_work_at_its_next_report(qtbot):
    def work(report):
        while True:
            report(0.1, same("x"))
            time.sleep(0.002)

    worker = Worker(work)
    with qtbot.waitSignal(worker.cancelled):
        worker.start()
        worker.cancel()
    worker.wait()


def test_that_jobs_are_done_one_after_another_and_a_newer_of_the_same_name_takes_the_place(qtbot):
    jobs, order = Jobs(), []

    def work(name):
        return lambda report: (time.sleep(0.02), order.append(name))

    ends = []
    jobs.ended.connect(ends.append)
    jobs.ask(Job("first", work("first"), lambda result: None))
    jobs.ask(Job("check", work("old"), lambda result: None))
    jobs.ask(Job("check", work("new"), lambda result: None))
    qtbot.waitUntil(lambda: len(ends) == 2)
    assert order == ["first", "new"]
    assert jobs.running == ""


def test_that_the_result_is_handed_over_in_the_thread_of_the_window(qtbot):
    from PySide6.QtCore import QThread

    jobs, threads = Jobs(), []
    jobs.ask(Job("x", lambda report: None, lambda result: threads.append(QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] is jobs.thread()
    qtbot.waitUntil(lambda: not jobs.running)


def test_that_work_that_does_not_listen_is_let_go_and_the_next_waits_for_its_end(qtbot):
    jobs, go_on, told = Jobs(), threading.Event(), []
    jobs.ended.connect(lambda name: told.append(f"end of {name}"))
    jobs.ask(Job("deaf", lambda report: go_on.wait(600), told.append, cancelled=lambda: told.append("cancelled")))
    jobs.cancel()
    qtbot.waitUntil(lambda: not jobs.running)
    assert told == ["cancelled", "end of deaf"]
    jobs.ask(Job("next", lambda report: "next", told.append))
    qtbot.wait(50)
    assert told == ["cancelled", "end of deaf"]
    go_on.set()
    qtbot.waitUntil(lambda: told[-1] == "end of next")
    # It was done all the same, and what was done is told.
    assert told == ["cancelled", "end of deaf", True, "next", "end of next"]


def test_that_work_let_go_that_stops_or_refuses_later_is_not_told_twice(qtbot):
    jobs, go_on, told = Jobs(), threading.Event(), []

    def deaf(report):
        go_on.wait(600)
        report(1.0, same("late"))

    jobs.ask(Job("deaf", deaf, told.append, cancelled=lambda: told.append("cancelled")))
    jobs.cancel()
    qtbot.waitUntil(lambda: not jobs.running)
    go_on.set()
    jobs.ask(Job("next", lambda report: "next", told.append))
    qtbot.waitUntil(lambda: told[-1] == "next")
    assert told == ["cancelled", "next"]
    jobs.stop()
