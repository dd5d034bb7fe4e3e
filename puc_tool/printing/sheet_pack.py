"""The sheets of a pack being made: a line for each, from waiting to done. What fails is told, the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from analyses.progress import Report, silent
from layers.problems import Problem, PucError, errors
from layers.text import Text
from puc_tool.printing.exporting import Exported, Step, export, ordered
from puc_tool.printing.sheet_list import refuse_unless_drawable
from puc_tool.printing.sheet_orders import Wish
from puc_tool.printing.sheets import Kind
from puc_tool.shelf import Shelf

_MANY = 12
"""From so many sheets on, a second process is worth the time it takes to begin."""


class State(StrEnum):
    """How far a line of the pack is."""

    WAITING = "waiting"
    DRAWING = "drawing"
    UNCHANGED = "unchanged"
    DONE = "done"
    WARNED = "warned"
    REFUSED = "refused"


class Item(Protocol):
    """What a line of a pack is about: a sheet, or another part of what leaves the office."""

    @property
    def id(self) -> str:
        """Its name in the pack."""

    @property
    def title(self) -> Text:
        """What it is called."""


@dataclass(frozen=True)
class Line:
    """A part of the pack and its ``total`` files; a sheet has one page or one for each part of the ground.

    ``refused`` pages were not written.
    """

    kind: Item
    total: int
    unchanged: int = 0
    drawn: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def settled(self) -> int:
        """How many of its pages nothing is left to do for."""
        return self.unchanged + self.drawn + self.refused

    @property
    def state(self) -> State:
        """How far it is; one that could not be ordered is refused."""
        if self.settled < self.total:
            return State.DRAWING if self.settled else State.WAITING
        if errors(self.problems):
            return State.REFUSED
        if self.problems:
            return State.WARNED
        return State.DONE if self.drawn else State.UNCHANGED

    def after(self, step: Step) -> Line:
        """Return the line once one of its pages is settled."""
        return self.settle(is_unchanged=step.is_unchanged, problems=step.problems)

    def settle(self, *, is_unchanged: bool = False, problems: Sequence[Problem] = ()) -> Line:
        """Return the line once one of its files lies there unchanged, was made, or was refused."""
        said = replace(self, problems=tuple(dict.fromkeys((*self.problems, *problems))))
        if errors(problems):
            return replace(said, refused=self.refused + 1)
        if is_unchanged:
            return replace(said, unchanged=self.unchanged + 1)
        return replace(said, drawn=self.drawn + 1)


@dataclass(frozen=True)
class Pack:
    """The lines of a pack, in the order of its files."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """How many pages it has."""
        return sum(line.total for line in self.lines)

    @property
    def settled(self) -> int:
        """How many of them nothing is left to do for."""
        return sum(line.settled for line in self.lines)

    @property
    def fit(self) -> tuple[str, ...]:
        """The ids of what can be made."""
        return tuple(line.kind.id for line in self.lines if line.total)

    def after(self, step: Step) -> Pack:
        """Return the pack once a page is settled."""
        return self.changed(step.order.kind_id, lambda line: line.after(step))

    def changed(self, item_id: str, change: Callable[[Line], Line]) -> Pack:
        """Return the pack with one of its lines changed."""
        return Pack(tuple(change(line) if line.kind.id == item_id else line for line in self.lines))


def plan(shelf: Shelf, kinds: Sequence[Kind], wish: Wish) -> Pack:
    """Return the pack before anything is drawn; a sheet without results, or with old ones, says so in its line."""
    return Pack(tuple(_line(shelf, kind, wish) for kind in kinds))


def _line(shelf: Shelf, kind: Kind, wish: Wish) -> Line:
    try:
        refuse_unless_drawable(shelf, kind)
        return Line(kind, len(ordered(shelf, (kind,), wish)))
    except PucError as error:
        return Line(kind, 0, problems=error.problems)


def export_pack(
    shelf: Shelf,
    kinds: Sequence[Kind],
    wish: Wish,
    *,
    tell: Callable[[Pack], None],
    to: Path | None = None,
    one_file: bool = False,
    jobs: int = 1,
    report: Report = silent,
) -> tuple[Pack, Exported]:
    """Write every sheet that can be drawn and ``tell`` the pack after each; return it with what was written.

    ``report`` may raise Cancelled: the sheets that are done stay, and the next export goes on from them.
    Raises PucError if the folder is not ours or the coat of arms can't be read: then no sheet can be written.
    """
    pack = plan(shelf, kinds, wish)
    tell(pack)

    def watch(step: Step) -> None:
        nonlocal pack
        pack = pack.after(step)
        tell(pack)

    if not pack.fit:
        return pack, Exported((), tuple(problem for line in pack.lines for problem in line.problems))
    fit = [kind for kind in kinds if kind.id in pack.fit]
    done = export(
        shelf, fit, wish.formats, to=to, dpi=wish.dpi, lang=wish.lang, cut=wish.cut, one_file=one_file,
        jobs=jobs if pack.total >= _MANY else 1, report=report, watch=watch,
    )  # fmt: skip
    refused = (problem for line in pack.lines if not line.total for problem in line.problems)
    return pack, replace(done, problems=(*refused, *done.problems))
