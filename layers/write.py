"""Atomic writing: beside the target as ``name.1234.part.ext``, flushed, synced, then renamed. Never half a file.

Equal content gives equal bytes: nothing of the clock or the machine goes into a file.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten

import pyogrio
import rasterio
from geopandas import GeoDataFrame
from rasterio.windows import Window as RasterioWindow

from layers import half_done
from layers.problems import Problem, PucError
from layers.raster import Raster, dtype_of, windows
from layers.text import Text, same, say

# GDAL stamps the hour into a geopackage; a fixed one keeps equal content equal. QGIS 3.22 warns of version 1.4.
_STILL_CLOCK = {"OGR_CURRENT_DATE": "2000-01-01T00:00:00Z"}
_GPKG_VERSION = "1.2"
_TILE = 256
_MOST_LETTERS = 60

CANNOT_WRITE = "cannot-write"
THREADS = 2
"""How many threads pack tiles: no byte depends on it."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a ``.part`` path to write to; it takes the place of ``path`` when the block ends well.

    It is this process's own and keeps the ending of ``path``, which GDAL minds; whoever ends last has the last word.

    Raises PucError if the folder is read-only or the disk is full; then ``path`` is as it was.
    """
    part = half_done.file_beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half_done.clear_left(path)
        yield part
        _sync(part)
        part.replace(path)
    except OSError as error:
        raise PucError(cannot_write(path, error)) from error
    finally:
        _discard(part)


def text(path: Path, content: str) -> None:
    """Write ``content`` as UTF-8 with plain newlines."""
    data(path, content.encode("utf-8"))


def data(path: Path, content: bytes) -> None:
    """Write ``content`` as it is."""
    with replacing(path) as part:
        part.write_bytes(content)


def geopackage(path: Path, tables: Mapping[str, GeoDataFrame], about: str = "") -> None:
    """Write every layer of ``tables`` into one GeoPackage; ``about`` is the description each table carries."""
    with replacing(path) as part, _still_clock():
        # GDAL would add to what a killed process of this number left behind.
        part.unlink(missing_ok=True)
        for name, layer in tables.items():
            _add_table(part, name, layer, about)


def vector(path: Path, layer: GeoDataFrame, driver: str, **options: object) -> None:
    """Write one layer as one file of ``driver``; a shapefile is four, the one that names it comes last.

    ``options`` are those of `pyogrio.write_dataframe`. Raises PucError as `replacing` does.
    """
    aside = half_done.folder_beside(path)
    half_done.clear_left(path)
    try:
        aside.mkdir(parents=True, exist_ok=True)
        with _still_clock():
            _write_vector(aside / path.name, layer, driver, options)
        for made in sorted(aside.iterdir(), key=lambda each: each.name == path.name):
            _sync(made)
            made.replace(path.with_name(made.name))
    except OSError as error:
        raise PucError(cannot_write(path, error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_vector(path: Path, layer: GeoDataFrame, driver: str, options: Mapping[str, object]) -> None:
    try:
        pyogrio.write_dataframe(layer, path, driver=driver, **options)
    except (RuntimeError, pyogrio.errors.DataSourceError) as error:
        raise OSError(str(error)) from error


def geotiff(path: Path, raster: Raster, nodata: float | int, about: str = "") -> None:
    """Write one band, compressed; masked cells become ``nodata``, ``about`` the image's description.

    Cells are asked for by the row of tiles, so that a large raster need not lie in memory.
    """
    dtype, grid = dtype_of(raster), raster.grid
    profile = {
        "driver": "GTiff", "width": grid.width, "height": grid.height, "count": 1, "dtype": dtype.name,
        "crs": grid.crs.to_wkt(), "transform": grid.transform, "nodata": nodata, "compress": "deflate",
        "predictor": 3 if dtype.kind == "f" else 2, "tiled": True, "blockxsize": _TILE, "blockysize": _TILE,
        "num_threads": THREADS,
    }  # fmt: skip
    with replacing(path) as part, rasterio.open(part, "w", **profile) as dataset:
        for window in windows(raster, rows=_TILE):
            block = RasterioWindow(window.col, window.row, window.width, window.height)
            dataset.write(raster.read(window).filled(nodata), 1, window=block)
        if about:
            dataset.update_tags(TIFFTAG_IMAGEDESCRIPTION=about)


def _add_table(path: Path, name: str, layer: GeoDataFrame, about: str) -> None:
    try:
        pyogrio.write_dataframe(
            layer,
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            promote_to_multi=True,
            layer_options={"DESCRIPTION": about} if about else None,
            dataset_options={"VERSION": _GPKG_VERSION},
        )
    except (RuntimeError, pyogrio.errors.DataSourceError) as error:
        # pyogrio words a full disk its own way; the caller knows an OSError.
        raise OSError(str(error)) from error


@contextmanager
def _still_clock() -> Iterator[None]:
    before = {name: pyogrio.get_gdal_config_option(name) for name in _STILL_CLOCK}
    pyogrio.set_gdal_config_options(_STILL_CLOCK)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _discard(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the folder is gone or read-only: there is nothing to discard, and the cause is already told


_REASONS = {
    errno.ENOSPC: Text("il disco è pieno", "the disk is full"),
    errno.EDQUOT: Text("lo spazio concesso è finito", "the quota is used up"),
    errno.EFBIG: Text("il file è troppo grande per questo disco", "the file is too large for this disk"),
    errno.EACCES: Text("manca il permesso", "permission is missing"),
    errno.EPERM: Text("manca il permesso", "permission is missing"),
    errno.EROFS: Text("la cartella è di sola lettura", "the folder is read-only"),
    errno.ENAMETOOLONG: Text("il nome è troppo lungo", "the name is too long"),
    errno.ENOENT: Text("la cartella non c'è e non si può creare", "the folder is not there and can't be made"),
    errno.ENOTDIR: Text("al posto della cartella c'è un file", "a file stands in the folder's place"),
    errno.EEXIST: Text("al posto della cartella c'è un file", "a file stands in the folder's place"),
}


def reason_of(error: OSError) -> Text:
    """Return why the system takes nothing, in a planner's words where there are some."""
    if error.errno is None:  # a library's own words: what the system told it is lost
        return say(
            "la scrittura non è arrivata in fondo, per lo più perché il disco è pieno ({e})",
            "it was not written to its end, mostly because the disk is full ({e})",
            e=shorten(str(error), _MOST_LETTERS, placeholder="…"),
        )
    return _REASONS.get(error.errno, same(error.strerror or error))


def cannot_write(path: Path, error: OSError) -> Problem:
    """Return the problem of a file that can't be written, with the system's own reason."""
    return Problem(
        CANNOT_WRITE,
        same(path.name),
        say("non si può scrivere: {why}.", "it can't be written: {why}.", why=reason_of(error)),
        Text("Quello che c'era prima è rimasto com'era.", "What was there before is as it was."),
        Text(
            "Controllare lo spazio sul disco e i permessi della cartella.",
            "Check the space on the disk and the folder's permissions.",
        ),
    )
