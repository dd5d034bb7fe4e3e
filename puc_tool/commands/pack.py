"""``puc-tool pack STUDY FILE.zip``: the study with its sources and their hashes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from layers.problems import PucError
from layers.text import FILES, Lang, Text, counted, number, say
from puc_tool import packing
from puc_tool.commands.command import Command, add_study
from puc_tool.console import Answer, Console
from puc_tool.studies import study_reading


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    about = Text("il file da scrivere", "the file to write").to(lang)
    parser.add_argument("file", type=Path, metavar="FILE.zip", help=about)


def _run(options: Namespace, console: Console) -> Answer:
    if options.file.suffix.lower() != ".zip":
        raise PucError(packing.not_a_zip(options.file))
    packed = packing.pack(study_reading.read(options.study), options.file)
    line = say(
        "Scritto {f}: {n}, di cui {o} da fuori dello studio.",
        "Wrote {f}: {n}, {o} of them from outside the study.",
        f=packed.path, n=counted(packed.files, FILES), o=number(packed.from_outside),
    )  # fmt: skip
    return Answer((line,), {"files": [str(packed.path)]})


COMMAND = Command(
    "pack",
    Text("lo studio con le sue fonti in un file zip", "the study with its sources in one zip file"),
    _arguments,
    _run,
)
