"""Trying: sliders of what may be moved, before and now, and Run to make a result of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QVBoxLayout, QWidget

from analyses.districts.scenarios import BASE
from analyses.live import Handle
from layers.text import Lang, Text, number, say
from puc_tool.figures.amounts import said_unit, with_unit
from ui.desk import Desk
from ui.look import Look
from ui.panels.panel import Panel
from ui.parts import IconButton, PushButton, clear, inset, words
from ui.segments import Segments
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET
from ui.trying import Trying

TITLE = Text("Prova", "Try")
CLOSE = Text("Chiudi (Esc)", "Close (Esc)")
NOW, BEFORE = Text("Ora", "Now"), Text("Prima", "Before")
NO_RESULT = Text(
    "Mappa, cifre e tabella seguono i cursori. È una prova: diventa un risultato quando si preme Esegui.",
    "Map, figures and table follow the sliders. It is only tried: Run makes a result of it.",
)
RUN = Text("Esegui", "Run")
RESET = Text("Torna al valore di prima (doppio clic)", "Back to the value before (double click)")
ONLY_TRIED = Text(
    "Vale solo in questa prova, finché non si salva come scenario: Esegui calcola il piano e gli scenari.",
    "Holds while trying only, until it is saved as a scenario: Run computes the plan and the scenarios.",
)
FROM, FROM_PLAN = Text("Parte da «{s}».", "Starts from “{s}”."), Text("Parte dal piano vigente.",
                                                                   "Starts from the plan in force.")  # fmt: skip
CURTAIN = Text("Tendina sulla mappa: prima a sinistra, ora a destra",
               "Curtain on the map: before on the left, now on the right")  # fmt: skip
SAVE, INTO_NEW = Text("Salva scenario", "Save scenario"), Text("Nuovo scenario", "New scenario")
SAVE_HOW = Text(
    "Salva i valori provati dei distretti in uno scenario; si può annullare.",
    "Save the values tried of the districts into a scenario; it can be undone.",
)
INTO = Text("In «{s}»", "Into “{s}”")
INTO_NEW_FROM = Text("Nuovo scenario, che parte da «{s}»", "New scenario, starting from “{s}”")
CHOOSE_ONE = Text(
    "Scegliere un distretto per provarne l'indice e le quote.", "Choose a district to try its own fields."
)
_KNOB_R, _TRACK_H, _SLIDER_H = 7.0, 4.0, 24


class LivePanel(Panel):
    """Follows a `Trying`. ``closed`` says that it is no longer wanted.

    ``save_wanted`` asks to keep what is tried of the districts: in the scenario of this name, or in a new one;
    ``curtain_wanted`` to see before and now at once, left and right of the curtain.
    """

    closed = Signal()
    save_wanted = Signal(str)
    curtain_wanted = Signal()

    def __init__(self, trying: Trying, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._trying, self._look, self._lang = trying, look, lang
        self.segments = Segments(lambda place: trying.show_before(place == 0), lang)
        self.head.addWidget(self.segments)
        self.curtain = IconButton(look, "columns", CURTAIN.to(lang))
        self.curtain.clicked.connect(self.curtain_wanted)
        self.head.addWidget(self.curtain)
        self.close_button = IconButton(look, "x", CLOSE.to(lang))
        self.close_button.clicked.connect(self.closed)
        self.head.addWidget(self.close_button)
        body = QWidget()
        self._rows = inset(QVBoxLayout(body), INSET, GAP_12, INSET, GAP_12, GAP_4)
        self.put_body(body)
        self.run_button = PushButton(look, RUN.to(lang), "primary", "play", "on_accent")
        self.run_button.clicked.connect(desk.run)
        self.save_button = PushButton(look, SAVE.to(lang), "secondary", "floppy-disk")
        self.save_button.setToolTip(SAVE_HOW.to(lang))
        self.save_menu = QMenu(self.save_button)
        self.save_menu.aboutToShow.connect(self._list_scenarios)
        self.save_button.setMenu(self.save_menu)
        foot = QHBoxLayout()
        foot.addWidget(self.run_button)
        foot.addWidget(self.save_button)
        foot.addStretch()
        self.put_foot(foot)
        self.sliders: dict[tuple[str, str], HandleRow] = {}
        trying.opened.connect(self._open)
        trying.rebased.connect(self._open)
        trying.moved.connect(self._follow)
        self.hide()

    def _open(self) -> None:
        self.segments.offer([BEFORE.to(self._lang), NOW.to(self._lang)], 0 if self._trying.is_before else 1)
        self._lay_out(self._trying.handles())
        self.save_button.setVisible(self._trying.wants_choice)
        self.curtain.setVisible(self._trying.wants_choice)
        self._enable()

    def _enable(self) -> None:
        """Offer what can be done with what is tried of districts."""
        for button in (self.save_button, self.curtain):
            button.setEnabled(self._trying.can_save)

    def _follow(self) -> None:
        """Show where everything stands; other things to move are laid out anew."""
        found = self._trying.handles()
        if [(each.of, each.name) for each in found] != list(self.sliders):
            self._lay_out(found)
        for each in found:
            self.sliders[each.of, each.name].follow(each)
        self._enable()

    def _list_scenarios(self) -> None:
        """Offer a new scenario, and those there are."""
        self.save_menu.clear()
        base = self._trying.base_title
        new = INTO_NEW if self._trying.base == BASE else say(INTO_NEW_FROM.it, INTO_NEW_FROM.en, s=base)
        into_new = self.save_menu.addAction(new.to(self._lang).replace("&", "&&"))
        into_new.triggered.connect(lambda: self.save_wanted.emit(""))
        if self._trying.scenarios:
            self.save_menu.addSeparator()
        for name, title in self._trying.scenarios:
            action = self.save_menu.addAction(say(INTO.it, INTO.en, s=title).to(self._lang).replace("&", "&&"))
            action.triggered.connect(lambda _=False, name=name: self.save_wanted.emit(name))

    def _lay_out(self, found: tuple[Handle, ...]) -> None:
        clear(self._rows)
        if self._trying.wants_choice:
            self._rows.addWidget(words(self._from.to(self._lang), "strong", wrap=True))
        self._rows.addWidget(words(NO_RESULT.to(self._lang), "note", "ink2", wrap=True))
        self._rows.addSpacing(GAP_8)
        if self._trying.wants_choice and not any(each.of for each in found):
            self._rows.addWidget(words(CHOOSE_ONE.to(self._lang), "note", "ink3", wrap=True))
        self.sliders = {(each.of, each.name): HandleRow(each, self._trying, self._look, self._lang) for each in found}
        of = ""
        for key, row in self.sliders.items():
            if key[0] != of:
                self._head(key[0])
            of = key[0]
            self._rows.addWidget(row)
        self._rows.addStretch()

    @property
    def _from(self) -> Text:
        """What the sliders start from, in words."""
        return FROM_PLAN if self._trying.base == BASE else say(FROM.it, FROM.en, s=self._trying.base_title)

    def _head(self, of: str) -> None:
        """Begin the fields of an object, or, after them, the parameters."""
        self._rows.addSpacing(GAP_8)
        title = say("Distretto {c}", "District {c}", c=of) if of else Text("Parametri", "Parameters")
        self._rows.addWidget(words(title.to(self._lang), "strong"))
        if of:
            self._rows.addWidget(words(ONLY_TRIED.to(self._lang), "small", "ink3", wrap=True))


class HandleRow(QWidget):
    """A handle: its name and value, and under them a slider with a tick where it stood at first."""

    def __init__(self, handle: Handle, trying: Trying, look: Look, lang: Lang) -> None:
        super().__init__()
        self._handle, self._trying, self._lang = handle, trying, lang
        self._value = words("", "label")
        self.slider = MarkedSlider(look, self._place(handle.value))
        self.slider.setRange(0, self._place(handle.high))
        self.slider.setAccessibleName(", ".join(filter(None, (handle.label.to(lang), said_unit(handle.unit).to(lang)))))
        self.slider.setToolTip(RESET.to(lang))
        self.slider.valueChanged.connect(self._move)
        line = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        line.addWidget(words(handle.label.to(lang), "label", "ink2", wrap=True), 1)
        line.addWidget(self._value, 0, Qt.AlignmentFlag.AlignTop)
        column = inset(QVBoxLayout(self), 0, GAP_4, 0, GAP_4, GAP_4)
        column.addLayout(line)
        column.addWidget(self.slider)
        self.follow(handle)

    @property
    def shown(self) -> QLabel:
        """The label of the value."""
        return self._value

    def follow(self, handle: Handle) -> None:
        """Show where the handle stands; nobody is told."""
        self._handle = handle
        self.slider.blockSignals(True)
        self.slider.setValue(self._place(handle.value))
        self.slider.blockSignals(False)
        self._value.setText((handle.shown or self._said(handle)).to(self._lang))

    def _said(self, handle: Handle) -> Text:
        decimals = max(0, len(f"{handle.step:.6f}".rstrip("0").partition(".")[2]))
        return with_unit(number(handle.value, decimals), said_unit(handle.unit))

    def _move(self, place: int) -> None:
        value = min(self._handle.high, self._handle.low + place * self._handle.step)
        self._trying.move(self._handle, round(value, 10))

    def _place(self, value: float) -> int:
        return round((value - self._handle.low) / self._handle.step)


class MarkedSlider(QSlider):
    """A slider with a tick where it stood at first; a double click goes back there."""

    def __init__(self, look: Look, first: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look, self._first = look, first
        self.setPageStep(5)
        self.setFixedHeight(_SLIDER_H)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Go back to where it stood."""
        self.setValue(self._first)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint track, tick and knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, at = self.height() / 2, self._at(self.value())
        painter.setPen(Qt.PenStyle.NoPen)
        for right, token in ((self._at(self.maximum()), "border"), (at, "accent")):
            painter.setBrush(self._look.colour(token))
            painter.drawRoundedRect(QRectF(_KNOB_R, middle - _TRACK_H / 2, right - _KNOB_R, _TRACK_H), 2, 2)
        painter.fillRect(QRectF(self._at(self._first) - 1, middle - _KNOB_R - 1, 2, 5), self._look.colour("ink3"))
        painter.setPen(QPen(self._look.colour("accent"), 2))
        painter.setBrush(self._look.colour("accent" if self.hasFocus() else "surface"))
        painter.drawEllipse(QPointF(at, middle), _KNOB_R - 1, _KNOB_R - 1)
        painter.end()

    def _at(self, value: int) -> float:
        """Return where the middle of the knob is for a value (pixels)."""
        span = max(1, self.maximum() - self.minimum())
        return _KNOB_R + (self.width() - 2 * _KNOB_R) * (value - self.minimum()) / span
