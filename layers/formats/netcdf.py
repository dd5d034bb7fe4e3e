"""NetCDF: the grids of a file by the names of their variables, where they follow the CF conventions.

Method: GDAL's netCDF driver places a grid by its coordinate variables (latitude and longitude, or projected) and its
``grid_mapping``. What is no regular grid of two dimensions is refused.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache

from layers.formats import netcdf_probe, raster_remarks, refusals
from layers.problems import Problem, PucError
from layers.source import Source
from layers.text import Text, same, say

ID = "netcdf"
PATIENCE_S = 60
"""How long an answer is waited for (s): a machine may have other things to do. A hang ends by its own work."""


def variables(source: Source) -> tuple[str, ...]:
    """Return the names of the grids in ``source``; raises PucError if it is no NetCDF, or so damaged that it crashes.

    Asked of a process of its own, see ``netcdf_probe``.
    """
    held = source.held.stat()
    names = _asked(str(source.held), held.st_mtime_ns, held.st_size)
    if names is None:
        raise PucError(raster_remarks.broken(source, ValueError("NetCDF")))
    return tuple(name or source.stem for name in names)


@lru_cache(maxsize=64)
def _asked(path: str, _changed_ns: int, _size: int) -> tuple[str, ...] | None:
    try:
        told = subprocess.run(
            [sys.executable, "-I", netcdf_probe.__file__, path],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=True,
        )
    except subprocess.SubprocessError:  # it crashed, refused the file, or did not come to an end
        return None
    return tuple(json.loads(told.stdout))


def path(source: Source, layer: str | None) -> str:
    """Return what GDAL opens for the grid ``layer``, or for the only one.

    Raises PucError if there is no such grid, none at all, or several of which none is named.
    """
    names = variables(source)
    if not names:
        raise PucError(_no_grid(source))
    if layer is not None and layer not in names:
        raise PucError(refusals.no_table(source, layer, names))
    if layer is None and len(names) > 1:
        raise PucError(refusals.choose_table(source, names))
    return f'NETCDF:"{source.gdal_path}":{layer or names[0]}'


def not_flat(source: Source, count: int) -> Problem:
    """Return the problem of a grid with times or levels."""
    return Problem(
        "netcdf-not-flat",
        same(source.name),
        say(
            "la griglia ha più strati, tempi o livelli ({n}); si legge una griglia a due dimensioni.",
            "the grid has several layers, times or levels ({n}); a grid of two dimensions is read.",
            n=count,
        ),
        Text("Non si sa quale strato serve.", "Which layer is wanted is not known."),
        Text("Estrarre lo strato voluto in un GeoTIFF.", "Extract the layer you want into a GeoTIFF."),
    )


def _no_grid(source: Source) -> Problem:
    return Problem(
        "netcdf-no-grid",
        same(source.name),
        Text("nel file non c'è alcuna griglia.", "the file holds no grid."),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text(
            "Indicare un file con una variabile su latitudine e longitudine.", "Name one with a grid of two dimensions."
        ),
    )
