"""Places of the map that somebody wants to come back to: by name, kept with how the study is looked at, undoable."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from layers.text import Text, same, say
from puc_tool.working.history import History, Place, Value

BOOKMARK = "bookmark"
_KEEP, _REMOVE = Text("Segnalibro {n}", "Bookmark {n}"), Text("Togli il segnalibro {n}", "Remove the bookmark {n}")


@dataclass(frozen=True)
class Bookmark:
    """``x``, ``y`` (m of the study's CRS) in the middle of the map, ``metres`` the side of a pixel."""

    name: str
    x: float
    y: float
    metres: float


def bookmarks(history: History) -> tuple[Bookmark, ...]:
    """Return the bookmarks by name."""
    found = (_of(place[1], value) for place, value in history.state.items() if place[0] == BOOKMARK)
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.name.casefold()))


def keep(history: History, bookmark: Bookmark) -> None:
    """Keep a bookmark; one of the same name is put in its place."""
    words = tuple(repr(value) for value in (bookmark.x, bookmark.y, bookmark.metres))
    history.do(say(_KEEP.it, _KEEP.en, n=same(bookmark.name)), {(BOOKMARK, bookmark.name): words})


def remove(history: History, name: str) -> None:
    """Take a bookmark away."""
    history.do(say(_REMOVE.it, _REMOVE.en, n=same(name)), {(BOOKMARK, name): None})


def said(content: Any) -> Iterator[tuple[Place, Value]]:
    """Yield the bookmarks of a file, without what can't be understood."""
    for name, numbers in content.items() if isinstance(content, Mapping) else ():
        if isinstance(numbers, list) and all(isinstance(each, int | float) for each in numbers):
            words = tuple(repr(float(each)) for each in numbers)
            if _of(str(name), words) is not None:
                yield (BOOKMARK, str(name)), words


def written(state: Mapping[Place, Value]) -> dict[str, list[float]]:
    """Return the bookmarks as a file holds them, by name."""
    kept = sorted((place[1], value) for place, value in state.items() if place[0] == BOOKMARK)
    return {name: [float(word) for word in words] for name, words in kept}  # type: ignore[union-attr]


def _of(name: str, value: Value) -> Bookmark | None:
    """Return the bookmark that a value means; None for what is no place."""
    try:
        x, y, metres = (float(word) for word in (value if isinstance(value, tuple) else ()))
    except ValueError:
        return None
    is_place = all(map(math.isfinite, (x, y, metres))) and metres > 0
    return Bookmark(name, x, y, metres) if is_place else None
