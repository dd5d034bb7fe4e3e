"""The few figures on top of the results: label, number with its unit, divided by rules."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from analyses.result import Figure
from layers.text import Lang, Text, same, say
from puc_tool.figures import amounts
from puc_tool.figures.found_results import Results
from puc_tool.figures.method_words import method_of
from puc_tool.figures.pieces import FigureAsked
from puc_tool.working.session import Session
from ui.look import Look
from ui.panels.cell_questions import WHERE_FROM
from ui.parts import Elided, IconButton, clear, inset, rule, words
from ui.tokens import GAP_4, GAP_8, INSET, NARROW

_MOST, _MOST_NARROW = 4, 3
NOT_BEFORE = Text("prima n.d.", "before n/a")
BEFORE = Text("prima {a} {u}", "before {a} {u}")
SHARE = Text("{l}, quota", "{l}, share")
IN_PLAN = Text("nel piano {a} {u}", "in the plan {a} {u}")


class Headline(QWidget):
    """Three or four figures of the session's results: those the analysis puts first, then the others with a value.

    ``asked`` carries the figure somebody wants to know the origin of.
    """

    asked = Signal(object)

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self._session, self._look, self._lang = session, look, lang
        self._row = inset(QHBoxLayout(self), INSET, 0, INSET, GAP_8, INSET)
        self._shown = 0
        session.results_changed.connect(self.show_all)
        session.tried_changed.connect(self.show_all)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Show one less where there is less room."""
        if self._wanted() != self._shown:
            self.show_all()

    def show_all(self) -> None:
        """Show the figures of the session."""
        clear(self._row)
        self._shown = self._wanted()
        results = self._session.shown
        figures = headlines(results)[: self._shown]
        for place, (figure, called) in enumerate(zip(figures, names_of(figures), strict=True)):
            if place:
                self._row.addWidget(rule(vertical=True))
            self._row.addWidget(self._block(figure, called, results), 1)
        self.setVisible(results is not None)

    def _wanted(self) -> int:
        return _MOST if self.window().width() >= NARROW else _MOST_NARROW

    def _block(self, figure: Figure, called: Text, results: Results | None) -> QWidget:
        spec = figure.spec
        block = QWidget()
        column = inset(QVBoxLayout(block), 0, 0, 0, 0, 1)
        label = words(called.to(self._lang), "label", "ink2", wrap=True)
        column.addWidget(label, 1, Qt.AlignmentFlag.AlignBottom)
        value = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_4)
        amount, unit = told(figure)
        value.addWidget(words(amount.to(self._lang), "kpi"))
        value.addWidget(words(amounts.said_unit(unit).to(self._lang), "body", "ink2"))
        value.addWidget(self._question(figure))
        value.addStretch()
        column.addLayout(value)
        under = self._before(figure) if self._session.tried else dates_of(results)
        column.addWidget(Elided(under.to(self._lang), "small", "ink2"))
        how = method_of(self._session.analysis, spec).to(self._lang)
        block.setToolTip(f"{spec.label.to(self._lang)}\n{how}")
        return block

    def _before(self, figure: Figure) -> Text:
        """Return what a figure that is tried was before, or what a scenario's is in the plan: «prima 96,4 ha»."""
        tried, results = self._session.tried, self._session.results
        is_scenario = tried is not None and bool(tried.shown_as) and not tried.before
        held = tried.before or tried.of_plan if tried is not None and tried.shown_as else ()
        held = held or (results.figures if results and not is_scenario else ())
        was = next((each for each in held if each.spec.id == figure.spec.id and each.value is not None), None)
        if was is None:
            return NOT_BEFORE
        amount, unit = told(was)
        before = IN_PLAN if is_scenario else BEFORE
        return say(before.it, before.en, a=amount, u=amounts.said_unit(unit))

    def _question(self, figure: Figure) -> QWidget:
        """Return the button that asks where a figure comes from."""
        tip = f"{WHERE_FROM.to(self._lang)} {figure.spec.label.to(self._lang)}"
        button = IconButton(self._look, "question", tip, token="accent_text")
        button.clicked.connect(lambda: self.asked.emit(FigureAsked(figure.spec.id)))
        return button


def headlines(results: Results | None) -> tuple[Figure, ...]:
    """Return the figures that have a value: those the analysis puts first, then in the order of their declaration."""
    if results is None:
        return ()
    first = {figure_id: place for place, figure_id in enumerate(results.analysis.headlines)}
    there = [figure for figure in results.figures if figure.value is not None]
    return tuple(sorted(there, key=lambda figure: first.get(figure.spec.id, len(first))))


def names_of(figures: Sequence[Figure]) -> list[Text]:
    """Return what figures side by side are called, in short; a share is called so beside its amount of that name."""
    short = [tuple(each.partition(" (")[0] for each in (figure.spec.label.it, figure.spec.label.en))
             for figure in figures]  # fmt: skip
    taken = [[name[place] for name in short] for place in (0, 1)]
    is_share = [figure.spec.unit == "%" for figure in figures]
    return [
        Text(*(said.format(l=name) if shares and taken[place].count(name) > 1 else name
               for place, (said, name) in enumerate(zip((SHARE.it, SHARE.en), names, strict=True))))
        for names, shares in zip(short, is_share, strict=True)
    ]  # fmt: skip


def told(figure: Figure) -> tuple[Text, str]:
    """Return the number and its unit; areas in m² of a hectare or more are told in hectares, as tables do."""
    return amounts.told(figure.value or 0.0, figure.spec.unit, figure.spec.decimals)


def years_of(results: Results | None) -> str:
    """Return «2017–2018», the year alone, or nothing."""
    return "–".join(map(str, results.years)) if results else ""


def dates_of(results: Results | None) -> Text:
    """Return which state the figures tell of, and what it is compared with."""
    years = results.years if results else ()
    if len(years) < 2:
        return same(years_of(results))
    return say("{b}, confronto con il {a}", "{b}, compared with {a}", a=years[0], b=years[-1])


def title_of(results: Results | None, session: Session, lang: Lang) -> str:
    """Return the analysis with the years of its results."""
    return say("{t} {y}", "{t} {y}", t=session.analysis.title, y=years_of(results)).to(lang).rstrip()
