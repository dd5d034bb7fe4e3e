"""The crash journal: the acts of a history as lines of JSON, each on the disk before it takes effect.

It lies in the study's own folder for what is ours alone (``.puc-tool``), never among results: it is not hashed, not
packed, and ignored by git. A line that a kill cut short was never acknowledged, and is dropped.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from layers import write
from layers.problems import PucError
from layers.text import Text
from puc_tool.working.history import Act, Change, Kind, Place, Step, Value

FOLDER = ".puc-tool"
FILE = "journal.jsonl"
VERSION = 1
_IGNORED = b"*\n"


@dataclass(frozen=True)
class Start:
    """What the acts of a journal began from: ``study.toml`` as it stood, and the state of the view."""

    study: str
    state: Mapping[Place, Value]


@dataclass(frozen=True)
class Recovered:
    """What a journal holds.

    ``saved``: the SHA-256 of each ``study.toml`` that was about to be written; ``ended``: when the last act was done;
    ``whole_bytes``: how much of the file are whole lines.
    """

    start: Start
    acts: tuple[Act, ...]
    saved: frozenset[str]
    ended: datetime | None
    whole_bytes: int


def own_folder(study: Path) -> Path:
    """Return the folder for what is ours alone, made if it is not there; raises PucError if it can't be."""
    folder = study / FOLDER
    if not study.is_dir():  # moved or deleted: nobody wants a new study with nothing in it
        raise PucError(write.cannot_write(folder, FileNotFoundError(errno.ENOENT, "")))
    try:
        folder.mkdir(exist_ok=True)
        # Two windows may come here at once: the file is made in one stroke, by one of them.
        with suppress(FileExistsError):
            make(folder / ".gitignore", _IGNORED)
    except OSError as error:
        raise PucError(write.cannot_write(folder, error)) from error
    return folder


def make(path: Path, content: bytes) -> None:
    """Write a file that must not be there: raises FileExistsError if it is, OSError if it can't be whole, and isn't."""
    with path.open("xb", buffering=0) as stream:
        try:
            if stream.write(content) != len(content):
                raise OSError(errno.ENOSPC, "short write")
        except OSError:
            path.unlink(missing_ok=True)
            raise


class Journal:
    """Writes acts behind those that are there. Nothing is written before there is one."""

    def __init__(self, study: Path, start: Start) -> None:
        self._study, self.start = study, start
        self._path = study / FOLDER / FILE
        self._whole = 0

    @property
    def is_there(self) -> bool:
        """Tell whether the file is where it was written; one that was never begun is."""
        return self._whole == 0 or self._path.is_file()

    def go_on(self, found: Recovered) -> None:
        """Put new acts behind those that were ``found``."""
        self.start, self._whole = found.start, found.whole_bytes

    def append(self, act: Act) -> None:
        """Write ``act`` and wait for the disk; raises PucError if it can't be written, and then nothing of it is."""
        self._append(_line(act))

    def write_anew(self, acts: Sequence[Act], at: Start) -> None:
        """Begin again with ``acts``, whole or not at all; raises PucError."""
        self.start = at
        lines = [_head(at), *map(_line, acts)]
        content = b"".join(map(_bytes, lines))
        own_folder(self._study)
        write.data(self._path, content)
        self._whole = len(content)

    def saving(self, sha256: str) -> None:
        """Write that ``study.toml`` is about to become the text of this hash, so that it is known again as ours."""
        self._append({"saving": sha256})

    def _append(self, content: Mapping[str, object]) -> None:
        if self._whole == 0:
            self.write_anew((), self.start)
        try:
            self._put(_bytes(content))
        except OSError as error:
            raise PucError(write.cannot_write(self._path, error)) from error

    def discard(self) -> None:
        """Take the journal away: everything it tells is saved; raises PucError if it can't be."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise PucError(write.cannot_write(self._path, error)) from error
        self._whole = 0

    def _put(self, line: bytes) -> None:
        """Put ``line`` behind the whole ones; what a kill or a full disk left of another is cut off."""
        with self._path.open("r+b", buffering=0) as stream:
            stream.truncate(self._whole)
            stream.seek(self._whole)
            try:
                if stream.write(line) != len(line):
                    raise OSError("short write")
                os.fsync(stream.fileno())
            except OSError:
                stream.truncate(self._whole)
                raise
        self._whole += len(line)


def read(study: Path) -> Recovered | None:
    """Return what the journal of a study holds, or None if there is none that can be understood."""
    try:
        lines = (study / FOLDER / FILE).read_bytes().splitlines(keepends=True)
        start = _start(_parsed(lines[0]))
    except (OSError, LookupError, TypeError, ValueError):
        return None
    acts, saved, ended, whole = list[Act](), set[str](), None, len(lines[0])
    for line in lines[1:]:
        try:
            content = _parsed(line)
            if "saving" in content:
                saved.add(str(content["saving"]))
            else:
                acts.append(_act(content))
                ended = datetime.fromisoformat(content["at"])
        except (LookupError, TypeError, ValueError):
            break
        whole += len(line)
    return Recovered(start, tuple(acts), frozenset(saved), ended, whole)


def _start(head: Any) -> Start:
    if head["journal"] != VERSION:
        raise ValueError(head["journal"])
    return Start(str(head["study"]), {_words(place): _value(value) for place, value in head["state"]})


def _head(start: Start) -> dict[str, object]:
    state = [[place, value] for place, value in start.state.items()]
    return {"journal": VERSION, "study": start.study, "state": state}


def _bytes(content: Mapping[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False) + "\n").encode("utf-8")


def _parsed(line: bytes) -> Any:
    """Return what a whole line says; nothing for one without its end."""
    try:
        return json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None


def _line(act: Act) -> dict[str, object]:
    said: dict[str, object] = {"act": act.kind.value, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    if act.step is not None:
        said["it"], said["en"] = act.step.title.it, act.step.title.en
        said["changes"] = [[change.place, change.before, change.after] for change in act.step.changes]
    return said


def _act(content: Any) -> Act:
    """Return the act a line tells; raises KeyError, TypeError or ValueError if it tells none."""
    kind = Kind(content["act"])
    if kind in (Kind.UNDO, Kind.REDO):
        return Act(kind)
    changes = tuple(_change(*each) for each in content["changes"])
    return Act(kind, Step(Text(str(content["it"]), str(content["en"])), changes))


def _change(place: object, before: object, after: object) -> Change:
    return Change(_words(place), _value(before), _value(after))


def _value(value: object) -> Value:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return _words(value)


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError(value)
    return tuple(value)
