"""Mending a layer of a study: what can be done, doing it with a receipt, going one step back. No Qt.

The source is never touched. A mended copy and its receipt are written beside each other, then ``study.toml`` is made
to point at the copy: a kill before that leaves the study as it was, and what was written is written over next time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from analyses.progress import Report, silent
from layers import write
from layers.mends import registry
from layers.mends.mend import Line, Proposal
from layers.mends.registry import Mended, Words
from layers.mends.storable import storable
from layers.problems import Problem, PucError
from layers.reference import LayerRef
from layers.source import fingerprint
from layers.text import Text
from puc_tool import provenance
from puc_tool.mends import mending_refusals as refusals
from puc_tool.mends import receipts
from puc_tool.mends.delivered import Delivered, delivered
from puc_tool.mends.receipt_writing import content, step
from puc_tool.studies import study_entries
from puc_tool.study import Study

LOOKING = Text("Guardo che cosa si può rimediare", "Looking at what can be mended")
WRITING = Text("Scrivo la copia rimediata", "Writing the mended copy")


@dataclass(frozen=True)
class Applied:
    """What was done. ``ref`` is how the study names the layer now; ``copy`` and ``receipt`` are relative to it.

    Without any line that touched a feature nothing was written, and ``copy``, ``receipt`` and ``entry``, the text of
    its ``[[layer]]`` from now on, are empty.
    """

    ref: LayerRef
    lines: tuple[Line, ...]
    copy: str = ""
    receipt: str = ""
    entry: str = ""


@dataclass(frozen=True)
class Undone:
    """What the study names now, which files were taken away, and what there is to say."""

    ref: LayerRef
    removed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def proposals(study: Study, ref: LayerRef, report: Report = silent) -> tuple[Proposal, ...]:
    """Return what can be mended in the layer of ``ref``, in the order it would be done.

    Each presumes the chosen ones before it. What was edited by hand is looked at as the source has
    it: edits are laid over the copy again. Raises PucError if the layer can't be read, or is a raster.
    """
    report(0.0, LOOKING)
    found = delivered(study, ref)
    return registry.propose(found.layer, found.context)


def apply(study: Study, ref: LayerRef, wanted: Words, report: Report = silent) -> Applied:
    """Do the ``wanted`` mends in their fixed order, write copy and receipt, and let the study point at the copy.

    Raises PucError as ``mended_copy`` does, with the study as it was.
    """
    text = study_entries.read(study.folder)
    done = mended_copy(study, ref, study_entries.entry_of(text, ref), wanted, report)
    if done.copy:
        try:
            study_entries.save(study_entries.with_entry(text, ref, done.entry), study.folder)
        except PucError:
            _remove(study.folder, (done.copy, done.receipt))
            raise
    return done


def mended_copy(study: Study, ref: LayerRef, entry: str, wanted: Words, report: Report = silent) -> Applied:
    """Do the ``wanted`` mends in their fixed order and write copy and receipt; ``entry`` is what names ``ref`` now.

    ``study.toml`` is left as it is: who asked lets it say the new entry. Raises PucError, with nothing left behind, if
    the layer can't be read, a choice is not understood, nothing would be left, or there is no room; and if a file that
    is not ours stands in the way.
    """
    report(0.0, LOOKING)
    found = delivered(study, ref, wanted.get("decode", ()))
    refusals.refuse_unfit(wanted, found.role)
    mended = registry.apply(found.layer, found.context, _without_places(wanted))
    if not any(line.features for line in mended.lines):
        return Applied(ref, mended.lines)
    if mended.layer.empty:
        raise PucError(refusals.nothing_left(found.role))
    report(0.5, WRITING)
    return _kept(study, entry, found, mended)


def undo(study: Study, ref: LayerRef) -> Undone:
    """Put back the entry that stood in ``study.toml`` before the last mending, and take the copy away.

    Only a copy that is the very file of its receipt is removed. Raises PucError if the layer is no mended copy.
    """
    receipt = receipts.read(study.folder, ref.source) if receipts.steps_of(ref) else None
    entry = receipt.last["entry"] if receipt else ""
    earlier = study_entries.meaning(entry, study.folder)
    if receipt is None or earlier is None or earlier.key != ref.key:
        raise PucError(refusals.nothing_to_undo(ref))
    ours = receipts.is_intact(study.folder, ref.source, receipt)
    study_entries.save(study_entries.with_entry(study_entries.read(study.folder), ref, entry), study.folder)
    if not ours:
        return Undone(earlier, (), (refusals.copy_kept(ref),))
    removed = (ref.source, receipt.file)
    _remove(study.folder, removed)
    return Undone(earlier, removed)


def layer_of(study: Study, role: str, year: int | None = None) -> LayerRef:
    """Return the layer of ``role``; the year may be left out where there is one. Raises PucError if it is not clear."""
    found = [ref for ref in study.of_role(role) if year in (None, ref.year)]
    if len(found) != 1:
        raise PucError(refusals.which_layer(role, year, study.of_role(role)))
    return found[0]


def _without_places(wanted: Words) -> Words:
    """Return ``wanted`` with tables of codes by their name alone where they lie outside the study."""
    pairs = [word.partition("=") for word in wanted.get("decode", ())]
    named = [f"{field}={provenance.shown_source(table)}" for field, _, table in pairs]
    return {**wanted, "decode": named} if pairs else wanted


def _kept(study: Study, entry: str, found: Delivered, mended: Mended) -> Applied:
    ref = found.ref
    copy = receipts.copy_of(ref, receipts.steps_of(ref) + 1)
    receipt = receipts.beside(copy)
    _make_room(study, copy)
    layer, named, renamed = storable(mended.layer, found.role, mended.context.ref)
    after = LayerRef(
        ref.role, copy, ref.role, ref.year, named.fields, named.values, named.codes, credit=ref.credit,
        credit_en=ref.credit_en,
    )  # fmt: skip
    target = study.folder / copy
    aside = target.with_name(f".{target.name}")
    try:
        write.geopackage(aside, {ref.role: layer})
        told = {"source": copy, "layer": ref.role, "sha256": fingerprint(aside), "renamed": renamed}
        write.text(study.folder / receipt, content(study, ref, step(found, mended, entry, told)))
        _move(aside, target)
    except PucError:
        _remove(study.folder, (copy, receipt))
        raise
    finally:
        _remove(target.parent, (aside.name,))
    return Applied(after, mended.lines, copy, receipt, study_entries.said(entry, after))


def _make_room(study: Study, copy: str) -> None:
    """Take away what a killed or replaced mending left under this name; raises PucError for a file that is not ours."""
    receipt = receipts.read(study.folder, copy)
    there = (study.folder / copy).exists() or (study.folder / copy).is_symlink()
    in_use = any(ref.source == copy for ref in study.layers)
    if there and (in_use or not receipts.is_intact(study.folder, copy, receipt)):
        raise PucError(refusals.in_the_way(copy))
    if there:
        _remove(study.folder, (copy,))


def _move(aside: Path, target: Path) -> None:
    try:
        aside.replace(target)
    except OSError as error:
        raise PucError(write.cannot_write(target, error)) from error


def _remove(folder: Path, names: Sequence[str]) -> None:
    """Take files of ours away; what can't be removed is in nobody's way, it is written over next time."""
    for name in names:
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)
