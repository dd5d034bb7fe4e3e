"""Long work beside the window: one thread at a time, each with one end out of four."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from analyses.progress import Cancelled, Report
from layers.problems import PucError
from layers.text import Text

Work = Callable[[Report], Any]
_BETWEEN_S = 0.05
_PATIENCE_MS = 120
"""How long stopped work may take to its next report: with the keystroke and the painting, nobody waits 200 ms."""


class Worker(QThread):
    """Runs ``work(report)`` once. Exactly one of done, refused, cancelled, crashed is emitted."""

    progress = Signal(float, object)
    done = Signal(object)
    refused = Signal(object)
    cancelled = Signal()
    crashed = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._is_wanted = threading.Event()
        self._is_wanted.set()
        self._told_at = 0.0

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._is_wanted.clear()

    def run(self) -> None:
        """Do the work; Qt calls this in the thread."""
        try:
            result = self._work(self._report)
        except Cancelled:
            self.cancelled.emit()
        except PucError as error:
            self.refused.emit(error)
        except Exception as error:  # noqa: BLE001 (the last wall before the event loop)
            self.crashed.emit(error)
        else:
            self.done.emit(result)

    def _report(self, share: float, message: Text) -> None:
        if not self._is_wanted.is_set():
            raise Cancelled
        if time.monotonic() - self._told_at >= _BETWEEN_S:
            self._told_at = time.monotonic()
            self.progress.emit(share, message)


def _nothing(*_: object) -> None:
    """Do nothing with what came."""


@dataclass(frozen=True)
class Job:
    """Work, its name, and what to do with each of its ends but the crash, which is the same for all."""

    name: str
    work: Work
    done: Callable[[Any], None]
    refused: Callable[[PucError], None] = _nothing
    cancelled: Callable[[], None] = _nothing


class Jobs(QObject):
    """Does jobs one after another: they share the study's shelf. A waiting job gives way to a newer of its name.

    Work that is stopped and does not come to its next report soon is let go: the window goes on as if it had ended,
    the thread comes to its end beside it, and only then does the next job begin. Work that was done by then, is.
    """

    started = Signal(str)
    progress = Signal(str, float, object)
    ended = Signal(str)
    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[str, Job] = {}
        self._working: tuple[Job, Worker] | None = None
        self._is_let_go = False
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._let_go)

    @property
    def running(self) -> str:
        """The name of the job that is being done, or nothing."""
        return self._working[0].name if self._working and not self._is_let_go else ""

    def ask(self, job: Job) -> None:
        """Do ``job`` as soon as the thread is free."""
        self._waiting[job.name] = job
        if self._working is None:
            self._next()

    def cancel(self) -> None:
        """Stop the job that is being done."""
        if self._working and not self._is_let_go:
            self._working[1].cancel()
            self._patience.start()

    def stop(self) -> None:
        """Forget what waits, cancel what runs and wait for its end; its result is dropped."""
        self._waiting.clear()
        self._patience.stop()
        if self._working:
            worker = self._working[1]
            worker.blockSignals(True)
            worker.cancel()
            worker.wait()
            self._working = None

    def _next(self) -> None:
        if not self._waiting:
            return
        job = self._waiting.pop(next(iter(self._waiting)))
        worker = Worker(job.work, self)
        self._working, self._is_let_go = (job, worker), False
        # Bound methods of an object of the window's thread: only then does Qt carry the call over to it.
        worker.progress.connect(self._tell)
        worker.done.connect(self._done)
        worker.refused.connect(self._refused)
        worker.cancelled.connect(self._cancelled)
        worker.crashed.connect(self.crashed)
        worker.finished.connect(self._finish)
        self.started.emit(job.name)
        worker.start()

    def _let_go(self) -> None:
        if self._working and not self._is_let_go:
            job, self._is_let_go = self._working[0], True
            job.cancelled()
            self.ended.emit(job.name)

    def _tell(self, share: float, message: Text) -> None:
        if self.running:
            self.progress.emit(self.running, share, message)

    def _done(self, result: object) -> None:
        if self._working:
            self._working[0].done(result)

    def _refused(self, error: PucError) -> None:
        if self._working and not self._is_let_go:
            self._working[0].refused(error)

    def _cancelled(self) -> None:
        if self._working and not self._is_let_go:
            self._working[0].cancelled()

    def _finish(self) -> None:
        if self._working is None:
            return
        job, worker = self._working
        worker.wait()
        worker.deleteLater()
        self._patience.stop()
        self._working = None
        if not self._is_let_go:
            self.ended.emit(job.name)
        self._next()
