"""Names for what is being written and not yet whole: each process has its own, so that two never write into one file.

A name tells which process writes, so that what a killed one left can be told from what another is just writing.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

ENDING = ".part"
"""Before the ending of a file, which GDAL minds, or at the end of a folder's name."""

_HALF_DONE = re.compile(r"\.\d+\.part(\.[^.]+)?$")


def file_beside(path: Path) -> Path:
    """Return where to write what is to take the place of ``path``: ``name.1234.part.ext``, 1234 being this process."""
    return path.with_name(f"{path.stem}.{os.getpid()}{ENDING}{path.suffix}")


def folder_beside(path: Path) -> Path:
    """Return a hidden folder for files that are to be moved to ``path``, or beside it."""
    return path.with_name(f".{path.stem}.{os.getpid()}{ENDING}")


def clear_left(path: Path) -> None:
    """Take away what processes that are no more left half done of ``path``; to be called before writing it again.

    What can't be taken away stays.
    """
    for left in _left(path):
        with suppress(OSError):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def is_half_done(name: str) -> bool:
    """Tell whether a file or a folder of this name is not whole."""
    return _HALF_DONE.search(name) is not None


def lives(pid: int) -> bool:
    """Tell whether a process of this number lives; where nobody can say (Windows), it is taken to."""
    if os.name == "nt":  # there, signal 0 would end it
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _left(path: Path) -> Iterator[Path]:
    ours = re.compile(rf"\.?{re.escape(path.stem)}\.(\d+){re.escape(ENDING)}({re.escape(path.suffix)})?")
    with suppress(OSError):  # a folder that can't be looked into: whoever writes there is told
        for each in path.parent.iterdir():
            found = ours.fullmatch(each.name)
            if found and (int(found[1]) == os.getpid() or not lives(int(found[1]))):
                yield each
