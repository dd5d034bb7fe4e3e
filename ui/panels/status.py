"""The status line: what just happened, or what is being done with a way to stop it; scale, place and CRS."""

from __future__ import annotations

import math

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QProgressBar

from layers import crs as coordinate_systems
from layers.problems import PucError
from layers.text import NOTHING, Lang, Text, number, say
from puc_tool.working.session import Session
from puc_tool.working.typed_number import typed_scale
from ui.desk import CHECK, Desk
from ui.look import Look, font
from ui.map.projection import View
from ui.parts import Elided, PushButton, inset, rule, words
from ui.tokens import GAP_12, INSET, SCALE_W, STATUS_H

CANCEL = Text("Annulla", "Cancel")
SCALE = Text("Scala", "Scale")
SCALE_TIP = Text(
    "Scala: scrivere per esempio 1:10.000 e Invio (Ctrl+R)", "Scale: type for example 1:10,000 and Enter (Ctrl+R)"
)
LIMIT = Text("La mappa non va oltre 1:{s}.", "The map goes no further than 1:{s}.")
_NEARLY = 0.01
_NOTHING_UNDER_MS = 300
_BAR_W = 180
_MM_A_INCH = 25.4
_THOUSANDTHS = 1000


class StatusLine(QFrame):
    """Follows the desk's jobs and the map's view. ``metres_wanted`` tells the side of a pixel at a scale typed in."""

    metres_wanted = Signal(float)

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__()
        self.setProperty("box", "surface")
        self.setFixedHeight(STATUS_H)
        self._desk, self._lang = desk, lang
        self._metres = 1.0
        self._told = self._hint = NOTHING
        self._said = Elided("", "note", "ink2")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(_BAR_W)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _THOUSANDTHS)
        self._cancel = PushButton(look, CANCEL.to(lang), "link")
        self._cancel.clicked.connect(desk.cancel)
        self._place = words("", "note", "ink2")
        self.scale = QLineEdit()
        self.scale.setFont(font("label"))
        self.scale.setFixedWidth(SCALE_W)
        self.scale.setProperty("kind", "quiet")
        self.scale.setAccessibleName(SCALE.to(lang))
        self.scale.setToolTip(SCALE_TIP.to(lang))
        self.scale.returnPressed.connect(self._take_scale)
        self._late = QTimer(self, interval=_NOTHING_UNDER_MS, singleShot=True)
        self._late.timeout.connect(self._show_progress)
        self._lay_out(session)
        self._finish("")
        desk.said.connect(self.say)
        desk.hinted.connect(self.hint)
        desk.jobs.started.connect(self._start)
        desk.jobs.progress.connect(self._progress)
        desk.jobs.ended.connect(self._finish)

    def say(self, sentence: Text) -> None:
        """Tell what happened; it stands until something else does, but for what is being done meanwhile."""
        self._told = sentence
        self._said.say(sentence.to(self._lang))

    def hint(self, sentence: Text) -> None:
        """Tell how to use a tool; it stands while the tool is in hand."""
        self._hint = sentence
        self.say(sentence)

    def drop_hint(self) -> None:
        """Take the hint back, if nothing was told since: the tool is no longer in hand."""
        if self._told is self._hint:
            self.say(NOTHING)

    def look(self, view: View) -> None:
        """Tell the scale, true for this screen."""
        self._metres = view.metres
        if not self._place.text():
            self.point(view.x, view.y)
        if not self.scale.hasFocus():
            self._say_scale()

    @property
    def _metres_a_dot(self) -> float:
        return _MM_A_INCH / 1000 / self.physicalDpiX()

    def _say_scale(self) -> None:
        self.scale.setText(f"1:{number(rounded(self._metres / self._metres_a_dot)).to(self._lang)}")

    def _take_scale(self) -> None:
        """Look at the scale that was typed; words that are none are told, and the scale that is stands again."""
        try:
            denominator = typed_scale(self.scale.text())
        except PucError as error:
            self.say(say("{m} {r}", "{m} {r}", m=error.problems[0].message, r=error.problems[0].remedy))
        else:
            self.metres_wanted.emit(denominator * self._metres_a_dot)
            self._say_limit(denominator)
        self._say_scale()
        self.scale.selectAll()

    def _say_limit(self, wanted: float) -> None:
        """Say where the map ends, if it could not be looked at from so far, or from so near."""
        shown = self._metres / self._metres_a_dot
        if not math.isclose(shown, wanted, rel_tol=_NEARLY):
            self.say(say(LIMIT.it, LIMIT.en, s=number(rounded(shown))))

    def point(self, x: float, y: float) -> None:
        """Tell where the pointer is."""
        place = say("{x}\u202fE   {y}\u202fN", "{x}\u202fE   {y}\u202fN", x=number(x, 1), y=number(y, 1))
        self._place.setText(place.to(self._lang))

    def _lay_out(self, session: Session) -> None:
        crs = session.study.crs
        row = inset(QHBoxLayout(self), INSET, 0, INSET, 0, GAP_12)
        row.addWidget(self._said, 1)
        for widget in (self._bar, self._cancel, words(SCALE.to(self._lang), "note", "ink2"), self.scale):
            row.addWidget(widget)
        row.addWidget(rule(vertical=True))
        self._place.setMinimumWidth(190)
        row.addWidget(self._place)
        row.addWidget(rule(vertical=True))
        row.addWidget(words(crs.name.replace(" zone ", " "), "note", "ink2"))
        row.addWidget(words(coordinate_systems.name_of(crs), "note", "ink3"))

    def _start(self, job: str) -> None:
        self._bar.setValue(0)
        self._late.start()

    def _show_progress(self) -> None:
        is_shown = self._desk.jobs.running not in ("", CHECK)
        self._bar.setVisible(is_shown)
        self._cancel.setVisible(is_shown)

    def _progress(self, job: str, share: float, message: Text) -> None:
        self._bar.setValue(max(self._bar.value(), round(share * _THOUSANDTHS)))
        if not self._late.isActive() and job != CHECK:
            self._said.say(message.to(self._lang))

    def _finish(self, job: str) -> None:
        self._late.stop()
        self._bar.hide()
        self._cancel.hide()
        self._said.say(self._told.to(self._lang))


def rounded(denominator: float) -> float:
    """Return the number of a scale with two figures that count, as one would say it."""
    step = 10.0 ** max(0, len(str(int(denominator))) - 2)
    return round(denominator / step) * step
