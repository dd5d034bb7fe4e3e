"""The last wall: what is no problem of ours is a bug, told in one sentence, with a report to copy."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from importlib.metadata import version
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from layers.problems import PucError
from layers.text import Lang, Text

BUG = Text(
    "Qualcosa non ha funzionato, e non dipende dai dati. Lo studio è salvo.",
    "Something went wrong, and not because of the data. The study is safe.",
)
MORE = Text(
    "Il rapporto dice che cosa stava facendo il programma, non contiene dati dello studio.",
    "The report says what the program was doing; it holds no data of the study.",
)
COPY, CLOSE = Text("Copia il rapporto", "Copy the report"), Text("Chiudi", "Close")
log = logging.getLogger("puc_tool")


def told(error: BaseException) -> str:
    """Return the report of a bug: versions and traceback."""
    trace = "".join(traceback.format_exception(error))
    return (
        f"puc-tool {version('puc-tool')}, Qt {qVersion()}, Python {platform.python_version()}, "
        f"{platform.system()}\n\n{trace}"
    )


def tell(error: BaseException, lang: Lang, parent: QWidget | None = None) -> QMessageBox:
    """Show ``error``: ours in its own sentences, anything else as a bug with a report to copy.

    The box is shown without waiting; whoever asked keeps it as long as it is open.
    """
    dialog = QMessageBox(parent)
    dialog.setWindowTitle("PUC Tool")
    if isinstance(error, PucError):
        dialog.setText("\n\n".join(problem.sentence(lang) for problem in error.problems))
    else:
        log.error(told(error))
        dialog.setText(BUG.to(lang))
        dialog.setInformativeText(MORE.to(lang))
        dialog.setDetailedText(told(error))
        _add_copy(dialog, told(error), lang)
    dialog.addButton(CLOSE.to(lang), QMessageBox.ButtonRole.RejectRole)
    dialog.show()
    return dialog


def _add_copy(dialog: QMessageBox, report: str, lang: Lang) -> None:
    button = dialog.addButton(COPY.to(lang), QMessageBox.ButtonRole.ActionRole)
    button.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def install(tell_it: Callable[[BaseException], object]) -> Hook:
    """Make ``tell_it`` the end of every exception that nobody took; return the hook that was there."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
        else:
            tell_it(error)

    sys.excepthook = hook
    return before
