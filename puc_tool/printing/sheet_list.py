"""The sheets of a study as a list: which can be drawn, which lie there already, and what was said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layers.problems import Problem, PucError, Severity, errors
from layers.roles import BOUNDARY
from layers.text import Text, joined, number, same, say
from puc_tool.printing.export_manifest import Entry, Manifest, problems_of
from puc_tool.printing.exporting import is_ready, passed_over
from puc_tool.printing.sheets import BaseKind, Kind
from puc_tool.shelf import Shelf
from puc_tool.study import Study

NOT_READY = Text("Manca l'analisi o il livello", "Analysis or layer missing")
NOT_EXPORTED = Text("Non ancora esportata", "Not exported yet")
_ENDINGS = ("pdf", "png", "svg", "tif", "dxf")


@dataclass(frozen=True)
class Listed:
    """A sheet, what stands under its title, and the gravest that was said of it when it was exported."""

    kind: Kind
    is_ready: bool
    remark: Text
    severity: Severity | None = None
    is_exported: bool = False


def listed(study: Study, kinds: Sequence[Kind]) -> tuple[Listed, ...]:
    """Return every sheet of ``kinds`` as it stands now."""
    folder = _manifest(study)
    return tuple(_listed(kind, is_ready(kind, study), folder) for kind in kinds)


def refuse_unless_drawable(shelf: Shelf, kind: Kind) -> None:
    """Raise PucError if a base sheet lacks its layer, or the boundary that frames every sheet can't be read."""
    study = shelf.study
    if isinstance(kind, BaseKind) and not is_ready(kind, study):
        raise PucError(passed_over(kind, study))
    boundary = study.of_role(BOUNDARY.id)
    if boundary and shelf.ground().boundary is None:
        raise PucError(*shelf.intake(boundary[0]).problems)


def _listed(kind: Kind, can_be_drawn: bool, folder: Manifest | None) -> Listed:
    entry = next((folder[f"{kind.stem}.{end}"] for end in _ENDINGS if folder and folder[f"{kind.stem}.{end}"]), {})
    if not can_be_drawn or not entry:
        return Listed(kind, can_be_drawn, NOT_EXPORTED if can_be_drawn else NOT_READY)
    remark = joined(_words_of(entry), ", ")
    return Listed(kind, True, remark, _gravest(problems_of(entry)), is_exported=True)


def _words_of(entry: Entry) -> Iterator[Text]:
    """Yield code, paper and scale, as far as the manifest says them: one of an earlier state of the tool says less."""
    yield from (same(entry[name]) for name in ("code", "paper") if name in entry)
    scale = str(entry.get("scale", ""))
    if scale.isdecimal():
        yield say("1:{s}", "1:{s}", s=number(int(scale)))


def _gravest(problems: Sequence[Problem]) -> Severity | None:
    if errors(problems):
        return Severity.ERROR
    return Severity.WARNING if any(each.severity is Severity.WARNING for each in problems) else None


def _manifest(study: Study) -> Manifest | None:
    """Return what lies in the export folder; a folder that is not ours tells nothing."""
    try:
        return Manifest(study.export)
    except PucError:
        return None
