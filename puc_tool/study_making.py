"""Making a new study: its folder appears whole, with boundary, residents and ``study.toml``, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyproj import CRS

from layers import communes, write
from layers import crs as coordinate_systems
from layers.commune_boundaries import boundaries, default_crs
from layers.communes import Commune
from layers.problems import Problem, PucError
from layers.reference import LayerRef
from layers.text import Text, listing, same
from layers.write import cannot_write
from puc_tool import study_editing
from puc_tool.study_editing import Head

BOUNDARY_FILE = "data/boundary.gpkg"
BOUNDARY_TABLE = "boundary"
SERIES = "istat"


@dataclass(frozen=True)
class Made:
    """What a new study holds."""

    names: str
    area_m2: float
    residents: int
    problems: tuple[Problem, ...]


def make_study(folder: Path, chosen: Sequence[Commune], crs: CRS | None, day: date) -> Made:
    """Make the study of ``chosen`` in ``folder``, which must be free; ``day`` is printed on its sheets.

    Raises PucError if the folder is not free or can't be written; then nothing is left behind.
    """
    refuse_unless_free(folder)
    codes = tuple(dict.fromkeys(commune.code for commune in chosen))
    metric = crs or default_crs(codes)
    layer, problems = boundaries(codes, metric)
    residents = sum(communes.population(code).total for code in codes)
    names = listing([communes.find(code).name for code in codes], most=4).it
    population = {SERIES: {communes.YEAR: residents}}
    head = Head(f"{names}, studio preliminare", codes, coordinate_systems.name_of(metric), day, population)
    document = study_editing.new_document(head)
    study_editing.put_layer(document, LayerRef("boundary", BOUNDARY_FILE, BOUNDARY_TABLE, credit=communes.CREDIT.it))
    aside = folder.with_name(f".{folder.name}.part")
    try:
        write.geopackage(aside / BOUNDARY_FILE, {BOUNDARY_TABLE: layer})
        study_editing.save(document, aside)
        _put_in_place(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Made(names, float(layer.area.sum()), residents, tuple(problems))


def refuse_unless_free(folder: Path) -> None:
    """Raise PucError if ``folder`` is a file, or holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PucError(_not_free(folder))


def _put_in_place(aside: Path, folder: Path) -> None:
    try:
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    except OSError as error:
        raise PucError(cannot_write(folder, error)) from error


def _not_free(folder: Path) -> Problem:
    return Problem(
        "folder-not-free",
        same(folder.name),
        Text("la cartella non è vuota.", "the folder is not empty."),
        Text("Niente è stato toccato.", "Nothing has been touched."),
        Text("Indicare una cartella nuova.", "Name a new folder."),
    )
