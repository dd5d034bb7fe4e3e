"""What is wanted between two datasets of a folder, in the thread that reads them.

What reading says of a file it hears as warnings of libraries, which are those of the whole process: a second thread
that read beside it would have its own taken for the file's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from analyses.progress import Cancelled, Report


@dataclass(frozen=True)
class Aside:
    """Work, and what to do with what came of it in the window's thread."""

    work: Callable[[Report], Any]
    done: Callable[[Any], None]


class Asides(QObject):
    """Holds one wish: a newer one takes the place of one that nobody has served yet, and stops one that is served."""

    _made = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Aside | None = None
        self._made.connect(self._hand_over)

    def ask(self, aside: Aside | None) -> None:
        """Want this, and nothing that was wanted before."""
        self._wanted = aside

    def serve(self) -> None:
        """Do what is wanted; the thread that reads calls this between two datasets."""
        aside = self._wanted
        if aside is None:
            return
        try:
            made = aside.work(lambda share, message: self._stop_unless_wanted(aside))
        except Cancelled:
            return
        if self._wanted is aside:
            self._wanted = None
        self._made.emit(aside, made)

    def _stop_unless_wanted(self, aside: Aside) -> None:
        if self._wanted is not aside:
            raise Cancelled

    def _hand_over(self, aside: Aside, made: object) -> None:
        aside.done(made)
