"""What somebody prefers on this machine: each preference is declared once; the window's dialog and the start read it.

The values lie in one small file beside the user's other settings, and little of it is trusted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path
from psygnal import Signal

from layers import write
from layers.problems import PucError
from layers.text import NOTHING, Lang, Text, same

FILE = "settings.json"


@dataclass(frozen=True)
class Setting:
    """One preference: its values by id, the first is taken until another is chosen; ``about`` says when it counts."""

    id: str
    title: Text
    choices: tuple[tuple[str, Text], ...]
    about: Text = NOTHING

    @property
    def default(self) -> str:
        """The value that stands until another is chosen."""
        return self.choices[0][0]


LANGUAGE = Setting(
    "language",
    Text("Lingua", "Language"),
    (("it", same("Italiano")), ("en", same("English"))),
    Text("Numeri e date seguono la lingua: {n}.", "Numbers and dates follow the language: {n}."),
)
THEME = Setting(
    "theme",
    Text("Tema", "Theme"),
    (
        ("system", Text("Come il sistema", "As the system")),
        ("light", Text("Chiaro", "Light")),
        ("dark", Text("Scuro", "Dark")),
    ),
)
SIZE = Setting(
    "size_pct",
    Text("Grandezza di testi e comandi", "Size of text and controls"),
    tuple((str(each), same(f"{each}\u202f%")) for each in (100, 125, 150)),
    Text("Vale dal prossimo avvio del programma.", "Counts from the next start of the program."),
)
ALL = (LANGUAGE, THEME, SIZE)


def place() -> Path:
    """Return where the file lies: in the user's own folder for settings."""
    return user_config_path("puc-tool", appauthor=False) / FILE


class Settings:
    """The preferences as they stand. ``changed`` tells the setting that has another value now.

    ``kept_in``: the file; without one nothing is kept.
    """

    changed = Signal(Setting)

    def __init__(self, kept_in: Path | None = None) -> None:
        self._kept_in = kept_in
        self._values = dict(_read(kept_in)) if kept_in is not None else {}
        self._now: dict[str, str] = {}

    def get(self, setting: Setting) -> str:
        """Return the value of a setting; its default where what is written is none of its choices."""
        value = self._now.get(setting.id, self._values.get(setting.id))
        return value if value in dict(setting.choices) else setting.default

    def take_for_now(self, setting: Setting, value: str) -> None:
        """Let a value count until another is chosen, and keep nothing of it: a start may ask for it."""
        self._now[setting.id] = value

    def set(self, setting: Setting, value: str) -> None:
        """Choose a value, and keep it; a file that can't be written is no reason to stop."""
        if value == self.get(setting):
            return
        self._now.pop(setting.id, None)
        self._values[setting.id] = value
        self._keep()
        self.changed.emit(setting)

    @property
    def lang(self) -> Lang:
        """The language to speak."""
        return "en" if self.get(LANGUAGE) == "en" else "it"

    def _keep(self) -> None:
        if self._kept_in is None:
            return
        with suppress(PucError, OSError):
            self._kept_in.parent.mkdir(parents=True, exist_ok=True)
            write.text(self._kept_in, json.dumps(self._values, indent=1, sort_keys=True) + "\n")


def _read(path: Path) -> Mapping[str, str]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    values = said.items() if isinstance(said, dict) else ()
    return {str(name): value for name, value in values if isinstance(value, str)}
