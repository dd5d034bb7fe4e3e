"""Making a new study: its folder appears whole, with boundary, residents and ``study.toml``, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pyproj import CRS

from layers import communes, half_done, write
from layers import crs as coordinate_systems
from layers.commune_boundaries import boundaries, default_crs
from layers.communes import Commune
from layers.problems import Problem, PucError, Severity
from layers.reference import LayerRef
from layers.text import Text, listing, same
from layers.write import cannot_write
from puc_tool.studies import study_editing
from puc_tool.studies.study_editing import Head

BOUNDARY_FILE = "data/boundary.gpkg"
BOUNDARY_TABLE = "boundary"
SERIES = "istat"


@dataclass(frozen=True)
class Made:
    """What a new study holds. ``residents`` is None where those of one commune are not known."""

    names: str
    area_m2: float
    residents: int | None
    problems: tuple[Problem, ...]


def make_study(folder: Path, chosen: Sequence[Commune], crs: CRS | None, day: date) -> Made:
    """Make the study of ``chosen`` in ``folder``, which must be free; ``day`` is printed on its sheets.

    Raises PucError if the folder is not free or can't be written; then nothing is left behind.
    """
    refuse_unless_free(folder)
    codes = tuple(dict.fromkeys(commune.code for commune in chosen))
    metric = crs or default_crs(codes)
    layer, problems = boundaries(codes, metric)
    residents, unknown = _residents(codes)
    names = listing([communes.find(code).name for code in codes], most=4).it
    population = {} if residents is None else {SERIES: {communes.YEAR: residents}}
    head = Head(f"{names}, studio preliminare", codes, coordinate_systems.name_of(metric), day, population)
    document = study_editing.new_document(head)
    study_editing.put_layer(
        document,
        LayerRef("boundary", BOUNDARY_FILE, BOUNDARY_TABLE, credit=communes.CREDIT.it, credit_en=communes.CREDIT.en),
    )
    whole = folder.resolve()
    aside = half_done.folder_beside(whole)
    try:
        write.geopackage(aside / BOUNDARY_FILE, {BOUNDARY_TABLE: layer})
        study_editing.save(document, aside)
        _put_in_place(aside, whole)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Made(names, float(layer.area.sum()), residents, (*problems, *unknown))


def refuse_unless_free(folder: Path) -> None:
    """Raise PucError if ``folder`` is a file, or holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PucError(_not_free(folder))


def _residents(codes: Sequence[str]) -> tuple[int | None, list[Problem]]:
    """Return the residents of all communes; of some only they would pass for everybody's, so then none."""
    try:
        return sum(communes.population(code).total for code in codes), []
    except PucError as error:
        return None, [replace(problem, severity=Severity.WARNING) for problem in error.problems]


def _put_in_place(aside: Path, folder: Path) -> None:
    """Give the whole its name; a folder that is there and empty may be where somebody stands, so it is filled."""
    try:
        if not folder.exists():
            aside.rename(folder)
            return
        for each in sorted(aside.iterdir()):  # data first: study.toml makes it a study
            each.rename(folder / each.name)
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
