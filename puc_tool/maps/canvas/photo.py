"""Orthophotos and scanned maps below the plan: read as they are looked at, never larger than the picture.

GDAL takes the file's own overviews where it has them, and otherwise every n-th cell.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.vrt import WarpedVRT

from layers.raster import FileRaster
from puc_tool.maps.canvas.bands import Picture
from puc_tool.maps.canvas.camera import Camera


@dataclass(frozen=True)
class Photo:
    """A file with colours or greys, and the study's CRS."""

    raster: FileRaster
    crs: CRS

    def paint(self, picture: Picture, camera: Camera) -> None:
        """Paint what the camera sees; a file that can't be read any more leaves the picture clear."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", NotGeoreferencedWarning)
                with rasterio.open(self.raster.path, driver=self.raster.driver) as dataset:
                    picture[:] = _pixels(dataset, self._placed(camera))
        except RasterioError:
            picture[:] = 0

    @property
    def is_one_band(self) -> bool:
        """Tell whether it has one band that is no palette, so that its cells are amounts."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", NotGeoreferencedWarning)
                with rasterio.open(self.raster.path, driver=self.raster.driver) as dataset:
                    kinds = tuple(dataset.colorinterp)
        except RasterioError:
            return False
        return [kind for kind in kinds if kind is not ColorInterp.alpha] in (
            [ColorInterp.gray],
            [ColorInterp.undefined],
        )

    def _placed(self, camera: Camera) -> dict[str, object]:
        return {
            "crs": self.crs.to_wkt(), "src_crs": self.raster.grid.crs.to_wkt(),
            "src_transform": self.raster.grid.transform, "transform": camera.transform,
            "width": camera.width, "height": camera.height, "resampling": Resampling.bilinear, "add_alpha": True,
        }  # fmt: skip


def _pixels(dataset: rasterio.DatasetReader, placed: dict[str, object]) -> Picture:
    """Return premultiplied ARGB: three colours, a palette, or one band stretched from its darkest to its lightest."""
    is_listed = dataset.colorinterp[0] is ColorInterp.palette
    if is_listed or dataset.count < 3:
        placed = {**placed, "resampling": Resampling.nearest}
    # A file with an alpha band of its own needs no other.
    if ColorInterp.alpha in dataset.colorinterp:
        placed.pop("add_alpha")
    with WarpedVRT(dataset, **placed) as seen:
        bands, alpha = seen.read(), seen.read(seen.count)
    if is_listed:
        return _listed(bands[0], dataset.colormap(1), alpha)
    colours = bands[:3] if dataset.count >= 3 else bands[[0, 0, 0]]
    return _packed(_eight_bits(colours, alpha), alpha)


def _listed(values: NDArray[np.integer], colours: dict[int, tuple[int, ...]], alpha: NDArray[np.integer]) -> Picture:
    table = np.zeros((256, 3), np.uint8)
    for value, colour in colours.items():
        table[value] = colour[:3]
    return _packed(np.moveaxis(table[values.astype(np.uint8)], 2, 0), alpha)


def _eight_bits(colours: NDArray[Any], alpha: NDArray[np.integer]) -> NDArray[np.uint8]:
    if colours.dtype == np.uint8:
        return colours
    seen = colours[:, alpha > 0]
    if seen.size == 0:
        return np.zeros(colours.shape, np.uint8)
    low, high = np.percentile(seen, (2, 98))
    return (255 * ((colours - low) / max(high - low, 1e-9)).clip(0, 1)).astype(np.uint8)


def _packed(colours: NDArray[np.uint8], alpha: NDArray[np.integer]) -> Picture:
    red, green, blue = colours.astype(np.uint32)
    opaque = np.uint32(255 << 24) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue
    return np.where(alpha > 0, opaque, np.uint32(0)).astype(np.uint32)
