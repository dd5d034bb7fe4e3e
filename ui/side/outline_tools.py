"""The row of buttons that redraw an outline."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from layers.text import Lang, Text
from ui.look import Look
from ui.parts import IconButton, PushButton, inset
from ui.tokens import GAP_4

CORNERS = Text("Sposta i vertici: clic prende, clic posa; Backspace toglie",
               "Move corners: a click takes, a click puts down; Backspace takes away")  # fmt: skip
SPLIT = Text("Dividi con una linea; doppio clic per finirla", "Split by a line; a double click ends it")
FIT = Text("Aggancia ai vicini entro 2 m: senza vuoti né sovrapposizioni",
           "Fit to the neighbours within 2 m: without gaps or overlaps")  # fmt: skip
PLAN = Text("Contorno del piano", "Outline of the plan")
OTHER = Text("Tieni l'altra parte", "Keep the other part")


class OutlineTools(QWidget):
    """Two tools to hold, corners and split; two things to do at once, fit and plan; the other part after a split."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        row = inset(QHBoxLayout(self), 0, 0, 0, 0, GAP_4)
        self.corners, self.split, self.fit, self.plan = (
            IconButton(look, icon, tip.to(lang), on="accent_text")
            for icon, tip in (
                ("pencil-simple", CORNERS), ("scissors", SPLIT), ("magnet", FIT), ("arrow-counter-clockwise", PLAN),
            )
        )  # fmt: skip
        for tool in (self.corners, self.split):
            tool.setCheckable(True)
        self.other = PushButton(look, OTHER.to(lang), "link")
        for button in (self.corners, self.split, self.fit, self.plan):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.other)
