"""What is done with layers at the desk: reading those that came or changed, adding, mending. Each is a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from analyses.progress import Report
from layers.intake import Intake
from layers.problems import PucError
from layers.reference import LayerRef
from layers.roles import BY_ID
from layers.text import Text, say
from puc_tool.intake import layer_adding
from puc_tool.intake.layer_adding import Offer
from puc_tool.mends import mending
from puc_tool.mends.mending import Applied
from puc_tool.studies import study_entries
from puc_tool.study import Study
from puc_tool.working import layer_changes
from puc_tool.working.history import Place, Value
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.map.scene import Opened, Scene, read_again
from ui.worker import Job, Work

READ, OFFER, ADD, PROPOSE, MEND = "read layers", "offer", "add", "propose", "mend"
ADDED = Text("{l}: aggiunto. Si può annullare.", "{l}: added. It can be undone.")
MENDED = Text("{l}: rimediato. Si può annullare.", "{l}: mended. It can be undone.")
NOTHING_MENDED = Text("Niente da rimediare: nulla è stato scritto.", "Nothing to mend: nothing was written.")


class LayerDesk(QObject):
    """Works by the desk's one worker.

    ``reread`` carries the scene with layers read anew, ``offered`` what a file can be for the study, ``proposed`` what
    can be mended, ``refused`` why something can't be; ``done`` tells that a layer was added or mended.
    """

    reread = Signal(object)
    offered = Signal(object)
    proposed = Signal(object)
    refused = Signal(object)
    done = Signal()

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(desk)
        self._session, self._desk = session, desk
        self._scene = Scene()
        desk.opened.connect(self._take_scene)
        session.layers_arranged.connect(self._read)

    def offer(self, path: Path) -> None:
        """Ask what the file at ``path`` can be for the study."""
        shelf = self._session.shelf
        self._ask(OFFER, lambda report: layer_adding.offers(shelf, path, report), self.offered.emit)

    def add(self, offer: Offer) -> None:
        """Give the study a layer, once it is known to serve."""
        shelf = self._session.shelf
        self._ask(ADD, lambda report: layer_adding.taken(shelf, offer, report), self._put)

    def propose(self, ref: LayerRef) -> None:
        """Ask what can be mended in a layer."""
        study = self._session.study
        self._ask(PROPOSE, lambda report: mending.proposals(study, ref, report), self.proposed.emit)

    def mend(self, ref: LayerRef, wanted: Mapping[str, tuple[str, ...]]) -> None:
        """Mend a layer in a copy, which the study names from then on; the original stays as it is."""
        study, state = self._session.study, dict(self._session.history.state)

        def work(report: Report) -> Applied:
            return mending.mended_copy(study, ref, _entry_of(study, ref, state), wanted, report)

        self._ask(MEND, work, self._put_mended)

    def _ask(self, name: str, work: Work, done: Callable[[Any], None]) -> None:
        self._desk.jobs.ask(Job(name, work, done, self._refuse))

    def _refuse(self, error: PucError) -> None:
        self.refused.emit(error)
        worst = error.problems[0]
        self._desk.said.emit(say("{w}: {m} {r}", "{w}: {m} {r}", w=worst.where, m=worst.message, r=worst.remedy))

    def _take_scene(self, scene: Scene) -> None:
        self._scene = scene

    def _read(self) -> None:
        """Read what the study names now and nobody has read yet."""
        refs = self._session.unread
        if refs and self._desk.is_open:
            session, scene = self._session, self._scene
            self._ask(READ, lambda report: read_again(session, scene, refs, report), self._put_read)

    def _put_read(self, opened: Opened) -> None:
        """Show what was read, as far as the study still names it so."""
        self._scene = opened.scene
        self.reread.emit(opened.scene)
        for intake in opened.intakes:
            if intake.ref in self._session.unread:
                self._session.add(intake)
        self._read()

    def _put(self, intake: Intake) -> None:
        self._session.put_layer(intake.ref)
        self._tell(ADDED, intake.ref)

    def _put_mended(self, applied: Applied) -> None:
        if applied.copy:
            self._session.put_mended(applied.ref, applied.entry)
            self._tell(MENDED, applied.ref)
        else:
            self._desk.said.emit(NOTHING_MENDED)
            self.done.emit()

    def _tell(self, done: Text, ref: LayerRef) -> None:
        self._desk.said.emit(say(done.it, done.en, l=BY_ID[ref.role].title))
        self.done.emit()


def _entry_of(study: Study, ref: LayerRef, state: Mapping[Place, Value]) -> str:
    """Return the entry that names a layer now: as the state has it, else as it stands in the study's file."""
    changed = state.get(layer_changes.entry_place(ref.key))
    return str(changed) if changed else study_entries.entry_of(study_entries.read(study.folder), ref)
