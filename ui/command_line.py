"""The tool's command line, and the window as one verb more. Qt is imported only when a window is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from puc_tool import settings
from puc_tool.cli import COMMANDS
from puc_tool.cli import main as command_line
from puc_tool.settings import Settings
from ui.open_command import OPEN


def main(given: Sequence[str]) -> int:
    """Run the command line; without any word, open the window."""
    words = list(given) or [OPEN.verb]
    return command_line(in_the_chosen_language(words), (OPEN, *COMMANDS))


def in_the_chosen_language(words: list[str]) -> list[str]:
    """Return ``words``; the window speaks the language of the preferences, unless another is asked for."""
    is_said = any(word == "--lang" or word.startswith("--lang=") for word in words)
    return words if words[0] != OPEN.verb or is_said else [*words, "--lang", Settings(settings.place()).lang]
