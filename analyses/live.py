"""Trying parameters while a hand moves them: what takes long is measured once, what follows from it at every move.

What is tried is the same as a run would find with those parameters, but only in part: the figures, tables and layers
that a look at the map and the numbers asks for. It is no result until it has been run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from analyses.progress import Report
from analyses.result import Result
from layers.text import Text

Edits = Mapping[tuple[str, str], float]
"""What is tried of single objects beside the parameters: by the code of the object and its field."""


@dataclass(frozen=True)
class Handle:
    """Something that can be moved: ``name`` as it is typed for a parameter, its bounds, and where it stands.

    ``of`` is the code of the object it belongs to, empty for a parameter. ``shown`` is what to read at its side where
    that is not the value itself: the share of a weight.
    """

    name: str
    label: Text
    value: float
    low: float
    high: float
    step: float
    unit: str = ""
    of: str = ""
    shown: Text | None = None


class Bench(Protocol):
    """A study measured for one analysis, ready to be tried."""

    def handles(self, params: Any, edits: Edits, chosen: str) -> tuple[Handle, ...]:
        """Return what can be moved, as it stands; ``chosen`` is the code of the object in hand, or nothing."""
        ...

    def tried(self, params: Any, edits: Edits, report: Report) -> Result:
        """Return what follows from ``params``."""
        ...


@dataclass(frozen=True)
class Live:
    """How an analysis is opened for trying: its inputs by role, its parameters, progress; None where nothing can be.

    ``chosen_kind`` is the kind of unit whose own fields can be tried as well.
    """

    opened: Callable[[Mapping[str, Any], Any, Report], Bench | None]
    chosen_kind: str = ""


NO_EDITS: Edits = MappingProxyType({})
