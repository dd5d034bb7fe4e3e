"""Asking where a number comes from: the worker reads its pieces, the map lights them up, until somebody leaves."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from analyses.progress import Report
from layers.text import Text
from puc_tool.figures.found_results import Results
from puc_tool.figures.origin import Origin, origin_of
from puc_tool.figures.pieces import Asked
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.map.lit import around, is_shaded, lit
from ui.worker import Job

ORIGIN = "origin"
ONLY_TRIED = Text("È una prova: dopo Esegui si può chiedere da dove viene.", "Only tried: ask where from after Run.")
NO_NUMBER = Text("Qui non c'è un numero da spiegare.", "There is no number to explain here.")


@dataclass(frozen=True)
class Told:
    """Where a number comes from, and the pictures of its pieces, the topmost first.

    ``is_shaded``: they differ in how much counts.
    """

    origin: Origin
    pictures: tuple[ResultPicture, ...] = ()
    is_shaded: bool = False


class Origins(QObject):
    """Holds the number that is asked about. ``told`` carries what is known of it, ``left`` says that none is.

    A number is worked out from others, which may be asked about in turn: ``back`` goes the way back.
    """

    told = Signal(object)
    left = Signal()

    def __init__(self, session: Session, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self.now: Told | None = None
        self._way: list[Asked] = []
        session.results_changed.connect(self.leave)

    @property
    def can_go_back(self) -> bool:
        """Tell whether this number was asked about on the way from another."""
        return bool(self._way)

    def ask(self, asked: Asked | None) -> None:
        """Ask where a number of the results comes from; None where there is no number."""
        self._way.clear()
        self._ask(asked)

    def follow(self, asked: Asked) -> None:
        """Ask where one of the numbers comes from that this one is worked out from."""
        if self.now is not None:
            self._way.append(self.now.origin.asked)
        self._ask(asked)

    def back(self) -> None:
        """Ask again about the number from which this one was asked about."""
        if self._way:
            self._ask(self._way.pop())

    def _ask(self, asked: Asked | None) -> None:
        results = self._session.results
        if self._session.tried:
            self._desk.said.emit(ONLY_TRIED)
            return
        if results is None or asked is None:
            self._desk.said.emit(NO_NUMBER)
            return
        self._desk.jobs.ask(
            Job(ORIGIN, lambda report: _told(results, asked, report), lambda told: self._show(results, told))
        )

    def leave(self) -> None:
        """Put the lights out."""
        if self.now is not None:
            self.now = None
            self.left.emit()

    def _show(self, results: Results, told: Told | None) -> None:
        """Show what was found, unless there are other results meanwhile."""
        if told is None:
            self._desk.said.emit(NO_NUMBER)
        elif results is self._session.results:
            self.now = told
            self.told.emit(told)


def _told(results: Results, asked: Asked, report: Report) -> Told | None:
    origin = origin_of(results, asked)
    if origin is None or origin.sum is None:
        return None if origin is None else Told(origin)
    pieces = origin.sum.pieces
    return Told(origin, (*around(pieces), lit(pieces)), is_shaded(pieces))
