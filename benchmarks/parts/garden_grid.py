"""A large grid of made-up heights and scores in plain files, for ours and for the peers to read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from scipy import ndimage

CELL_M = 5.0
WEIGHTS = np.arange(1.0, 9.0) / 36.0
"""Of eight criteria, each a file: as many letters as gdal_calc reads without trouble."""


@dataclass(frozen=True)
class Grid:
    """A folder with ``heights.tif`` and one file of scores for each criterion, all of ``side`` × ``side`` cells."""

    folder: Path
    side: int

    @property
    def profile(self) -> dict[str, object]:
        corner = Affine(CELL_M, 0.0, 560_000.0, 0.0, -CELL_M, 4_900_000.0)
        size = {"width": self.side, "height": self.side, "count": 1}
        return {"driver": "GTiff", "dtype": "float32", "crs": "EPSG:7791", "transform": corner, "nodata": None, **size}

    @property
    def scores(self) -> list[Path]:
        return [self.folder / f"score_{place}.tif" for place in range(len(WEIGHTS))]

    def write(self, name: str, cells: np.ndarray) -> None:
        with rasterio.open(self.folder / name, "w", **self.profile) as file:
            file.write(cells, 1)

    def mapped(self, name: str) -> np.ndarray:
        """Return the cells of a plain file as they lie on the disk, row after row."""
        path = self.folder / name
        with rasterio.open(path) as file:
            first, last = (int(file.get_tag_item(f"BLOCK_OFFSET_0_{row}", "TIFF", bidx=1))
                           for row in (0, self.side - 1))  # fmt: skip
        assert last - first == 4 * self.side * (self.side - 1), f"{name} does not lie in one piece"
        return np.memmap(path, np.float32, "r", first, (self.side, self.side))

    def read(self, name: str) -> np.ndarray:
        with rasterio.open(self.folder / name) as file:
            return file.read(1)


def made(folder: Path, side: int) -> Grid:
    grid, rng = Grid(folder, side), np.random.default_rng(20_260_101)
    coarse = rng.random((side // 40 + 2, side // 40 + 2)).astype(np.float32) * 400.0
    grid.write("heights.tif", ndimage.zoom(coarse, 40, order=1)[:side, :side])
    for path in grid.scores:
        grid.write(path.name, rng.random((side, side), dtype=np.float32))
    return grid
