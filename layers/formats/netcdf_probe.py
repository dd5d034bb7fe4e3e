"""Run as a program of its own: prints the names of the grids of a NetCDF file as JSON, with their corners read.

A damaged file can crash the library, or hold it for minutes. It is this process that then ends, and not the tool's.
Where the system counts the processor's time, that is what ends it: a machine with other things to do is no damage.
"""

from __future__ import annotations

import json
import sys
import warnings

import rasterio
from rasterio.windows import Window

try:
    import resource
except ImportError:  # Windows does not count: there the one who asks has patience, and no more
    resource = None  # type: ignore[assignment]

WORK_S = 10
"""How long a file may keep the processor (s): a sound one answers at once."""


def grids(path: str) -> list[str]:
    """Return the names of the grids in the file at ``path``; raises what rasterio raises."""
    with rasterio.open(path, driver="netCDF") as dataset:
        if not dataset.count:
            # Each is told as netcdf:path:variable.
            return [each.rpartition(":")[2] for each in dataset.subdatasets]
        for row in (0, dataset.height - 1):
            dataset.read(1, window=Window(0, row, min(dataset.width, 1024), 1))
        return [str(dataset.tags(1).get("NETCDF_VARNAME", ""))]


def end_after(work_s: int) -> None:
    """Have this process ended once it has taken so many seconds of the processor."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (work_s, work_s))


def _main() -> None:
    end_after(WORK_S)
    warnings.simplefilter("ignore")
    path = sys.argv[1]
    names = grids(path)
    for name in names if len(names) > 1 else []:
        grids(f'NETCDF:"{path}":{name}')
    sys.stdout.write(json.dumps(names))


if __name__ == "__main__":
    _main()
