"""The last wall: what is no problem of ours is a bug, told in one sentence, with a report to copy."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from layers.problems import PucError
from layers.text import Lang, Text
from ui.bug_report import report
from ui.remedies import here

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


def tell(error: BaseException, lang: Lang, parent: QWidget | None = None) -> QMessageBox:
    """Show ``error``: ours in its own sentences, anything else as a bug with a report to copy.

    The box is shown without waiting; whoever asked keeps it as long as it is open. A bug whose box is still open
    (a painter may meet the same one at every frame) gets no second one.
    """
    said = "" if isinstance(error, PucError) else report(error)
    again = next((box for box in _open_boxes() if said and box.detailedText() == said), None)
    if again is not None:
        return again
    dialog = QMessageBox(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("PUC Tool")
    if isinstance(error, PucError):
        dialog.setText("\n\n".join(here(problem).sentence(lang) for problem in error.problems))
    else:
        log.error(said)
        dialog.setText(BUG.to(lang))
        dialog.setInformativeText(MORE.to(lang))
        dialog.setDetailedText(said)
        _add_copy(dialog, said, lang)
    dialog.addButton(CLOSE.to(lang), QMessageBox.ButtonRole.RejectRole)
    _dress(dialog)
    dialog.show()
    return dialog


def _open_boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def _add_copy(dialog: QMessageBox, report: str, lang: Lang) -> None:
    button = dialog.addButton(COPY.to(lang), QMessageBox.ButtonRole.ActionRole)
    button.setProperty("kind", "primary")
    button.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
    dialog.setDefaultButton(button)


def _dress(dialog: QMessageBox) -> None:
    """Give every button the look of its kind, and Qt's own words the sign that theirs have elsewhere."""
    for button in dialog.buttons():
        button.setText(button.text().replace("...", "…"))
        button.style().unpolish(button)
        button.style().polish(button)


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
