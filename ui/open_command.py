"""``puc-tool open STUDY``: the window on a study."""

from __future__ import annotations

import gc
from argparse import ArgumentParser, Namespace
from pathlib import Path

from layers.text import Lang, Text
from puc_tool.commands.command import Command
from puc_tool.console import Answer, Console
from ui.screen import refuse_without_screen


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    about = Text("cartella dello studio; senza, la pagina iniziale", "the study's folder; without it, the start page")
    parser.add_argument("study", type=Path, nargs="?", metavar="STUDY", help=about.to(lang))


def load() -> None:
    """Load the window's code: Qt is heavy and may be missing, and every other verb works without it.

    What is loaded stays, so nobody looks through it for garbage, then or later.
    """
    gc.disable()
    try:
        import ui.app  # noqa: F401 (only loaded here)
    finally:
        gc.freeze()
        gc.enable()


def _run(options: Namespace, console: Console) -> Answer:
    refuse_without_screen()
    load()
    from ui.app import open_window

    open_window(options.study, console.lang)
    return Answer()


OPEN = Command("open", Text("apre la finestra su uno studio", "opens the window on a study"), _arguments, _run)
