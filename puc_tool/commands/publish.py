"""``puc-tool publish STUDY``: the open data package, with styles and metadata; STUDY may be a folder of studies."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from layers.text import FILES, Lang, Text, counted, say
from puc_tool.commands.command import Command, add_study, whole_number
from puc_tool.commands.many import over_studies
from puc_tool.commands.run import add_jobs_and_to
from puc_tool.console import Answer, Console
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

_OPTIONS = (
    ("--identifier", "ID", Text("sigla IPA dell'ente, per esempio c_e463", "the body's id in the catalogue")),
    ("--contact", "EMAIL", Text("a chi scrivere", "whom to write to")),
    ("--url", "URL", Text("dove staranno i file", "where the files will lie")),
)  # fmt: skip


_FREQUENCIES = ("MONTHLY", "QUARTERLY", "ANNUAL", "BIENNIAL", "TRIENNIAL", "IRREG", "NEVER", "UNKNOWN")
"""Codes of the European list of frequencies."""


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    for option, shown, about in _OPTIONS:
        parser.add_argument(option, default="", metavar=shown, help=about.to(lang))
    words = Text("ogni quanto si aggiornano", "how often they are brought up to date")
    parser.add_argument("--frequency", choices=_FREQUENCIES, default="", help=words.to(lang))
    words = Text("scala 1:N dei dati", "scale 1:N of the data")
    parser.add_argument("--scale", type=whole_number("--scale", 100, 10_000_000), metavar="N", help=words.to(lang))
    add_jobs_and_to(parser, lang)


def _run(options: Namespace, console: Console) -> Answer:
    return over_studies(options, console, _publish)


def _publish(study: Path, options: Namespace, console: Console) -> Answer:
    # Styles and metadata need libraries that `puc-tool --help` does not.
    from puc_tool.report.open_data.package import Said, publish

    shelf = Shelf(study_reading.read(study))
    said = Said(options.identifier, options.contact, options.url, options.frequency, options.scale)
    done = publish(shelf, said, to=options.to, lang=console.lang, report=console.report)
    folder = done.files[0].parent
    lines = (say("Dati aperti in {f}: {n}", "Open data in {f}: {n}", f=folder, n=counted(len(done.files), FILES)),)
    return Answer(lines, {"files": [str(path) for path in done.files]}, done.problems)


COMMAND = Command(
    "publish",
    Text("scrive il pacchetto dei dati aperti", "writes the open data package"),
    _arguments,
    _run,
)
