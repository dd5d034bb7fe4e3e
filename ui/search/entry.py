"""One thing that can be sought."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layers.text import NOTHING, Text


@dataclass(frozen=True)
class Entry:
    """Its name, what it is, what choosing it does, its key, and why it can't be done now."""

    title: Text
    kind: Text
    act: Callable[[], object]
    key: str = ""
    why_not: Text = NOTHING
