"""What keeps the open study: lock, crash journal, saving. Nothing is asked on closing, and nothing is lost.

Every act is in the journal before it takes effect. A moment later the study's files say it too; on closing
the journal goes. What lies there at the next start tells that a window ended without closing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

import tomlkit
from psygnal import Signal

from analyses.analysis import Analysis
from layers.problems import Problem, PucError, Severity
from layers.text import NOTHING, Text, same
from puc_tool.scenarios import scenario_keeping
from puc_tool.studies import study_entries, study_reading
from puc_tool.study import FILE
from puc_tool.working import edit_keeping, journal, study_settings, view
from puc_tool.working.history import Act, History
from puc_tool.working.journal import Journal, Recovered, Start
from puc_tool.working.kept_files import KeptFiles
from puc_tool.working.lock import Holder, Lock, State
from puc_tool.working.session import Session


class Standing(Enum):
    """How this window stands to its study."""

    OURS = "ours"
    ENDED = "ended"  # a window of this computer ended without closing: its changes are here, to be gone on with
    HELD = "held"  # another window of this computer has it
    ELSEWHERE = "elsewhere"  # another computer has it, or had it
    LOST = "lost"  # another window took it from us
    UNWRITABLE = "unwritable"


@dataclass(frozen=True)
class Found:
    """A study as it was found: who has it, what an earlier window left, from which text the state starts."""

    standing: Standing
    holder: Holder | None
    left: Recovered | None
    start: Start
    remarks: tuple[Problem, ...] = ()


class Keeper:
    """Keeps one session. ``changed`` tells that the standing is another, ``saved`` that files say what the state says.

    ``troubled`` carries what went wrong with the disk, once; the session goes on, and every act tries again.
    """

    changed = Signal()
    saved = Signal()
    troubled = Signal(object)

    def __init__(self, session: Session, lock: Lock, found: Found) -> None:
        self.session, self.found = session, found
        self.standing = found.standing
        self.lock = lock
        self._folder = session.study.folder
        self._start = found.start
        self._was_troubled = False
        self._journal = Journal(self._folder, found.start)
        self._ours = {_sha256(found.start.study), *(found.left.saved if found.left else ())}
        self._is_behind = found.left is not None and self._has_to_be_written_anew()
        if found.left is not None and not self._is_behind:
            self._journal.go_on(found.left)
        left = found.left.acts if found.left else ()
        self._files = KeptFiles(self._folder, found.start.state, left, session.history)
        session.history.record = self._record
        session.keep(is_read_only=self.standing is not Standing.OURS)

    @property
    def holder(self) -> Holder | None:
        """Who has the study, if it is not this window."""
        return self.lock.holder()

    @property
    def ended(self) -> datetime | None:
        """When the last act was done that an earlier window left behind."""
        return self.found.left.ended if self.found.left else None

    def take_over(self) -> bool:
        """Have the study from now on, because somebody asked for it; raises PucError if its folder can't be written.

        Returns False where the study is no longer what this window shows: it must be opened anew, with this ``lock``.
        """
        is_same = self._is_as_found()
        self.lock.take_over()
        if is_same:
            self._stand(Standing.OURS)
        return is_same

    def look_again(self) -> bool:
        """Tell whether the window that had the study has let it go, or is no more, so that it can be opened anew."""
        holder = self.holder
        is_free = holder is None or holder.state is State.IS_DEAD
        return self.standing is Standing.HELD and is_free

    def save(self) -> bool:
        """Let ``study.toml`` and ``view.toml`` say what the state says; tell whether they do."""
        if self.standing is not Standing.OURS:
            return False
        try:
            if not self._still_ours():
                return False
            self._save_study()
            view.save(self.session.history.state, self._folder)
            self._files.save()
        except PucError as error:
            self._trouble(error)
            return False
        self._was_troubled = False
        self.saved.emit()
        return True

    def close(self) -> None:
        """Save, take the journal away, give the lock back. What can't be saved stays in the journal."""
        if self.save():
            try:
                self._journal.discard()
                self._files.end()
                self.lock.release()
            except PucError as error:
                self._trouble(error)

    def _stand(self, standing: Standing) -> None:
        self.standing = standing
        self.session.keep(is_read_only=standing is not Standing.OURS)
        self.changed.emit()

    def _record(self, act: Act) -> None:
        """Journal ``act``; a disk that refuses is told once, and the session goes on."""
        self._files.note(act)
        try:
            if self.standing is Standing.OURS and self._still_ours():
                self._put_down(act)
        except PucError as error:
            self._is_behind = True
            self._trouble(error)

    def _put_down(self, act: Act) -> None:
        """Put ``act`` into the journal; one that was lost or fell behind is written anew."""
        if not self._is_behind and self._journal.is_there:
            self._journal.append(act)
        else:
            self._journal.write_anew(self.session.history.acts, self._start)
            self._is_behind = False
            self._journal.append(act)

    def _trouble(self, error: PucError) -> None:
        if not self._was_troubled:
            self._was_troubled = True
            self.troubled.emit(error)

    def _still_ours(self) -> bool:
        """Tell whether nobody took the lock; one that was swept away is taken again. Raises PucError."""
        if self.lock.holder() is not None or self.lock.take() is not None:
            self._stand(Standing.LOST)
        return self.standing is Standing.OURS

    def _save_study(self) -> None:
        """Write the study's file if it has to say something else; what others wrote meanwhile is the new ground."""
        there = study_entries.text_of(self._folder)
        if _sha256(there) not in self._ours:
            study_reading.read(self._folder)
            self._start = Start(there, self._start.state)
        wanted = study_settings.with_changes(self._start.study, self.session.history.state)
        if wanted != there:
            self._ours.add(_sha256(wanted))
            self._journal.saving(_sha256(wanted))
            study_entries.save(wanted, self._folder)

    def _is_as_found(self) -> bool:
        there = study_entries.text_of(self._folder)
        return journal.read(self._folder) == self.found.left and _sha256(there) in self._ours

    def _has_to_be_written_anew(self) -> bool:
        """Tell whether the journal starts from another text, or holds acts that are not of this study."""
        left = self.found.left
        assert left is not None, "asked only of what was left"
        return left.start != self.found.start or History(left.start.state).replay(left.acts) < len(left.acts)


def open_study(folder: Path, analysis: Analysis, lock: Lock | None = None) -> Keeper:
    """Open the study in ``folder`` as it was left, with its lock if nobody has it; raises PucError if it is none.

    ``lock``: one that was taken over already.
    """
    study_reading.read(folder)
    lock = lock or Lock(folder)
    found = _find(folder, lock)
    study = study_reading.from_document(tomlkit.parse(found.start.study.removeprefix("\ufeff")), folder)
    history = History(found.start.state)
    if found.left is not None:
        history.replay(found.left.acts)
    return Keeper(Session(study, analysis, history), lock, found)


def _find(folder: Path, lock: Lock) -> Found:
    there = Start(
        study_entries.text_of(folder),
        {**view.read(folder), **scenario_keeping.read(folder), **edit_keeping.read(folder)},
    )
    try:
        holder = lock.take()
    except PucError as error:
        return Found(Standing.UNWRITABLE, None, None, there, error.problems)
    standing = _STANDINGS[holder.state] if holder else Standing.OURS
    left = None if standing is Standing.HELD else journal.read(folder)
    if left is None:
        return Found(standing, holder, None, there)
    if _sha256(there.study) in {_sha256(left.start.study), *left.saved}:
        return Found(standing, holder, left, left.start)
    return Found(standing, holder, left, Start(there.study, left.start.state), (_changed_meanwhile(),))


_STANDINGS = {State.LIVES: Standing.HELD, State.IS_DEAD: Standing.ENDED, State.UNKNOWN: Standing.ELSEWHERE}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _changed_meanwhile() -> Problem:
    return Problem(
        "study-changed-meanwhile",
        same(FILE),
        Text(
            "è stato cambiato dopo che il programma si era chiuso.",
            "it was changed after the program had ended.",
        ),
        Text("Le modifiche ritrovate valgono sul testo nuovo.", "The changes found again hold on the new text."),
        NOTHING,
        Severity.INFO,
    )
