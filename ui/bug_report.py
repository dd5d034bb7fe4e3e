"""What a bug's report says: versions, and where it happened. No home, user, computer, study, no value of any data."""

from __future__ import annotations

import getpass
import platform
import re
import socket
import traceback
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import qVersion

from analyses import registry
from layers import roles

_ROOT = Path(__file__).resolve().parents[1]
_FILE = re.compile(r'File "([^"]+)"')
_PATH = re.compile(r"(?<![\w/])(?:[A-Za-z]:)?[\\/][^\s'\"<>|:]+")
_QUOTED = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"|«([^»\n]*)»|“([^”\n]*)”")
_LONG_NUMBER = re.compile(r"\d[\d.,]{3,}")
_HIDDEN = "…"
_SHORTEST_NAME = 3


def report(error: BaseException) -> str:
    """Return the report of ``error``."""
    head = (
        f"puc-tool {version('puc-tool')}, Qt {qVersion()}, Python {platform.python_version()}, {platform.system()}\n\n"
    )
    return head + without_names("".join(_told(error)))


def without_names(text: str) -> str:
    """Return ``text`` with home, user and computer replaced."""
    text = text.replace(str(Path.home()), "~")
    for name, instead in ((_user(), "<user>"), (socket.gethostname(), "<host>")):
        if len(name) >= _SHORTEST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", instead, text, flags=re.IGNORECASE)
    return text


def _told(error: BaseException) -> Iterator[str]:
    """Yield the lines of the traceback; those with words of the error itself say no value."""
    for line in traceback.format_exception(error):
        if line.startswith("  File "):
            yield _FILE.sub(lambda found: f'File "{_short(found[1])}"', line)
        else:
            yield line if line.startswith("Traceback") else _without_values(line)


def _short(path: str) -> str:
    """Return a source file from its package on."""
    found = Path(path)
    if found.is_relative_to(_ROOT):
        return found.relative_to(_ROOT).as_posix()
    _, mark, inside = found.as_posix().rpartition("/site-packages/")
    return inside if mark else found.name


def _without_values(line: str) -> str:
    """Return a line without what may be data: quoted words that are no name of ours, paths, long numbers."""
    line = _QUOTED.sub(_known_or_hidden, line)
    return _LONG_NUMBER.sub(_HIDDEN, _PATH.sub(_HIDDEN, line))


def _known_or_hidden(found: re.Match[str]) -> str:
    words = next(each for each in found.groups() if each is not None)
    return found[0] if words in _ours() else f"'{_HIDDEN}'"


def _ours() -> set[str]:
    """Return the names this program gave: of roles, their fields, analyses, columns."""
    columns = {column.id for each in registry.ALL for table in each.tables for column in table.columns}
    fields = {field.name for role in roles.ALL for field in role.fields}
    return {*roles.BY_ID, *fields, *columns, *(each.id for each in registry.ALL), "geometry"}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user the system has no name for
        return ""
