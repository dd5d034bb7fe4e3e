"""``puc-tool at STUDY --xy E,N | --wkt WKT | --parcel CODE``: what applies here."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

import shapely

from analyses.progress import part_of
from layers import write
from layers.text import Lang, Text, say
from puc_tool import places
from puc_tool.commands.command import Command, add_study
from puc_tool.console import Answer, Console
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)
    place = parser.add_mutually_exclusive_group(required=True)
    for option, metavar, words in (
        ("--xy", "E,N", Text("un punto, nel sistema dello studio", "a point, in the study's CRS")),
        ("--wkt", "WKT", Text("un punto o un poligono, nel sistema dello studio", "a point or polygon, in its CRS")),
        ("--parcel", "CODE", Text("una particella dello studio: foglio/numero", "a parcel of the study: sheet/number")),
    ):
        place.add_argument(option, metavar=metavar, help=words.to(lang))
    words = Text("scrive anche una pagina da stampare", "also write a page to print")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help=words.to(lang))


def _run(options: Namespace, console: Console) -> Answer:
    # The kernels and the page are heavy; `puc-tool --help` reads this file and needs none of them.
    from puc_tool import what_applies

    shelf = Shelf(study_reading.read(options.study))
    place = _place(options, shelf)
    found = what_applies.ask(shelf, place, part_of(console.report, 0.0, 0.8))
    lines = list(what_applies.sentences(found, place))
    if options.pdf is not None:
        from puc_tool.maps.extract import extract

        write.data(options.pdf, extract(shelf, place, found, console.lang, parcel=options.parcel or ""))
        lines.append(say("Pagina {f}", "Page {f}", f=options.pdf))
    return Answer(tuple(lines), {"items": what_applies.items(found)}, found.problems)


def _place(options: Namespace, shelf: Shelf) -> shapely.Geometry:
    if options.xy is not None:
        return places.of_xy(options.xy)
    if options.wkt is not None:
        return places.of_wkt(options.wkt)
    return places.of_parcel(options.parcel, shelf)


COMMAND = Command(
    "at",
    Text(
        "che cosa vale in un punto, un poligono o una particella",
        "what applies at a point, a polygon or a parcel",
    ),
    _arguments,
    _run,
)
