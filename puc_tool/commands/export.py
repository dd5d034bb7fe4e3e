"""``puc-tool export STUDY [SHEET]…``: sheets as PDF, PNG, SVG, GeoTIFF and DXF, one by one and as an atlas."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import get_args

from layers.problems import errors
from layers.text import Lang, Text, say
from puc_tool.commands.command import Command, add_study, named, whole_number, wrong_usage
from puc_tool.commands.many import over_studies
from puc_tool.commands.run import add_jobs_and_to
from puc_tool.console import Answer, Console
from puc_tool.maps.style import Format
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

FORMATS: tuple[Format, ...] = get_args(Format)
PAPERS = ("A0", "A1", "A2", "A3", "A4")
_LOWEST_DPI, _HIGHEST_DPI = 50, 600
_COVERAGES = ("neighbourhood", "district", "zone", "site", "grid")
_ATLAS = ("yes", "no")


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    parser.add_argument(
        "sheets", nargs="*", metavar="SHEET", help=Text("tavole; tutte se nessuna", "all if none").to(lang)
    )
    formats = ",".join(FORMATS)
    parser.add_argument("--format", default="pdf,png", metavar=formats, help=Text("formati", "formats").to(lang))
    words = Text("punti per pollice delle immagini", "dots per inch of pictures")
    dpi = whole_number("--dpi", _LOWEST_DPI, _HIGHEST_DPI)
    parser.add_argument("--dpi", type=dpi, default=150, metavar="N", help=words.to(lang))
    parser.add_argument("--paper", type=str.upper, choices=PAPERS, default="A3", help=Text("foglio", "paper").to(lang))
    words = Text(
        "scala 1:N; se il territorio non ci sta, si divide in fogli", "scale 1:N; split where the ground does not fit"
    )
    parser.add_argument("--scale", type=_scale, metavar="N", help=words.to(lang))
    words = Text("una tavola per ciascuna unità", "one sheet for each unit")
    parser.add_argument("--by", choices=_COVERAGES, default="", help=words.to(lang))
    words = Text("anche un solo PDF con indice e segnalibri", "also one PDF with index and bookmarks")
    parser.add_argument("--atlas", choices=_ATLAS, default="yes", help=words.to(lang))
    add_jobs_and_to(parser, lang)


def _scale(words: str) -> int:
    """Return a denominator, given as 10000, 1:10.000 or 1:10,000; raises UsageError if it is no standard scale."""
    from puc_tool.maps.frame import standard_scales

    given = words.removeprefix("1:").replace(".", "").replace(",", "")
    if given.isdecimal() and int(given) in standard_scales():
        return int(given)
    known = ", ".join(str(scale) for scale in standard_scales())
    raise wrong_usage(
        say(
            "--scale vuole una scala normale ({k}), non «{w}».",
            "--scale wants a standard scale ({k}), not “{w}”.",
            k=known,
            w=words,
        )
    )


def _formats(words: str) -> tuple[Format, ...]:
    """Return the formats that ``words`` list, by commas, in capitals or not; raises UsageError for none or another."""
    asked = [word.strip().lower() for word in words.split(",") if word.strip()]
    if not asked:
        known = ", ".join(FORMATS)
        raise wrong_usage(say("--format vuole almeno uno fra {k}.", "--format wants at least one of {k}.", k=known))
    return named(asked, {name: name for name in FORMATS})


def _run(options: Namespace, console: Console) -> Answer:
    return over_studies(options, console, _export)


def _export(folder: Path, options: Namespace, console: Console) -> Answer:
    # The page needs Typst and Pillow; `puc-tool --help` reads this file and needs neither.
    from puc_tool.printing import sheets
    from puc_tool.printing.coverage import Cut
    from puc_tool.printing.exporting import export, ready
    from puc_tool.printing.summing_up import summed_up

    kinds = named(options.sheets, sheets.BY_ID)
    formats = _formats(options.format)
    shelf = Shelf(study_reading.read(folder))
    kinds, passed_over = (kinds, ()) if options.sheets else ready(shelf.study, kinds)
    cut = Cut(options.paper, options.scale, options.by)
    one_file = options.atlas == "yes" and "pdf" in formats
    done = export(
        shelf, kinds, formats, to=options.to, dpi=options.dpi, lang=console.lang, cut=cut, jobs=options.jobs,
        one_file=one_file, report=console.report,
    )  # fmt: skip
    grave = errors(done.problems)  # of each sheet that is lacking for itself; remarks on many are one
    remarks = summed_up(each for each in done.problems if each not in grave)
    lines = tuple(say("Scritto {f}", "Wrote {f}", f=path) for path in done.files)
    return Answer(lines, {"files": [str(path) for path in done.files]}, (*passed_over, *grave, *remarks))


COMMAND = Command(
    "export",
    Text("disegna le tavole", "draws the sheets"),
    _arguments,
    _run,
)
