"""``manifest.json``: what lies in an export folder, of which inputs, and what the lint said of it."""

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
    """The entries of a folder's manifest by file name; each change is written at once, so that a kill loses nothing."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest; raises PucError if the folder holds things and is not ours."""
        self.folder = folder
        self._entries = _read(folder)

    def __getitem__(self, name: str) -> Entry:
        return self._entries.get(name, {})

    def holds(self, name: str, key: str) -> bool:
        """Tell whether the file lies there, untouched, as made from the same ``key``."""
        entry = self[name]
        return entry.get("key") == key and _sha256(self.folder / name) == entry.get("sha256")

    def put(self, name: str, content: bytes, entry: Entry) -> Path:
        """Write a file and its entry."""
        path = self.folder / name
        write.data(path, content)
        self._entries[name] = {**entry, "sha256": hashlib.sha256(content).hexdigest()}
        self.save()
        return path

    def save(self) -> None:
        """Write the manifest."""
        content = {"files": {name: self._entries[name] for name in sorted(self._entries)}}
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


def _read(folder: Path) -> dict[str, Any]:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {}
    try:
        entries = json.loads((folder / FILE).read_text(encoding="utf-8"))["files"]
        return {name: dict(entry) for name, entry in entries.items() if (folder / name).is_file()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PucError(not_ours(folder, FILE)) from error


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
