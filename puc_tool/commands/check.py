"""``puc-tool check STUDY``: every problem of every layer against its role and the commune."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from geopandas import GeoDataFrame

from layers import crs as coordinate_systems
from layers import datum_grids
from layers.intake import Intake
from layers.problems import Problem
from layers.raster import FileRaster
from layers.text import Lang, Text, say
from puc_tool import dates
from puc_tool.commands.command import Command, add_study
from puc_tool.console import Answer, Console
from puc_tool.intake import inspection
from puc_tool.shelf import Shelf
from puc_tool.sources import source_changes
from puc_tool.studies import study_reading

_GIVEN = Text("indicato nello studio", "named in the study")


def _arguments(parser: ArgumentParser, lang: Lang) -> None:
    add_study(parser, lang)


def _run(options: Namespace, console: Console) -> Answer:
    study = study_reading.read(options.study)
    shelf = Shelf(study)
    intakes = []
    for done, ref in enumerate(study.layers):
        console.report(done / len(study.layers), say("Leggo {r}", "Reading {r}", r=ref.role))
        intakes.append(shelf.intake(ref))
    problems: list[Problem] = []
    for intake in intakes:
        usable = intake.layer is not None
        problems += [*intake.problems, *(dates.problems(study, intake.ref) if usable else [])]
    problems += [*shelf.grid_problems, *_idle_grids(shelf, intakes), *source_changes.told(shelf)]
    entries = [_entry(intake, console.lang) for intake in intakes]
    lines = tuple(_line(intake) for intake in intakes)
    return Answer(lines, {"layers": entries}, tuple(problems))


def _idle_grids(shelf: Shelf, intakes: list[Intake]) -> list[Problem]:
    operations = [intake.operation for intake in intakes if intake.operation is not None]
    used = {grid.name for operation in operations for grid in operation.grids}
    short = {name for operation in operations for name in operation.short_grids}
    wanted = {name for operation in operations for name in operation.missing_grids}
    return datum_grids.idle(shelf.grids, used | short, wanted)


def _entry(intake: Intake, lang: Lang) -> inspection.Entry:
    roles = [{"role": intake.role.id, "confidence": 1.0, "why": _GIVEN.to(lang)}]
    if isinstance(intake.layer, FileRaster):
        return inspection.raster_entry(_name(intake), intake.layer, roles)
    return {
        "name": _name(intake),
        "kind": "raster" if intake.role.takes_raster and intake.layer is None else "vector",
        "geometry": None if intake.layer is None else ", ".join(sorted(intake.layer.geom_type.unique())),
        "crs": None if intake.layer is None else coordinate_systems.name_of(intake.layer.crs),
        "features": intake.features,
        "fields": {} if intake.layer is None else _fields(intake.layer),
        "extent": None if intake.layer is None or intake.layer.empty else intake.layer.total_bounds.tolist(),
        "encoding": intake.ref.encoding or "",
        "roles": roles,
    }


def _fields(layer: GeoDataFrame) -> dict[str, str]:
    return {str(name): str(layer[name].dtype) for name in layer.columns if name != layer.geometry.name}


def _name(intake: Intake) -> str:
    return intake.ref.source if intake.ref.layer is None else f"{intake.ref.source}: {intake.ref.layer}"


def _line(intake: Intake) -> Text:
    year = f" {intake.ref.year}" if intake.ref.year else ""
    state = Text("non usabile", "not usable") if intake.layer is None else Text("a posto", "in order")
    return say("{t}{y}: {s} ({f})", "{t}{y}: {s} ({f})", t=intake.role.title, y=year, s=state, f=_name(intake))


COMMAND = Command(
    "check",
    Text("tutti i problemi di tutti i livelli dello studio", "every problem of every layer of the study"),
    _arguments,
    _run,
)
