"""The pages of the manual: every document beside the program, by its own heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DOCS = Path(__file__).resolve().parents[1] / "docs"
_DECISIONS = "decisions"


@dataclass(frozen=True)
class ManualPage:
    """A document: its heading, and the file to open."""

    title: str
    path: Path


def pages(docs: Path = _DOCS) -> tuple[ManualPage, ...]:
    """Return the documents of the folder, without the decisions; none where the program came without them."""
    return tuple(sorted(_pages(docs), key=lambda each: each.path.relative_to(docs).as_posix()))


def _pages(docs: Path) -> Iterator[ManualPage]:
    for path in docs.rglob("*.md"):
        if _DECISIONS not in path.relative_to(docs).parts:
            yield ManualPage(_heading(path), path)


def _heading(path: Path) -> str:
    """Return the first heading of a document, or its name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((line[2:].strip() for line in lines if line.startswith("# ")), path.stem)
