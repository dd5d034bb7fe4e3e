"""A made-up borough: one square kilometre, two neighbourhoods, soil at two dates on 10 m cells of EPSG:3035.

Study and raster share their CRS and the outlines lie on cell edges, so every area can be counted by hand:

- 2012: 20 × 20 cells of roads (112, permanent) in the western half, 5 × 5 of quarries (123, reversible) in the eastern;
- 2023: the quarries are meadow again (202 stands for free soil), 10 × 10 cells of building site (122) are new in the
  eastern half.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine

from puc_tool.cli import main
from puc_tool.maps.worn import Wardrobe
from puc_tool.working.view import ThemeKey

WEST, SOUTH = 4_306_000.0, 2_336_000.0
SIDE_M, CELL_M, MARGIN = 1000.0, 10.0, 10
CELLS = 120
FREE, ROAD, SITE, QUARRY = 202, 112, 122, 123

STUDY = """\
# Studio di prova: questo commento resta.
version = 1

[study]
title = "Borgo di prova"
comuni = []
crs = "EPSG:3035"
date = 2026-03-31  # stampata sulle tavole

[population]
istat = { 2012 = 1000, 2023 = 1100 }

# Il territorio.
[[layer]]
role = "boundary"
source = "data/borgo.gpkg"
layer = "confine"

[[layer]]
role = "neighbourhoods"
source = "data/borgo.gpkg"  # due quartieri
layer = "quartieri"

[[layer]]
role = "soil_consumption"
source = "data/suolo_2012.tif"
year = 2012

[[layer]]
role = "soil_consumption"
source = "data/suolo_2023.tif"
year = 2023
"""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def content(self) -> dict[str, Any]:
        """The one object on standard output."""
        return json.loads(self.out)

    @property
    def problems(self) -> dict[str, dict[str, str]]:
        """The problems by code."""
        return {problem["code"]: problem for problem in self.content["problems"]}


Puc = Callable[..., Said]


@pytest.fixture
def puc(capsys: pytest.CaptureFixture[str]) -> Puc:
    """Run a command in this process."""

    def run(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def refused(puc: Puc) -> Callable[..., dict[str, str]]:
    """Run a command that must be refused; return the one error, which has a sentence and a remedy in both languages."""

    def run(*words: object) -> dict[str, str]:
        told = [puc(*words, "--json", "--lang", lang) for lang in ("it", "en")]
        found = [[each for each in said.content["problems"] if each["severity"] == "error"] for said in told]
        assert [said.code for said in told] == [1, 1], told
        assert [len(each) for each in found] == [1, 1], told
        italian, english = found[0][0], found[1][0]
        assert italian["code"] == english["code"]
        assert italian["message"].endswith((".", "?"))
        assert italian["message"] != english["message"]
        assert italian["remedy"], f"«{italian['code']}» says no remedy"
        return italian

    return run


@pytest.fixture(scope="session")
def town_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the borough once."""
    folder = tmp_path_factory.mktemp("borgo") / "borgo"
    (folder / "data").mkdir(parents=True)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    write_layers(folder / "data" / "borgo.gpkg", {"confine": outline(), "quartieri": halves()})
    for year, cells in ((2012, soil_2012()), (2023, soil_2023())):
        write_cells(folder / "data" / f"suolo_{year}.tif", cells)
    return folder


@pytest.fixture
def town(town_template: Path, tmp_path: Path) -> Path:
    """Return the folder of a fresh copy of the borough."""
    return Path(shutil.copytree(town_template, tmp_path / "borgo"))


@pytest.fixture
def hashes() -> Callable[[Path], Mapping[str, str]]:
    """Return the SHA-256 of every file under a folder."""

    def of(folder: Path) -> Mapping[str, str]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    return of


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """Return a folder outside the study, as where a user's downloads lie."""
    folder = tmp_path / "scaricati"
    folder.mkdir()
    return folder


@pytest.fixture
def plan(brought: Path) -> Path:
    """Return a plan of two zones, as an office delivers it: its own field names, its own codes, one table."""
    path = brought / "piano.gpkg"
    write_layers(path, {"zone": zones()})
    return path


def square(left: float, bottom: float, right: float, top: float) -> shapely.Polygon:
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


def outline() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"name": ["Borgo"], "code": ["999001"]}, geometry=[square(0, 0, SIDE_M, SIDE_M)], crs=3035
    )


def halves() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"name": ["Ponente", "Levante"], "code": ["P", "L"]},
        geometry=[square(0, 0, 500, SIDE_M), square(500, 0, SIDE_M, SIDE_M)],
        crs=3035,
    )


def zones() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"SIGLA_Z": ["R1", "AG"], "TESTO": ["residenziale", "agricola"], "TIPO": ["res", "agr"]},
        geometry=[square(0, 0, SIDE_M, 400), square(0, 400, SIDE_M, SIDE_M)],
        crs=3035,
    )


def soil_2012() -> np.ndarray:
    cells = np.full((CELLS, CELLS), FREE, np.uint8)
    cells[20:40, 20:40] = ROAD
    cells[80:85, 80:85] = QUARRY
    return cells


def soil_2023() -> np.ndarray:
    cells = np.full((CELLS, CELLS), FREE, np.uint8)
    cells[20:40, 20:40] = ROAD
    cells[50:60, 90:100] = SITE
    return cells


def write_cells(path: Path, cells: np.ndarray, crs: str | None = "EPSG:3035") -> None:
    corner = Affine(CELL_M, 0, WEST - MARGIN * CELL_M, 0, -CELL_M, SOUTH + SIDE_M + MARGIN * CELL_M)
    height, width = cells.shape
    with rasterio.open(
        path, "w", driver="GTiff", width=width, height=height, count=1, dtype="uint8", crs=crs, transform=corner
    ) as dataset:
        dataset.write(cells, 1)


def write_layers(path: Path, tables: Mapping[str, geopandas.GeoDataFrame]) -> None:
    for name, table in tables.items():
        table.to_file(path, layer=name, driver="GPKG")


@pytest.fixture
def bow_tie(brought: Path) -> Path:
    """Return a zoning whose one polygon crosses itself, as drawn by hand."""
    path = brought / "storto.gpkg"
    corners = [(WEST + x, SOUTH + y) for x, y in ((100, 100), (500, 500), (500, 100), (100, 500))]
    table = geopandas.GeoDataFrame({"Z": ["B1"]}, geometry=[shapely.Polygon(corners)], crs=3035)
    write_layers(path, {"zone": table})
    return path


@pytest.fixture
def faulty(brought: Path) -> Callable[[str], Path]:
    """Return a file with a fault, by the fault's name."""

    def of(kind: str) -> Path:
        name, make = FAULTS[kind]
        path = brought / name
        make(path)
        return path

    return of


def _without_crs(path: Path) -> None:
    with warnings.catch_warnings():
        # That the CRS is missing is the point.
        warnings.simplefilter("ignore")
        write_layers(path, {"zone": zones().set_crs(None, allow_override=True)})


def _elsewhere(path: Path) -> None:
    """Degrees that the file calls metres: the usual mistake."""
    table = zones().to_crs(4326).set_crs(3035, allow_override=True)
    write_layers(path, {"zone": table})


def _overlapping(path: Path) -> None:
    table = zones().assign(geometry=[square(0, 0, 1000, 600), square(0, 400, 1000, 1000)])
    write_layers(path, {"zone": table})


FAULTS: Mapping[str, tuple[str, Callable[[Path], object]]] = {
    "missing": ("perso.gpkg", lambda path: None),
    "not_a_format": ("piano.docx", lambda path: path.write_bytes(b"PK")),
    "broken_raster": ("suolo.tif", lambda path: path.write_bytes(b"II*\0 not a raster")),
    "broken_vector": ("piano.gpkg", lambda path: path.write_bytes(b"SQLite format 3\0 cut off")),
    "not_a_zip": ("piano.zip", lambda path: path.write_bytes(b"cut off")),
    "xml": ("suolo.tif", lambda path: path.write_text("<VRTDataset><SourceFilename>/etc/passwd</SourceFilename>")),
    "no_crs": ("piano.gpkg", _without_crs),
    "empty": ("piano.gpkg", lambda path: write_layers(path, {"zone": zones().iloc[:0]})),
    "elsewhere": ("piano.gpkg", _elsewhere),
    "lines": ("piano.gpkg", lambda path: write_layers(path, {"zone": zones().set_geometry(zones().boundary)})),
    "overlapping": ("piano.gpkg", _overlapping),
    "raster_no_crs": ("suolo.tif", lambda path: write_cells(path, soil_2012(), crs=None)),
    "vector_as_raster": ("suolo.gpkg", lambda path: write_layers(path, {"zone": zones()})),
}


@pytest.fixture
def styles_read(monkeypatch) -> set:
    """Return what the sheets built from now on have read the style of: themes, and roles of layers."""
    read = set()
    result, layer = Wardrobe.result, Wardrobe.layer

    def of_result(self, analysis, theme, *fields):
        read.add(ThemeKey(analysis, theme))
        return result(self, analysis, theme, *fields)

    def of_layer(self, role, *fields):
        read.add(role)
        return layer(self, role, *fields)

    monkeypatch.setattr(Wardrobe, "result", of_result)
    monkeypatch.setattr(Wardrobe, "layer", of_layer)
    return read
