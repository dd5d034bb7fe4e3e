"""``puc-tool report STUDY``: the preliminary study as PDF, DOCX and HTML; STUDY may be a folder of studies."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from layers.text import Lang, Text, say
from puc_tool.commands.command import Command, add_study, named
from puc_tool.commands.many import over_studies
from puc_tool.commands.run import add_jobs_and_to
from puc_tool.console import Answer, Console
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

FORMATS = ("pdf", "docx", "html")


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    parser.add_argument("--format", default="pdf", metavar=",".join(FORMATS), help=Text("formati", "formats").to(lang))
    add_jobs_and_to(parser, lang)


def _run(options: Namespace, console: Console) -> Answer:
    return over_studies(options, console, _report)


def _report(folder: Path, options: Namespace, console: Console) -> Answer:
    # The pages need Typst, python-docx and Pillow; `puc-tool --help` reads this file and needs none of them.
    from puc_tool.report.pack import report_study

    formats = named([word.strip() for word in options.format.split(",")], {name: name for name in FORMATS})
    shelf = Shelf(study_reading.read(folder))
    done = report_study(shelf, formats, to=options.to, lang=console.lang, jobs=options.jobs, report=console.report)
    lines = tuple(say("Scritto {f}", "Wrote {f}", f=path) for path in done.files)
    return Answer(lines, {"files": [str(path) for path in done.files]}, done.problems)


COMMAND = Command(
    "report",
    Text("scrive lo studio preliminare", "writes the preliminary study"),
    _arguments,
    _run,
)
