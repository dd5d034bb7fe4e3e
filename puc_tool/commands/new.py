"""``puc-tool new DIR --comune …``: a study with its boundary and residents."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyproj import CRS

from layers import crs as coordinate_systems
from layers import write
from layers.problems import Problem, PucError
from layers.reference import LayerRef
from layers.text import Lang, Text, listing, number, same, say
from puc_tool import study_editing, study_reading
from puc_tool.commands.command import Command
from puc_tool.console import Answer, Console
from puc_tool.folder_intake import add_folder
from puc_tool.study_editing import Head

if TYPE_CHECKING:
    from layers.communes import Commune

BOUNDARY_FILE = "data/boundary.gpkg"
BOUNDARY_TABLE = "boundary"


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
    from layers import communes
    from layers.commune_boundaries import boundaries, default_crs

    refuse_unless_free(options.folder)
    chosen = [_commune(words, console) for words in options.comune]
    codes = tuple(dict.fromkeys(commune.code for commune in chosen))
    crs = _metric(options.crs) if options.crs else default_crs(codes)
    layer, problems = boundaries(codes, crs)
    residents = sum(communes.population(code).total for code in codes)
    names = listing([commune.name for commune in chosen], most=4).it
    head = Head(
        title=f"{names}, studio preliminare",
        comuni=codes,
        crs=coordinate_systems.name_of(crs),
        # The one place where today enters a study: the user reads and changes it in study.toml.
        day=date.today(),
        population={"istat": {communes.YEAR: residents}},
    )
    document = study_editing.new_document(head)
    study_editing.put_layer(document, LayerRef("boundary", BOUNDARY_FILE, BOUNDARY_TABLE))
    write.geopackage(options.folder / BOUNDARY_FILE, {BOUNDARY_TABLE: layer})
    study_editing.save(document, options.folder)
    lines = [_made(options.folder, names, float(layer.area.sum()), residents)]
    if options.origin is not None:
        added, said = add_folder(options.folder, options.origin, console.report)
        lines += added
        problems = [*problems, *said]
    study_reading.read(options.folder)
    return Answer(tuple(lines), {"study": str(options.folder), "comuni": list(codes)}, tuple(problems))


def refuse_unless_free(folder: Path) -> None:
    """Raise PucError if ``folder`` is a file, or holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PucError(_not_free(folder))


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


def _made(folder: Path, names: str, area_m2: float, residents: int) -> Text:
    return say(
        "Studio creato in {f}: {n}, {ha} ha, {p} residenti (ISTAT 2023).",
        "Study made in {f}: {n}, {ha} ha, {p} residents (ISTAT 2023).",
        f=folder, n=names, ha=number(area_m2 / 10_000, 1), p=number(residents),
    )  # fmt: skip


def _not_free(folder: Path) -> Problem:
    return Problem(
        "folder-not-free",
        same(folder.name),
        Text("la cartella non è vuota.", "the folder is not empty."),
        Text("Niente è stato toccato.", "Nothing has been touched."),
        Text("Indicare una cartella nuova.", "Name a new folder."),
    )


COMMAND = Command(
    "new",
    Text("crea uno studio per uno o più comuni", "makes a study of one or more communes"),
    _arguments,
    _run,
)
