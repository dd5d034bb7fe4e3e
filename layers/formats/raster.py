"""Rasters: opened by rasterio, read later and only by the window."""

from __future__ import annotations

import warnings

import rasterio
from pyproj import CRS
from rasterio.errors import NotGeoreferencedWarning, RasterioIOError

from layers.grid import Grid
from layers.problems import Problem, PucError
from layers.raster import FileRaster
from layers.source import Source
from layers.text import Text, same, say


def open_raster(source: Source, crs: CRS | None = None) -> FileRaster:
    """Return the first band of ``source``, unread. ``crs`` stands in for the file's own.

    Raises PucError if the file is not a raster, has no georeference, or has no CRS and none is given.
    """
    if not source.format.is_raster:
        raise PucError(_not_a_raster(source))
    try:
        with warnings.catch_warnings():
            # A raster without georeference is refused below, in our words.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(source.gdal_path, driver=source.format.drivers[0]) as dataset:
                own = CRS.from_wkt(dataset.crs.to_wkt()) if dataset.crs else None
                transform, width, height = dataset.transform, dataset.width, dataset.height
    except RasterioIOError as error:
        raise PucError(_broken(source, error)) from error
    if transform.is_identity:
        raise PucError(_no_place(source))
    chosen = crs or own
    if chosen is None:
        raise PucError(no_crs(source.name))
    return FileRaster(source.gdal_path, Grid(chosen, transform, width, height))


def no_crs(name: str) -> Problem:
    """Return the problem of a dataset that does not say its CRS."""
    return Problem(
        "crs-missing",
        same(name),
        Text("il dato non dice il suo sistema di riferimento.", "the data does not say its CRS."),
        Text("Non si sa dove cade: non viene indovinato.", "Where it lies is not known, and is not guessed."),
        Text(
            "Indicarlo con --crs, per esempio --crs EPSG:3003 (Gauss-Boaga ovest).",
            "Give it with --crs, for example --crs EPSG:3003 (Gauss-Boaga west).",
        ),
    )


def _not_a_raster(source: Source) -> Problem:
    return Problem(
        "raster-wanted",
        same(source.name),
        say("serve un raster, questo è {f}.", "a raster is wanted, this is {f}.", f=source.format.title),
        Text("Il livello non può svolgere questo ruolo.", "The layer can't play this role."),
        Text("Indicare un GeoTIFF, una griglia ASCII o un HGT.", "Name a GeoTIFF, an ASCII grid or an HGT."),
    )


def _broken(source: Source, error: Exception) -> Problem:
    return Problem(
        "source-broken",
        same(source.name),
        say("il raster non si legge: {why}.", "the raster can't be read: {why}.", why=source.reason(error)),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text("Chiedere una nuova copia del dato.", "Ask for a new copy of the data."),
    )


def _no_place(source: Source) -> Problem:
    return Problem(
        "raster-not-georeferenced",
        same(source.name),
        Text("il raster non è georiferito.", "the raster is not georeferenced."),
        Text("Non si sa dove cadono le celle.", "Where its cells lie is not known."),
        Text(
            "Usare la versione con il file di georeferenziazione accanto (.tfw), o un GeoTIFF.",
            "Use the version with its world file beside it (.tfw), or a GeoTIFF.",
        ),
    )
