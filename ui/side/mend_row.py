"""One mend that a layer may have: whether it is wanted, in which of its ways, what it would do and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from layers.mends.mend import Proposal
from layers.mends.settings import Option
from layers.text import FEATURES, Lang, Text, counted, say
from puc_tool.figures.amounts import in_words
from ui.forms.choice import Choice, under_label
from ui.look import Look, font
from ui.parts import inset, words
from ui.tokens import GAP_4, GAP_24

NO_FEATURE = Text("Nessun elemento.", "No feature.")


class MendRow(QWidget):
    """``changed`` tells that it is wanted otherwise. Another way than the first can be wanted whatever is proposed."""

    changed = Signal()

    def __init__(self, proposal: Proposal, look: Look, lang: Lang) -> None:
        super().__init__()
        self._proposal, self._lang = proposal, lang
        self.box = QCheckBox(proposal.mend.title.to(lang))
        self.box.setFont(font("body"))
        self.box.setChecked(proposal.chosen)
        self.box.toggled.connect(self.changed)
        self._column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_4)
        self._column.addWidget(self.box)
        options = (each for each in proposal.mend.settings if isinstance(each, Option))
        self.ways = [(each, self._ways(each, look)) for each in options]
        self._of_first = [self._say(said) for said in (_amount(proposal), proposal.why)]
        for said in proposal.line.left:
            self._say(said)
        self._follow()

    @property
    def is_wanted(self) -> bool:
        """Tell whether it is to be done."""
        return self.box.isEnabled() and self.box.isChecked()

    @property
    def words(self) -> tuple[str, ...]:
        """The ways that are chosen, where they are not the first of theirs."""
        found = ((setting, list(setting.ways)[max(0, box.currentIndex())]) for setting, box in self.ways)
        return tuple(way for setting, way in found if way != setting.default)

    def _ways(self, setting: Option, look: Look) -> Choice:
        """Add the choice between the ways of a setting."""
        label = setting.label.to(self._lang)
        box = Choice(f"{self.box.text()}: {label}", lambda _: self._turn(), look)
        box.offer([each.to(self._lang) for each in setting.ways.values()])
        held = under_label(label, box)
        held.setContentsMargins(GAP_24, 0, 0, 0)
        self._column.addWidget(held)
        return box

    def _turn(self) -> None:
        """Want the other way, or what was proposed."""
        self._follow()
        self.box.setChecked(bool(self.words) or self._proposal.chosen)
        self.changed.emit()

    def _follow(self) -> None:
        """Say what would be done and why, where it is known: it was proposed for the first ways only."""
        self.box.setEnabled(bool(self.words) or self._proposal.line.features > 0)
        for label in self._of_first:
            label.setVisible(not self.words)

    def _say(self, said: Text) -> QLabel:
        label = words(said.to(self._lang), "note", "ink2", wrap=True)
        label.setContentsMargins(GAP_24, 0, 0, 0)
        self._column.addWidget(label)
        return label


def _amount(proposal: Proposal) -> Text:
    line = proposal.line
    if not line.features:
        return NO_FEATURE
    count = counted(line.features, FEATURES)
    return say("{f}, {a}", "{f}, {a}", f=count, a=in_words(line.area_m2, "m²", 1)) if line.area_m2 else count
