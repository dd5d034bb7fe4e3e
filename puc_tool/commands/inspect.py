"""``puc-tool inspect SOURCE``: what it holds, and which roles it may play."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from layers.text import Lang, Text
from puc_tool import inspection
from puc_tool.commands.command import Command
from puc_tool.console import Answer, Console


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    about = Text("file da guardare", "file to look into").to(lang)
    parser.add_argument("source", type=Path, metavar="SOURCE", help=about)


def _run(options: Namespace, console: Console) -> Answer:
    entries, problems = inspection.inspect(options.source, console.lang)
    lines = tuple(inspection.sentence(entry, console.lang) for entry in entries)
    return Answer(lines, {"layers": entries}, tuple(problems))


COMMAND = Command(
    "inspect",
    Text(
        "che cosa contiene un file: tabelle, geometria, coordinate, campi, ruoli probabili",
        "what a file holds: tables, geometry, CRS, fields, likely roles",
    ),
    _arguments,
    _run,
)
