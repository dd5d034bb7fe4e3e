"""The map alone as a GeoTIFF: what is inside the neatline, at its place on the ground."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import rasterio
from affine import Affine
from PIL import Image
from rasterio.io import MemoryFile

from puc_tool.maps.drawing import Picture
from puc_tool.maps.frame import Frame
from puc_tool.maps.typeset import picture_of


def geotiff(pictures: Sequence[Picture], frame: Frame, dpi: int) -> bytes:
    """Return the frame as red, green and blue at ``dpi``, in its CRS; the same pictures give the same bytes."""
    size = (frame.width_mm, frame.height_mm)
    with Image.open(io.BytesIO(picture_of({each.name: each.content for each in pictures}, size, dpi))) as image:
        bands = np.moveaxis(np.asarray(image.convert("RGB")), -1, 0)
    height, width = bands.shape[1:]
    left, bottom, right, top = frame.bounds
    transform = Affine((right - left) / width, 0.0, left, 0.0, (bottom - top) / height, top)
    profile = {
        "driver": "GTiff", "width": width, "height": height, "count": 3, "dtype": "uint8", "photometric": "RGB",
        "crs": frame.crs.to_wkt(), "transform": transform, "compress": "deflate",
        "predictor": 2, "tiled": True, "blockxsize": 256, "blockysize": 256,
    }  # fmt: skip
    with MemoryFile() as held:
        with rasterio.Env(GDAL_NUM_THREADS=1), held.open(**profile) as dataset:
            dataset.write(bands)
        return held.read()
