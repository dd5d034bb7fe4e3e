"""Who has the study open: a small file in its ``.puc-tool`` folder, never hashed and never packed.

It is made in one stroke (whoever is second is told), names process, host and since when, and is taken from another
only when somebody asks for it. Of a process of this computer we mostly know whether it lives; of another's we can't.
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import uuid4

from layers import half_done, write
from layers.problems import PucError
from puc_tool.working.journal import FOLDER, make, own_folder

FILE = "lock.json"


class State(Enum):
    """What is known of who holds a lock."""

    LIVES = "lives"
    IS_DEAD = "is dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Holder:
    """Who has the study: a window (``token``) of a process on a host, since when (UTC, ISO 8601).

    ``started`` tells a process from a later one with the same number; empty where the system does not say.
    """

    token: str
    pid: int
    host: str
    started: str
    since: str

    @property
    def state(self) -> State:
        """Return whether the process lives, as far as it can be known here."""
        if self.host != socket.gethostname() or os.name == "nt":
            return State.UNKNOWN
        return State.LIVES if half_done.lives(self.pid) and _started(self.pid) == self.started else State.IS_DEAD


NOBODY_KNOWN = Holder("", 0, "", "", "")


class Lock:
    """The lock of one study, as one window sees it."""

    def __init__(self, study: Path) -> None:
        self._study = study
        self._path = study / FOLDER / FILE
        self._token = uuid4().hex

    def take(self) -> Holder | None:
        """Take the lock; return who has it if that is somebody else.

        Raises PucError if the folder can't be written: then nobody can have it.
        """
        own_folder(self._study)
        try:
            make(self._path, self._own())
        except FileExistsError:
            return self.holder()  # None if it is ours already
        except OSError as error:
            raise PucError(write.cannot_write(self._path, error)) from error
        return None

    def take_over(self) -> None:
        """Take the lock from whoever has it; to be called when somebody asked for that. Raises PucError."""
        own_folder(self._study)
        write.data(self._path, self._own())

    def holder(self) -> Holder | None:
        """Return who has the lock; None if nobody has, or this window has it.

        A file that does not say who (it is just being made, or its maker was killed doing so) is somebody's.
        """
        try:
            holder = _holder(json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError):
            return NOBODY_KNOWN
        return None if holder.token == self._token else holder

    @property
    def is_ours(self) -> bool:
        """Tell whether this window has the lock."""
        return self._path.is_file() and self.holder() is None

    def release(self) -> None:
        """Give the lock back; one that was taken from us stays. Raises PucError."""
        if not self.is_ours:
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise PucError(write.cannot_write(self._path, error)) from error

    def _own(self) -> bytes:
        pid = os.getpid()
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder = Holder(self._token, pid, socket.gethostname(), _started(pid), since)
        return (json.dumps(asdict(holder)) + "\n").encode("utf-8")


def _holder(content: Any) -> Holder:
    return Holder(
        str(content["token"]), int(content["pid"]), str(content["host"]), str(content["started"]), str(content["since"])
    )


def _started(pid: int) -> str:
    """Return when a process began, in the system's own count; empty where it does not say (Linux does)."""
    try:
        # The name of the process stands in brackets and may hold anything; the 20th word after it is the start.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
