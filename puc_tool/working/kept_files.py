"""The files of a study beside ``study.toml`` that follow the history: scenarios, edited values, mended copies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from puc_tool.mends.mended_copies import MendedCopies
from puc_tool.scenarios.scenario_keeping import ScenarioFiles
from puc_tool.working.edit_keeping import EditFiles
from puc_tool.working.history import Act, History, Place, Value


class KeptFiles:
    """Follows ``history``, which ``acts`` have led to from the state ``before``."""

    def __init__(self, folder: Path, before: Mapping[Place, Value], acts: tuple[Act, ...], history: History) -> None:
        self._history = history
        self._scenarios, self._copies = ScenarioFiles(folder, before), MendedCopies(folder)
        self._edits = EditFiles(folder, before, acts)
        self._edits.follow(history)
        for act in acts:
            self.note(act)

    def note(self, act: Act) -> None:
        """Remember what an act may bring into a file, so that it is known again as ours."""
        self._scenarios.note(act)
        self._copies.note(act)

    def save(self) -> None:
        """Let the files say what the state says; raises PucError, with a file as it is, where others changed it."""
        self._scenarios.save(self._history.state)
        self._edits.save(self._history.state)
        self._copies.clear(self._history.state, (*self._history.done, *self._history.undone))

    def end(self) -> None:
        """Take away what only a step could bring back: the history ends."""
        self._copies.clear(self._history.state)
