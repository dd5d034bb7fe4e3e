"""``puc-tool new DIR --comune …``: a study with its boundary and residents."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyproj import CRS

from layers import crs as coordinate_systems
from layers.problems import Problem, PucError
from layers.text import NOTHING, RESIDENTS, Lang, Text, counted, listing, number, same, say
from puc_tool.commands.command import Command
from puc_tool.console import Answer, Console
from puc_tool.intake.folder_intake import Talk, add_folder, refuse_unless_there
from puc_tool.intake.folder_remarks import summary

if TYPE_CHECKING:
    from layers.communes import Commune
    from puc_tool.studies.study_making import Made


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help=Text("cartella da creare", "folder to make").to(lang))
    words = Text("comune, per nome o codice ISTAT; ripetibile", "commune, by name or ISTAT code; may be repeated")
    parser.add_argument("--comune", action="append", required=True, metavar="NAME|ISTAT", help=words.to(lang))
    words = Text("cartella con i dati da aggiungere", "folder with data to add")
    parser.add_argument("--from", dest="origin", type=Path, metavar="FOLDER", help=words.to(lang))
    words = Text("sistema di riferimento, in metri", "CRS, in metres")
    parser.add_argument("--crs", metavar="EPSG:N", help=words.to(lang))


def _run(options: Namespace, console: Console) -> Answer:
    # The package of communes takes half a second; `puc-tool --help` reads this file and needs none of it.
    from puc_tool.studies.study_making import make_study

    if options.origin is not None:
        refuse_unless_there(options.origin)
    crs = _metric(options.crs) if options.crs else None
    chosen = [_commune(words, console) for words in options.comune]
    # The one place where today enters a study: the user reads and changes it in study.toml.
    made = make_study(options.folder, chosen, crs, date.today())
    lines, problems = [_told(options.folder, made)], list(made.problems)
    content: dict[str, object] = {"study": str(options.folder), "comuni": [commune.code for commune in chosen]}
    if options.origin is not None:
        talk = Talk(console.ask if console.may_ask else None)
        brought = add_folder(options.folder, options.origin, console.report, talk)
        lines += summary(brought)
        problems += brought.problems
        content["datasets"] = [each.as_json(console.lang) for each in brought.outcomes]
    return Answer(tuple(lines), content, tuple(problems))


def _commune(words: str, console: Console) -> Commune:
    from layers import communes

    try:
        return communes.find(words)
    except PucError:
        candidates = communes.matching(words)
        if len(candidates) < 2 or not console.may_ask:
            raise
    labels = [f"{place} {commune.label}" for place, commune in enumerate(candidates, start=1)]
    asked = say("Quale? {all}", "Which one? {all}", all=listing(labels, most=20))
    answer = console.ask(asked)
    if answer.isdigit() and 1 <= int(answer) <= len(candidates):
        return candidates[int(answer) - 1]
    return communes.find(answer)


def _metric(words: str) -> CRS:
    crs = coordinate_systems.parse(words, same("--crs"))
    if coordinate_systems.is_metric(crs):
        return crs
    raise PucError(
        Problem(
            "crs-not-metric",
            same("--crs"),
            say("{c} non misura in metri.", "{c} does not measure in metres.", c=coordinate_systems.name_of(crs)),
            Text("Superfici e distanze non avrebbero senso.", "Areas and distances would make no sense."),
            Text("Usare per esempio EPSG:7791 (UTM 32N) o EPSG:7792 (UTM 33N).", "Use EPSG:7791 or EPSG:7792."),
        )
    )


def _told(folder: Path, made: Made) -> Text:
    people = NOTHING
    if made.residents is not None:
        people = say(", {p} ({s})", ", {p} ({s})", p=counted(made.residents, RESIDENTS), s="ISTAT 2023")
    return say(
        "Studio creato in {f}: {n}, {ha} ha{p}.",
        "Study made in {f}: {n}, {ha} ha{p}.",
        f=folder,
        n=made.names,
        ha=number(made.area_m2 / 10_000, 1),
        p=people,
    )


COMMAND = Command(
    "new",
    Text("crea uno studio per uno o più comuni", "makes a study of one or more communes"),
    _arguments,
    _run,
)
