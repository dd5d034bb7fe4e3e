"""What is asked of a place at the desk: what applies there, and the page that says so. Each is a job."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import shapely
from PySide6.QtCore import QObject, Signal

from analyses.what_applies import Found
from layers import write
from layers.text import Lang, Text, say
from puc_tool import what_applies
from puc_tool.maps.extract import extract
from puc_tool.working.session import Session
from ui.desk import PRINT, Desk
from ui.worker import Job

ASK = "ask"


@dataclass(frozen=True)
class Answer:
    """What applies at a place, in the study's CRS."""

    place: shapely.Geometry
    found: Found


class PlaceDesk(QObject):
    """Works by the desk's one worker. ``answered`` carries what applies at a place."""

    answered = Signal(object)

    def __init__(self, session: Session, desk: Desk, lang: Lang) -> None:
        super().__init__(desk)
        self._session, self._desk, self._lang = session, desk, lang

    def ask(self, place: shapely.Geometry) -> None:
        """Ask what applies at a place of the study."""
        shelf = self._session.shelf
        self._desk.jobs.ask(
            Job(
                ASK,
                lambda report: what_applies.ask(shelf, place, report),
                lambda found: self.answered.emit(Answer(place, found)),
                self._desk.say_why_not,
            )
        )

    def print(self, answer: Answer, path: Path) -> None:
        """Write what applies at a place as a page."""
        shelf, lang = self._session.shelf, self._lang
        work = Job(
            PRINT,
            lambda report: write.data(path, extract(shelf, answer.place, answer.found, lang)),
            lambda done: self._desk.said.emit(say("Scritto: {f}", "Written: {f}", f=path.name)),
            self._desk.say_why_not,
        )
        self._desk.jobs.ask(work)

    def say(self, words: Text) -> None:
        """Tell something in the status line."""
        self._desk.said.emit(words)
