"""What the second step shows of one dataset: a small map over the commune, and what is asked of its CRS.

Made in the worker's thread, which looks at its report between the steps, so that nobody waits for a dataset they have
left.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from analyses.progress import Report
from layers.crs import name_of
from layers.intake import Ground
from layers.problems import Problem, PucError
from layers.proposal import Proposal
from layers.text import Text, say
from puc_tool.intake import crs_question
from puc_tool.intake.crs_question import Question
from puc_tool.intake.folder_acceptance import content
from puc_tool.intake.layer_preview import READING, Preview, preview
from puc_tool.intake.outcomes import Outcome
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from ui.map.ground import Ground as Below
from ui.map.ground import ground as below_of
from ui.map.projection import fitted
from ui.map.renderer import CanvasRenderer, Content, Laid
from ui.tokens import GAP_12, Tokens

ELSEWHERE = Text("Nel comune non cade nulla.", "Nothing falls in the commune.")


@dataclass(frozen=True)
class Sight:
    """The piece of screen to fill: pixels, how many of the picture's there are for one, and the theme's colours."""

    width: int
    height: int
    ratio: float
    tokens: Tokens


@dataclass(frozen=True)
class Seen:
    """The picture, words beside it, what is asked of the CRS, and what went wrong while looking."""

    image: QImage | None
    said: Text | None = None
    question: Question | None = None
    problems: tuple[Problem, ...] = ()


class Previewer:
    """Knows the ground of one study. One thread at a time may ask it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._renderer = CanvasRenderer()
        self._places: tuple[Ground, Below | None] | None = None

    def ground(self) -> Ground:
        """Return where the study lies."""
        return self._known()[0]

    def look(self, first: Outcome, now: Outcome, proposal: Proposal | None, sight: Sight, report: Report) -> Seen:
        """Return what a dataset looks like ``now``; what it was at ``first`` is what its file says of itself."""
        report(0.0, READING)
        asked, told = self._question(first)
        report(0.3, READING)
        found, said = self._preview(now, proposal, report)
        report(0.8, READING)
        return Seen(self._painted(found, sight), self._words(found, now), asked, (*told, *said))

    def _known(self) -> tuple[Ground, Below | None]:
        if self._places is None:
            shelf = Shelf(study_reading.read(self._folder))
            self._places = shelf.ground(), below_of(shelf)
        return self._places

    def _question(self, first: Outcome) -> tuple[Question | None, tuple[Problem, ...]]:
        if not crs_question.may_be_asked(first):
            return None, ()
        try:
            return crs_question.question(first, self.ground()), ()
        except PucError as error:
            return None, error.problems

    def _preview(self, now: Outcome, proposal: Proposal | None, report: Report) -> tuple[Preview, tuple[Problem, ...]]:
        if now.found is None:
            return Preview(None), ()
        try:
            return preview(now.found, proposal, self.ground(), report), ()
        except PucError as error:
            return Preview(None), error.problems

    def _words(self, found: Preview, now: Outcome) -> Text | None:
        if found.said is not None or now.found is None or found.picture is None:
            return found.said
        if now.found.is_elsewhere:
            return ELSEWHERE
        crs = now.found.given or now.found.subject.crs
        return say("{n}, {c}", "{n}, {c}", n=content(now), c=name_of(crs)) if crs else content(now)

    def _painted(self, found: Preview, sight: Sight) -> QImage | None:
        below = self._known()[1]
        if below is None:
            return None
        view = fitted(below.bounds, sight.width, sight.height, GAP_12)
        laid = () if found.picture is None else (Laid("preview", found.picture),)
        return self._renderer.render(Content(below, laid), view, sight.tokens, sight.ratio, lambda: True)
