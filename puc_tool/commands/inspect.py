"""``puc-tool inspect SOURCE``: what it holds, and which roles it may play."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from layers.text import Lang, Text
from puc_tool.commands.command import Command
from puc_tool.console import Answer, Console
from puc_tool.intake import inspection
from puc_tool.intake.inspection_words import sentence


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    about = Text("file da guardare", "file to look into").to(lang)
    parser.add_argument("source", type=Path, metavar="SOURCE", help=about)


def _run(options: Namespace, console: Console) -> Answer:
    found = inspection.find(options.source)
    lines = tuple(sentence(each, console.lang) for each in found if each.content is not None)
    entries = inspection.entries(found, console.lang)
    return Answer(lines, {"layers": entries}, tuple(problem for each in found for problem in each.problems))


COMMAND = Command(
    "inspect",
    Text(
        "che cosa contiene un file: tabelle, geometria, coordinate, campi, ruoli probabili",
        "what a file holds: tables, geometry, CRS, fields, likely roles",
    ),
    _arguments,
    _run,
)
