"""Grids for a change of datum that a study brings along, such as those of the IGM from Roma 40 to RDN2008.

They lie in the study's folder ``grids/`` under the names by which PROJ's database knows them. PROJ is handed a grid by
its path, in the one pipeline that needs it: neither its search path nor an environment variable is touched, so one
study's grids never reach another, in whatever thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyproj import Transformer
from pyproj.exceptions import ProjError

from layers.problems import Problem, Severity
from layers.text import NOTHING, Text, listing, same, say

FOLDER = "grids"
READ = (".gsb", ".tif")
"""NTv2 and geodetic GeoTIFF, which PROJ opens. It does not open the ``.gr1`` and ``.gr2`` of the IGM's own program."""

_SEPARATOR = ","
"""PROJ takes a comma for the end of a file's name, and there is no way to quote it."""


@dataclass(frozen=True)
class DatumGrid:
    """A grid that PROJ opens, and the SHA-256 of what it was when the study was read."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def answers_to(self, name: str) -> bool:
        """Tell whether this is the grid that PROJ calls ``name``; case and ending (.gsb, .tif) may differ."""
        return self.path.stem.lower() == Path(name).stem.lower()

    @property
    def quoted(self) -> str:
        """The path as the text of a pipeline holds it."""
        doubled = str(self.path).replace('"', '""')
        return f'"{doubled}"'


DatumGrids = tuple[DatumGrid, ...]


def read(study: Path) -> tuple[DatumGrids, list[Problem]]:
    """Return the grids of the study in the folder ``study``, by name, and what there is to say of its other files."""
    grids: list[DatumGrid] = []
    said: list[Problem] = []
    for path in _files(study / FOLDER):
        fault = _fault(path, study.resolve())
        if fault is None:
            grids.append(DatumGrid(path, hashlib.sha256(path.read_bytes()).hexdigest()))
        else:
            said.append(_not_used(path, fault))
    return tuple(grids), said


def fingerprints(study: Path) -> dict[str, str]:
    """Return the SHA-256 of every grid of the study, by name."""
    return {grid.name: grid.sha256 for grid in read(study)[0]}


def idle(grids: DatumGrids, used: Iterable[str], wanted: Iterable[str]) -> list[Problem]:
    """Return a note for each grid that no conversion of the study uses; ``wanted`` are those it would use."""
    names = set(used)
    lacking = sorted(set(wanted))
    return [_idle(grid, lacking) for grid in grids if grid.name not in names]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path.resolve() for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _fault(path: Path, study: Path) -> Text | None:
    """Return why PROJ can't be given ``path``, or None."""
    if not path.is_relative_to(study):
        return Text("è un rimando a un file fuori dallo studio", "it is a link to a file outside the study")
    if path.suffix.lower() not in READ:
        return say("PROJ apre solo griglie {all}", "PROJ opens only {all} grids", all=listing(list(READ)))
    if _SEPARATOR in str(path):
        return Text("nel percorso c'è una virgola", "there is a comma in its path")
    return None if _opens(path) else Text("non è una griglia, o è incompleta", "it is no grid, or incomplete")


def _opens(path: Path) -> bool:
    try:
        Transformer.from_pipeline(f"+proj=hgridshift +grids={DatumGrid(path, '').quoted}")
    except (ProjError, OSError):
        return False
    return True


def _not_used(path: Path, why: Text) -> Problem:
    return Problem(
        "grid-unusable",
        same(f"{FOLDER}/{path.name}"),
        say("questa griglia non viene usata: {w}.", "this grid is not used: {w}.", w=why),
        Text(
            "Le conversioni restano buone come senza griglia.",
            "Conversions stay as good as they are without a grid.",
        ),
        Text(
            "Chiedere all'IGM la griglia in formato NTv2 (.gsb).",
            "Ask the IGM for the grid in the NTv2 format (.gsb).",
        ),
        Severity.WARNING,
    )


def _idle(grid: DatumGrid, wanted: list[str]) -> Problem:
    return Problem(
        "grid-idle",
        same(f"{FOLDER}/{grid.name}"),
        Text("nessuna conversione dei livelli usa questa griglia.", "no layer's conversion uses this grid."),
        NOTHING,
        say(
            "PROJ cerca le griglie per nome: questo studio userebbe {all}.",
            "PROJ looks for grids by name: this study would use {all}.",
            all=listing(wanted),
        )
        if wanted
        else Text(
            "PROJ non ne chiede per i livelli di questo studio; quelle dell'IGM portano a RDN2008 (EPSG:7791, 7792).",
            "PROJ asks for none for this study's layers; those of the IGM lead to RDN2008 (EPSG:7791, 7792).",
        ),
        Severity.INFO,
    )
