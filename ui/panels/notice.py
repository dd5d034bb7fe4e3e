"""The strip under the top bar: who has the study, what was found again, what the disk refuses. It asks for nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from layers.problems import Problem
from layers.text import NOTHING, Lang, Text, joined, same, say
from puc_tool.working.history import Step
from puc_tool.working.keeper import Keeper, Standing
from ui.keeping import Keeping
from ui.look import Look
from ui.parts import Icon, PushButton, clear, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

GO_ON, SEE_WHAT = Text("Continua", "Go on"), Text("Vedi che cosa", "See what")
TAKE_OVER, OPEN_AGAIN = Text("Prendi il controllo", "Take it over"), Text("Riapri", "Open again")
READ_HERE = Text("Qui si può leggere ed esportare.", "Here it can be read and exported.")
ENDED = Text("Il programma si è chiuso{t}. Lo studio è com'era.", "The program ended{t}. The study is as it was.")
ENDED_IDLE = Text(
    "Il programma si è chiuso senza lasciare lo studio. Nulla era in sospeso.",
    "The program ended without letting the study go. Nothing was pending.",
)
HELD = Text("Aperto in un'altra finestra{t}.", "Open in another window{t}.")
ELSEWHERE = Text("Aperto da un'altra postazione{h}{t}.", "Open on another computer{h}{t}.")
LOST = Text("Un'altra finestra ha preso lo studio.", "Another window took the study.")
FREE = Text("Lo studio ora è libero.", "The study is free now.")
FOUND_AGAIN = Text("Le modifiche lasciate in sospeso sono state riprese.", "The pending changes were taken up again.")
UNWRITABLE = Text("Lo studio non si può scrivere, le modifiche non restano.", "The study can't be written.")
UNKEPT = Text(
    "Si può continuare: finché il disco rifiuta, le modifiche restano solo in questa finestra.",
    "You can go on: while the disk refuses, changes stay in this window only.",
)
NO_STEPS = Text("Nessuna modifica in sospeso", "No pending changes")
_MOST_STEPS = 15

Act = Callable[[], None]


class Notice(QFrame):
    """Follows a `Keeping`; hidden while there is nothing to say."""

    def __init__(self, keeping: Keeping, take_over: Act, open_again: Act, look: Look, lang: Lang) -> None:
        super().__init__()
        self._keeping, self._look, self._lang = keeping, look, lang
        self._acts = {GO_ON: take_over, TAKE_OVER: take_over, OPEN_AGAIN: open_again, SEE_WHAT: self.show_steps}
        self.setProperty("box", "notice")
        self.setProperty("severity", "info")
        self._row = inset(QHBoxLayout(self), INSET, GAP_4, INSET, GAP_4, GAP_8)
        keeping.changed.connect(self._follow)
        self._follow()

    def sentence(self) -> str:
        """Return what is said."""
        return said(self._keeping).to(self._lang)

    def show_steps(self) -> None:
        """Show what was done before the program ended, the last step first."""
        menu = QMenu(self)
        for line in steps_told(self._keeping.keeper.session.history.done, self._lang):
            menu.addAction(line).setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(INSET, self.height())))

    def _follow(self) -> None:
        clear(self._row)
        sentence = self.sentence()
        self.setVisible(bool(sentence))
        self.setAccessibleName(sentence)
        is_trouble = self._keeping.trouble is not None
        sign, ink = ("warning", "warn") if is_trouble else ("info", "info")
        self.setProperty("severity", "warning" if is_trouble else "info")
        self.style().unpolish(self)
        self.style().polish(self)
        self._row.addWidget(Icon(self._look, sign, ink))
        self._row.addWidget(words(sentence, "body", wrap=True), 1)
        for title in offered(self._keeping):
            self._row.addWidget(self._button(title))
        self._row.setSpacing(GAP_12)

    def _button(self, title: Text) -> QPushButton:
        button = PushButton(self._look, title.to(self._lang), "secondary")
        button.clicked.connect(self._acts[title])
        return button


def said(keeping: Keeping) -> Text:
    """Return what there is to say of how the study is kept; nothing while all is well."""
    keeper = keeping.keeper
    if keeping.trouble is not None:
        return joined([*map(_told, keeping.trouble.problems), UNKEPT], " ")
    if keeping.is_free:
        return FREE
    return joined([_standing(keeper), *map(_told, keeper.found.remarks)], " ")


def _told(problem: Problem) -> Text:
    return say("{w}: {m}", "{w}: {m}", w=problem.where, m=joined([problem.message, problem.effect], " "))


def offered(keeping: Keeping) -> Sequence[Text]:
    """Return what can be done about it."""
    if keeping.is_free:
        return (OPEN_AGAIN,)
    standing = keeping.keeper.standing
    if standing is Standing.ENDED:
        return (GO_ON, SEE_WHAT) if keeping.keeper.found.left else (GO_ON,)
    return (TAKE_OVER,) if standing is Standing.ELSEWHERE else ()


def steps_told(steps: Sequence[Step], lang: Lang) -> list[str]:
    """Return the steps by name, the last first, and how many more there are."""
    told = [step.title.to(lang) for step in reversed(steps)]
    more = len(told) - _MOST_STEPS
    rest = [say("… e altre {n}", "… and {n} more", n=more).to(lang)] if more > 0 else []
    return [*told[:_MOST_STEPS], *rest] or [NO_STEPS.to(lang)]


def _standing(keeper: Keeper) -> Text:
    standing, holder = keeper.standing, keeper.found.holder
    since = _time(" dalle {t}", " since {t}", _read(holder.since) if holder else None)
    if standing is Standing.ENDED:
        at = _time(" alle {t}", " at {t}", keeper.ended)
        return say(ENDED.it, ENDED.en, t=at) if keeper.found.left else ENDED_IDLE
    if standing is Standing.HELD:
        return joined([say(HELD.it, HELD.en, t=since), READ_HERE], " ")
    if standing is Standing.ELSEWHERE:
        host = say(" ({h})", " ({h})", h=holder.host) if holder and holder.host else NOTHING
        return joined([say(ELSEWHERE.it, ELSEWHERE.en, h=host, t=since), READ_HERE], " ")
    if standing is Standing.LOST:
        return joined([LOST, READ_HERE], " ")
    if standing is Standing.UNWRITABLE:
        return UNWRITABLE
    return FOUND_AGAIN if keeper.found.left and keeper.found.standing is Standing.OURS else NOTHING


def _read(words_of: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words_of)
    except ValueError:
        return None


def _time(it: str, en: str, at: datetime | None) -> Text:
    """Return the hour of this computer's clock, with the day if it is not today; nothing where it is not known."""
    if at is None:
        return NOTHING
    here = at.astimezone()
    is_today = here.date() == datetime.now().astimezone().date()
    hour, day = f"{here:%H:%M}", f"{here:%d/%m/%Y}"
    return say(it, en, t=same(hour) if is_today else Text(f"{hour} del {day}", f"{hour} on {day}"))
