"""Mended copies that nothing names any more: taken away with their receipts, once no step can bring them back.

A mend that is taken back leaves its copy, for it may be done again. When the history forgets the step, or the window
closes, the copy is of no use. Only what this history made is looked at, and only the very file of its receipt is
removed: never a source, never a copy that somebody changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from layers.problems import PucError
from layers.reference import LayerRef
from puc_tool.mends import receipts
from puc_tool.studies import study_entries, study_reading
from puc_tool.working.history import Act, Place, Step, Value
from puc_tool.working.layer_changes import ENTRY


class MendedCopies:
    """The copies that the steps of one history have named."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[int, int]] = {}

    def note(self, act: Act) -> None:
        """Remember the copies that an act names."""
        for copy in _named_by(self._folder, (act.step,) if act.step else ()):
            self._known[copy] = self._written(copy)

    def clear(self, state: Mapping[Place, Value], steps: Iterable[Step] = ()) -> tuple[str, ...]:
        """Take away the copies that neither ``state`` nor ``steps`` nor the study's file names; return them."""
        if not self._known:
            return ()
        try:
            written = study_reading.read(self._folder).layers
        except PucError:  # what it names can't be told, so everything stays
            return ()
        held = [study_entries.meaning(str(value), self._folder) for at, value in state.items() if at[0] == ENTRY]
        named = {*_copies((*written, *filter(None, held))), *_named_by(self._folder, steps)}
        unused = sorted(set(self._known) - set(_with_earlier(self._folder, named)))
        return tuple(copy for copy in unused if self._remove(copy))

    def _remove(self, copy: str) -> bool:
        """Remove a copy that is the very file of its receipt, and the receipt; tell whether that was done.

        One written anew since a step named it is that of a mend just being done, which no step names yet.
        """
        receipt = receipts.read(self._folder, copy)
        is_ours = receipts.is_intact(self._folder, copy, receipt) and self._written(copy) == self._known[copy]
        if receipt is None or not is_ours:
            return False
        with suppress(OSError):  # what can't be removed now is in nobody's way
            (self._folder / copy).unlink()
            (self._folder / receipt.file).unlink(missing_ok=True)
            del self._known[copy]
            return True
        return False

    def _written(self, copy: str) -> tuple[int, int]:
        """Return what tells a file from another written under its name later."""
        try:
            about = (self._folder / copy).stat()
        except OSError:
            return 0, 0
        return about.st_ino, about.st_mtime_ns


def _named_by(folder: Path, steps: Iterable[Step]) -> Iterator[str]:
    """Yield the copies that entries of layers in these steps name."""
    for step in steps:
        for change in step.changes:
            if change.place[0] == ENTRY:
                texts = (str(value) for value in (change.before, change.after) if value is not None)
                yield from _copies(filter(None, (study_entries.meaning(text, folder) for text in texts)))


def _copies(refs: Iterable[LayerRef]) -> Iterator[str]:
    return (ref.source for ref in refs if receipts.steps_of(ref))


def _with_earlier(folder: Path, copies: Iterable[str]) -> Iterator[str]:
    """Yield copies with those that they were mended from: their receipts go back to them."""
    for copy in copies:
        yield copy
        receipt = receipts.read(folder, copy)
        entries = [study_entries.meaning(step["entry"], folder) for step in receipt.steps] if receipt else []
        yield from _copies(filter(None, entries))
