"""``puc-tool deliver STUDY``: all that leaves the office in one go; STUDY may be a folder of studies."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from layers.text import Lang, Text, say
from puc_tool.commands.command import Command, add_study
from puc_tool.commands.export import PAPERS
from puc_tool.commands.many import over_studies
from puc_tool.commands.run import add_jobs_and_to
from puc_tool.console import Answer, Console
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    parser.add_argument("--paper", choices=PAPERS, default="A3", help=Text("foglio", "paper").to(lang))
    add_jobs_and_to(parser, lang)


def _run(options: Namespace, console: Console) -> Answer:
    return over_studies(options, console, _deliver)


def _deliver(folder: Path, options: Namespace, console: Console) -> Answer:
    # The pages need Typst and Pillow; `puc-tool --help` reads this file and needs neither.
    from puc_tool.printing.council_pack import make_pack, untold, whole
    from puc_tool.printing.coverage import Cut

    shelf = Shelf(study_reading.read(folder))
    wish, passed_over = whole(shelf.study, console.lang, Cut(options.paper))
    _, made = make_pack(shelf, wish, tell=untold, to=options.to, jobs=options.jobs, report=console.report)
    lines = tuple(say("Scritto {f}", "Wrote {f}", f=path) for path in made.files)
    return Answer(lines, {"files": [str(path) for path in made.files]}, (*passed_over, *made.problems))


COMMAND = Command(
    "deliver",
    Text(
        "scrive tutto il pacchetto: tavole, atlante, studio, quaderni, dati aperti",
        "writes the whole pack: sheets, atlas, study, notebooks, open data",
    ),
    _arguments,
    _run,
)
