"""Orthophotos and the relief on paper: pictures of many tones, made for the frame and no larger than it needs.

The same layer and frame give the same bytes. A photo that fills the frame becomes a JPEG, one with gaps and the relief
a PNG that lets the ground shine through.
"""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.canvas.photo import Photo
from puc_tool.maps.frame import Frame

PHOTO_DPI, RELIEF_DPI = 200, 150
MOST_PIXELS = 6_000_000
"""More than A3 needs; what is larger is printed coarser."""
_JPEG_QUALITY = 88
_RELIEF_DEPTH = 0.32
"""How dark full shadow is; paper needs more than a screen that shines."""


def photo_on_paper(photo: Photo, frame: Frame) -> bytes | None:
    """Return what ``frame`` shows of a photo; None if that is nothing."""
    camera = camera_of(frame, PHOTO_DPI)
    pixels = np.zeros((camera.height, camera.width), np.uint32)
    photo.paint(pixels, camera)
    if not pixels.any():
        return None
    bands = np.stack([(pixels >> np.uint32(shift)) & np.uint32(255) for shift in (16, 8, 0, 24)], axis=-1)
    image = Image.fromarray(bands.astype(np.uint8), "RGBA")
    if (bands[..., 3] == 255).all():
        return _written(image.convert("RGB"), "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return _written(image, "PNG")


def relief_on_paper(cells: Cells, frame: Frame) -> bytes | None:
    """Return the shadows that ``frame`` shows, from none to full; None if there are no heights."""
    camera = camera_of(frame, RELIEF_DPI)
    step = 1.0 / (camera.scale * cells.size)
    place = (step, 0.0, (camera.left - cells.left) / cells.size, 0.0, step, (cells.top - camera.top) / cells.size)
    shadow = np.asarray(
        Image.fromarray(cells.values).transform(
            (camera.width, camera.height), Image.Transform.AFFINE, place, Image.Resampling.BILINEAR
        )
    )
    return _written(_black(shadow), "PNG") if shadow.any() else None


def camera_of(frame: Frame, dpi: int) -> Camera:
    """Return the whole frame at ``dpi`` dots an inch, or as many as ``MOST_PIXELS`` allow."""
    across, down = frame.width_mm / 25.4, frame.height_mm / 25.4
    dots = min(float(dpi), (MOST_PIXELS / (across * down)) ** 0.5)
    scale = dots / 25.4 / frame.metres_a_mm
    return Camera(frame.left, frame.top, scale, round(across * dots), round(down * dots))


def _black(shadow: NDArray[np.uint8]) -> Image.Image:
    depth = np.round(shadow * _RELIEF_DEPTH).astype(np.uint8)
    return Image.fromarray(np.stack([np.zeros_like(depth), depth], axis=-1), "LA")


def _written(image: Image.Image, form: str, **how: int) -> bytes:
    content = io.BytesIO()
    image.save(content, form, **how)
    return content.getvalue()
