"""The files of a folder that can be opened, in the same order on every machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from layers import roles
from layers.evidence import of_name
from layers.formats import catalogue
from layers.problems import Problem, Severity
from layers.subject import TABLE, Subject
from layers.text import Text, number, same, say

MOST = 200
"""A folder with more files that can be opened is a store of tiles or an archive, not what an office delivers."""

_NOT_DATA = ("__macosx", "$recycle.bin", "system volume information", "node_modules")


def datasets(origin: Path, leave_out: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files and geodatabases under ``origin`` that can be opened, and which folders were not gone through.

    Hidden files and folders, and what lies in ``leave_out``, are passed over; a link that leads back is not followed.
    """
    said = list[Problem]()
    found = list(_walk(origin, {_identity(leave_out)}, said.append))
    return found, said


def promising(paths: Sequence[Path]) -> list[Path]:
    """Return ``paths`` with those first whose names tell a role, and the small before the large."""
    return sorted(paths, key=lambda path: (-_told_by_name(path), _size(path), str(path)))


def _told_by_name(path: Path) -> float:
    subject = Subject(path.stem, TABLE)
    return max((each.weight for role in roles.ALL for each in of_name(role, subject)), default=0.0)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _walk(folder: Path, seen: set[tuple[int, int]], tell: Callable[[Problem], None]) -> Iterator[Path]:
    if _identity(folder) in seen:
        return
    seen.add(_identity(folder))
    try:
        inside = sorted(folder.iterdir(), key=lambda path: (path.name.casefold(), path.name))
    except OSError as error:
        tell(_unreadable(folder, error))
        return
    inside = [path for path in inside if not _is_hidden(path)]
    data = [path for path in inside if _is_dataset(path)]
    if len(data) > MOST:
        tell(_too_many(folder, len(data)))
    for path in inside:
        if path in data:
            yield from [path] if len(data) <= MOST else []
        elif path.is_dir():
            yield from _walk(path, seen, tell)


def _is_dataset(path: Path) -> bool:
    if not path.name.lower().endswith(catalogue.suffixes()):
        return False
    return path.is_file() or path.suffix.lower() == ".gdb"


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.name.lower() in _NOT_DATA


def _identity(path: Path) -> tuple[int, int]:
    """Return what a folder is, by whichever name it is reached; (0, 0) where it can't be looked at."""
    try:
        told = os.stat(path)  # noqa: PTH116 (Path.stat has no other answer)
    except OSError:
        return 0, 0
    return told.st_dev, told.st_ino


def _unreadable(folder: Path, error: OSError) -> Problem:
    return Problem(
        "folder-unreadable",
        same(folder.name),
        say("la cartella non si può leggere: {e}.", "the folder can't be read: {e}.", e=error.strerror or error),
        Text("I suoi dati non sono stati guardati.", "Its data was not looked at."),
        Text("Controllare i permessi e ripetere, o usare «puc-tool add».", "Check permissions, or use “puc-tool add”."),
        Severity.WARNING,
    )


def _too_many(folder: Path, count: int) -> Problem:
    return Problem(
        "folder-too-many",
        same(folder.name),
        say("dati contenuti: {n}, più di {m}.", "datasets in it: {n}, more than {m}.", n=number(count), m=MOST),
        Text("Non sono stati guardati uno per uno.", "They were not looked at one by one."),
        Text(
            "Unirli in pochi file, o aggiungere quelli che servono con «puc-tool add».",
            "Join them into a few files, or add those you need with “puc-tool add”.",
        ),
        Severity.WARNING,
    )
