"""The edition of the code: a hash of the sources that results and sheets depend on, the same wherever they lie.

A version is a number that somebody has to raise; between two of them the code may compute or draw otherwise. So the
keys of runs and of sheets hold this hash as well. It takes names and texts alone: no paths, no times, and the ends of
lines as they are on any system, so that one release has one edition on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

_SOURCES = (".py", ".csv", ".typ", ".css", ".ini")
_COMPUTING = ("layers", "analyses")
_ROAD = ("edit_files", "provenance", "results", "run", "scenario_files", "scenario_reading", "shelf", "study_reading")
"""The modules of the tool itself that a figure passes through."""
_DRAWING = ("maps", "printing", "figures", "working")
"""The rooms of the tool a sheet passes through: orders, drawings, numbers as written, and styles as set at work."""
_WINDOW = "canvas"
"""The map on the screen: nothing of it is printed."""


@cache
def of_results() -> str:
    """Return the edition of what computes: the lower floors, and how the tool reads a study and writes results."""
    road = (each for each in _walked(files("puc_tool"), "puc_tool") if PurePosixPath(each[0]).stem in _ROAD)
    return edition((*(each for name in _COMPUTING for each in _walked(files(name), name)), *road))


@cache
def of_sheets() -> str:
    """Return the edition of what draws, which reads layers as runs do."""
    drawing = (each for name in _DRAWING for each in _walked(files("puc_tool").joinpath(name), name))
    return edition((("results", of_results().encode()), *drawing, *_beside("puc_tool")))


@cache
def of_reports() -> str:
    """Return the edition of what tells: reports and open data, with the sheets whose maps and numbers they print."""
    telling = _walked(files("puc_tool").joinpath("report"), "report")
    return edition((("sheets", of_sheets().encode()), *telling))


def edition(texts: tuple[tuple[str, bytes], ...]) -> str:
    """Return the hash of named texts, whatever their order and their ends of lines."""
    found = hashlib.sha256()
    for name, text in sorted(texts):
        plain = text.replace(b"\r\n", b"\n")
        found.update(f"{name} {len(plain)}\n".encode() + plain)
    return found.hexdigest()


def _walked(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.is_dir() and each.name != _WINDOW:
            yield from _walked(each, f"{name}/{each.name}")
        elif each.name.endswith(_SOURCES):
            yield f"{name}/{each.name}", each.read_bytes()


def _beside(package: str) -> Iterator[tuple[str, bytes]]:
    """Yield the sources that stand in the package itself, without its rooms."""
    for each in files(package).iterdir():
        if each.name.endswith(_SOURCES):
            yield each.name, each.read_bytes()
