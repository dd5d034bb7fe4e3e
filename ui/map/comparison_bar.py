"""Over the map while two themes are compared: which left, which right, how, and an end to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from layers.text import Lang, Text
from ui.choice import Choice
from ui.look import Look
from ui.parts import IconButton, floating, inset
from ui.tokens import COMPARED_W, GAP_8, GAP_32, ICON_MAP, TOOL

LEFT, RIGHT = Text("A sinistra", "On the left"), Text("A destra", "On the right")
BESIDE, CURTAIN = Text("Affianca le due mappe", "Two maps side by side"), Text("Una tendina", "A curtain")
END = Text("Chiudi il confronto (Esc)", "End the comparison (Esc)")


class ComparisonBar(QFrame):
    """``chosen`` tells the places of the two themes, ``turned`` that the other way is wanted."""

    chosen = Signal(int, int)
    turned = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, look: Look, lang: Lang) -> None:
        super().__init__(parent)
        self._lang = lang
        self.setProperty("box", "floating")
        self.left, self.right = Choice(look, LEFT.to(lang)), Choice(look, RIGHT.to(lang))
        self.way = IconButton(look, "columns", BESIDE.to(lang), size=ICON_MAP)
        close = IconButton(look, "x", END.to(lang), size=ICON_MAP)
        self._row = row = inset(QHBoxLayout(self), GAP_8, GAP_8, GAP_8, GAP_8, GAP_8)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(GAP_8)
        for box in (self.left, self.right):
            self._pair.addWidget(box)
        row.addLayout(self._pair)
        for button in (self.way, close):
            row.addWidget(button)
        for box in (self.left, self.right):
            box.activated.connect(lambda _: self.chosen.emit(*self.pair))
        self.way.clicked.connect(self.turned)
        close.clicked.connect(self.closed)
        floating(self, look)
        self.hide()

    @property
    def pair(self) -> tuple[int, int]:
        """The places of the themes left and right."""
        return self.left.currentIndex(), self.right.currentIndex()

    def fit(self, width: int) -> None:
        """Take no more room than a map so wide has (pixels): names without room side by side stand in two lines."""
        room = width - 2 * GAP_32 - 2 * TOOL - 5 * GAP_8
        wanted = min(COMPARED_W, max(box.sizeHint().width() for box in (self.left, self.right)))
        is_beside = 2 * wanted <= room
        self._pair.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        for box in (self.left, self.right):
            box.setFixedWidth(max(TOOL, min(wanted, room)))
        for row in (self._pair, self._row):  # a bar that is not shown yet does not hear of it by itself
            row.invalidate()
        self.resize(self._row.totalSizeHint())

    def offer(self, titles: Sequence[str], pair: tuple[int, int], *, is_curtain: bool) -> None:
        """Offer these themes."""
        for box, place in zip((self.left, self.right), pair, strict=True):
            box.clear()
            box.addItems(list(titles))
            box.setCurrentIndex(place)
        tip = (BESIDE if is_curtain else CURTAIN).to(self._lang)
        self.way.picture("columns" if is_curtain else "arrows-left-right")
        self.way.setToolTip(tip)
        self.way.setAccessibleName(tip)
