"""What lies at a place, layer by layer: the attributes of each feature, to read and to copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from layers.text import NOTHING, Lang, Text, number, say
from puc_tool.working.identifying import AtLayer, Feature
from ui.look import Look
from ui.panels.panel import Panel
from ui.parts import IconButton, PushButton, clear, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

TITLE = Text("Elementi in questo punto", "Features at this place")
CLOSE, COPY = Text("Chiudi (Esc)", "Close (Esc)"), Text("Copia", "Copy")
NOTHING_HERE = Text(
    "Nessun elemento dei livelli visibili in questo punto.", "No feature of the visible layers at this place."
)
OTHERS = Text("e altri {n}", "and {n} more")


class FeaturesPanel(Panel):
    """Shows what was found. ``closed`` says that it is no longer wanted."""

    closed = Signal()

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._look, self._lang = look, lang
        self._found: Sequence[AtLayer] = ()
        close = IconButton(look, "x", CLOSE.to(lang))
        close.clicked.connect(self.closed)
        self.head.addWidget(close)
        body = QWidget()
        self._rows = inset(QVBoxLayout(body), INSET, GAP_12, INSET, GAP_12, GAP_4)
        self.put_body(body)
        foot = QHBoxLayout()
        self.copy_button = PushButton(look, COPY.to(lang), "secondary", "copy")
        self.copy_button.clicked.connect(self.copy)
        foot.addWidget(self.copy_button)
        foot.addStretch()
        self.put_foot(foot)

    def show_found(self, found: Sequence[AtLayer]) -> None:
        """Show these features instead of those before."""
        self._found = found
        self.copy_button.setEnabled(bool(found))
        clear(self._rows)
        if not found:
            self._rows.addWidget(words(NOTHING_HERE.to(self._lang), "body", "ink3", wrap=True))
        for layer in found:
            self._layer(layer)
        self._rows.addStretch()

    def lines(self) -> list[str]:
        """Return what is shown as text: tab separated, a line for each attribute."""
        lang = self._lang
        return [
            "\t".join((layer.title.to(lang), feature.title.to(lang), label.to(lang), value.to(lang)))
            for layer in self._found
            for feature in layer.features
            for label, value in feature.attributes
        ]

    def copy(self) -> None:
        """Copy what is shown, for a spreadsheet."""
        QGuiApplication.clipboard().setText("\n".join(self.lines()))

    def _layer(self, layer: AtLayer) -> None:
        self._rows.addSpacing(GAP_8)
        self._rows.addWidget(words(layer.title.to(self._lang), "strong", wrap=True))
        for feature in layer.features:
            self._feature(feature, layer.title)
        if layer.others:
            self._rows.addWidget(
                words(say(OTHERS.it, OTHERS.en, n=number(layer.others)).to(self._lang), "note", "ink3")
            )

    def _feature(self, feature: Feature, of_layer: Text) -> None:
        if feature.title not in (NOTHING, of_layer):
            self._rows.addWidget(words(feature.title.to(self._lang), "label", wrap=True))
        for label, value in feature.attributes:
            if value != feature.title:
                self._rows.addWidget(_attribute(label.to(self._lang), value.to(self._lang)))


def _attribute(label: str, value: str) -> QWidget:
    line = QWidget()
    row = inset(QHBoxLayout(line), 0, 0, 0, 0, GAP_12)
    name = words(label, "note", "ink2", wrap=True)
    said = words(value, "body", wrap=True)
    said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(name, 2, Qt.AlignmentFlag.AlignTop)
    row.addWidget(said, 3)
    line.setAccessibleName(f"{label}: {value}")
    return line
