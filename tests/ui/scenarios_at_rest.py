"""When a window with scenarios has nothing left to do."""

from __future__ import annotations

from ui.main_window import MainWindow


def idle(window: MainWindow) -> bool:
    waits = window.right.scenario_work._settling.isActive() or window.right.trying._settling.isActive()
    return not window.desk.jobs.running and not window.desk.jobs._waiting and not waits


def settled(qtbot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: idle(window))
