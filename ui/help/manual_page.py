"""Where the manual lies: a button for each document beside the program, and the folder they lie in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layers.text import Lang, Text
from puc_tool import manual
from ui.look import Look
from ui.parts import PushButton, inset, words
from ui.tokens import GAP_8, GAP_12, INSET

ABOUT = Text(
    "Le pagine del manuale sono documenti accanto al programma. Si aprono con ciò che il computer usa per i testi.",
    "The pages of the manual are documents beside the program. They open in the program your computer uses for texts.",
)
LINE = Text(
    "Ogni verbo della riga di comando si spiega da sé: «puc-tool --help», «puc-tool VERBO --help».",
    "Every verb of the command line explains itself: “puc-tool --help”, “puc-tool VERB --help”.",
)
NONE = Text(
    "Questo programma è stato installato senza i documenti: stanno nella cartella docs del suo deposito.",
    "This program was installed without its documents: they lie in the folder docs of its repository.",
)
FOLDER = Text("Apri la cartella dei documenti", "Open the folder of documents")


class ManualPage(QWidget):
    """The documents by their headings."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self.setAccessibleName(ABOUT.to(lang))
        found = manual.pages()
        column = inset(QVBoxLayout(self), INSET, GAP_12, INSET, GAP_12, GAP_8)
        column.addWidget(words((ABOUT if found else NONE).to(lang), "body", "ink2", wrap=True))
        self.buttons = [self._button(look, page.title, page.path, "file-text") for page in found]
        if found:
            self.buttons.append(self._button(look, FOLDER.to(lang), found[0].path.parent, "folder-open"))
        for button in self.buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(GAP_12)
        column.addWidget(words(LINE.to(lang), "note", "ink2", wrap=True))
        column.addStretch()

    def _button(self, look: Look, title: str, path: Path, icon: str) -> PushButton:
        button = PushButton(look, title, "link", icon, "accent_text")
        button.setToolTip(path.name)
        button.clicked.connect(partial(_open, path))
        return button


def _open(path: Path, checked: bool = False) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
