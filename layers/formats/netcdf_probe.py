"""Run as a program of its own: prints the names of the grids of a NetCDF file as JSON, with their corners read.

A damaged file can crash the library, or hold it for minutes. It is this process that then ends, and not the tool's.
"""

from __future__ import annotations

import json
import sys
import warnings

import rasterio
from rasterio.windows import Window


def grids(path: str) -> list[str]:
    """Return the names of the grids in the file at ``path``; raises what rasterio raises."""
    with rasterio.open(path, driver="netCDF") as dataset:
        if not dataset.count:
            # Each is told as netcdf:path:variable.
            return [each.rpartition(":")[2] for each in dataset.subdatasets]
        for row in (0, dataset.height - 1):
            dataset.read(1, window=Window(0, row, min(dataset.width, 1024), 1))
        return [str(dataset.tags(1).get("NETCDF_VARNAME", ""))]


def _main() -> None:
    warnings.simplefilter("ignore")
    path = sys.argv[1]
    names = grids(path)
    for name in names if len(names) > 1 else []:
        grids(f'NETCDF:"{path}":{name}')
    sys.stdout.write(json.dumps(names))


if __name__ == "__main__":
    _main()
