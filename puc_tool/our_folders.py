"""Which folders are ours to write into: what lies in any other is never touched."""

from __future__ import annotations

from pathlib import Path

from layers.problems import Problem
from layers.text import Text, same, say


def not_ours(folder: Path, mark: str) -> Problem:
    """Return the problem of a folder that holds things, but not the file by which ours are known."""
    return Problem(
        "folder-not-ours",
        same(folder.name),
        say(
            "la cartella contiene file che non sono di PUC Tool (manca «{m}»).",
            "the folder holds files that are not PUC Tool's (“{m}” is missing).",
            m=mark,
        ),
        Text("Niente è stato toccato.", "Nothing has been touched."),
        Text("Indicare una cartella nuova con --to.", "Name a new folder with --to."),
    )
