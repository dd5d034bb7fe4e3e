"""``manifest.json``: what lies in a folder of ours, of which inputs, and what was said of it.

By it a folder is known as ours: what it names may be replaced, anything else is never touched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from layers import write
from layers.problems import Problem, PucError, Severity
from layers.text import Text
from puc_tool.our_folders import not_ours

FILE = "manifest.json"
Entry = Mapping[str, Any]


class Manifest:
    """The entries of a folder's manifest by file name; each change is written at once, so that a kill loses nothing.

    ``more`` is what stands beside them, of the folder as a whole: written with the next change.
    """

    def __init__(self, folder: Path) -> None:
        """Read the manifest; raises PucError if the folder holds things and is not ours."""
        self.folder = folder
        self._entries, self.more = _read(folder)

    def __getitem__(self, name: str) -> Entry:
        return self._entries.get(name, {})

    def holds(self, name: str, key: str) -> bool:
        """Tell whether the file lies there, untouched, as made from the same ``key``."""
        entry = self[name]
        return entry.get("key") == key and _sha256(self.folder / name) == entry.get("sha256")

    def put(self, name: str, content: bytes, entry: Entry) -> Path:
        """Write a file and its entry. A new folder is marked as ours before anything lies in it."""
        path = self.folder / name
        if not (self.folder / FILE).exists():
            self.save()
        write.data(path, content)
        self._entries[name] = {**entry, "sha256": hashlib.sha256(content).hexdigest()}
        self.save()
        return path

    def drop(self, name: str) -> None:
        """Remove a file of ours and its entry."""
        del self._entries[name]
        self.save()
        (self.folder / name).unlink(missing_ok=True)

    def save(self) -> None:
        """Write the manifest."""
        files = {name: self._entries[name] for name in sorted(self._entries)}
        content = {**{name: self.more[name] for name in sorted(self.more)}, "files": files}
        write.text(self.folder / FILE, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def told(problems: Iterable[Problem]) -> list[Mapping[str, object]]:
    """Return problems as they are kept, in both languages."""
    return [
        {
            "code": each.code,
            "severity": str(each.severity.value),
            **{word: [getattr(each, word).it, getattr(each, word).en] for word in _WORDS},
        }
        for each in problems
    ]


def problems_of(entry: Entry) -> tuple[Problem, ...]:
    """Return the problems that an entry keeps; a manifest is little trusted: what is no problem is none."""
    found = entry.get("problems", [])
    try:
        return tuple(_problem(each) for each in found)
    except (KeyError, TypeError, ValueError):
        return ()


def _problem(kept: Mapping[str, Any]) -> Problem:
    where, message, effect, remedy = (Text(*map(str, kept[word])) for word in _WORDS)
    return Problem(str(kept["code"]), where, message, effect, remedy, Severity(kept["severity"]))


_WORDS = ("where", "message", "effect", "remedy")


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {}, {}
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        entries = {name: dict(entry) for name, entry in content["files"].items() if (folder / name).is_file()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PucError(not_ours(folder, FILE)) from error
    return entries, {name: value for name, value in content.items() if name != "files"}


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
