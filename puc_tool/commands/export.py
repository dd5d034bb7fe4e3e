"""``puc-tool export STUDY [SHEET]…``: sheets as PDF and PNG, with a manifest."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from layers.text import Lang, Text, say
from puc_tool import study_reading
from puc_tool.commands.command import Command, add_study, named, whole_number
from puc_tool.commands.run import add_jobs_and_to
from puc_tool.console import Answer, Console
from puc_tool.maps.style import Format
from puc_tool.shelf import Shelf

FORMATS: tuple[Format, ...] = ("pdf", "png", "svg")
_LOWEST_DPI, _HIGHEST_DPI = 50, 600


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    parser.add_argument(
        "sheets", nargs="*", metavar="SHEET", help=Text("tavole; tutte se nessuna", "all if none").to(lang)
    )
    parser.add_argument("--format", default="pdf,png", metavar="pdf,png,svg", help=Text("formati", "formats").to(lang))
    words = Text("punti per pollice delle immagini", "dots per inch of pictures")
    dpi = whole_number("--dpi", _LOWEST_DPI, _HIGHEST_DPI)
    parser.add_argument("--dpi", type=dpi, default=150, metavar="N", help=words.to(lang))
    add_jobs_and_to(parser, lang)


def _run(options: Namespace, console: Console) -> Answer:
    # The page needs Typst and Pillow; `puc-tool --help` reads this file and needs neither.
    from puc_tool import sheets
    from puc_tool.exporting import export, ready

    kinds = named(options.sheets, sheets.BY_ID)
    formats = named([word.strip() for word in options.format.split(",")], {name: name for name in FORMATS})
    shelf = Shelf(study_reading.read(options.study))
    kinds, passed_over = (kinds, ()) if options.sheets else ready(shelf.study, kinds)
    done = export(shelf, kinds, formats, to=options.to, dpi=options.dpi, lang=console.lang, report=console.report)
    lines = tuple(say("Scritto {f}", "Wrote {f}", f=path) for path in done.files)
    return Answer(lines, {"files": [str(path) for path in done.files]}, (*passed_over, *done.problems))


COMMAND = Command(
    "export",
    Text("disegna le tavole", "draws the sheets"),
    _arguments,
    _run,
)
