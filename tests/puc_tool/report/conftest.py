"""The borough with its soil computed: one analysis has results; and with people, where most have."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas
import pytest
import shapely

from puc_tool.cli import main
from puc_tool.report.findings import findings
from puc_tool.report.map_figures import MapDesk
from puc_tool.report.study import study_document
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

WEST, SOUTH = 4_306_000.0, 2_336_000.0
LAYERS = """
[[layer]]
role = "census"
source = "data/gente.gpkg"
layer = "census"
year = 2023

[[layer]]
role = "services"
source = "data/gente.gpkg"
layer = "services"

[[layer]]
role = "flood_hazard"
source = "data/gente.gpkg"
layer = "flood"

[[layer]]
role = "districts"
source = "data/gente.gpkg"
layer = "districts"
"""


def square(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


def table(geometry, **columns):
    return geopandas.GeoDataFrame(columns, geometry=geometry, crs=3035)


@pytest.fixture(scope="session")
def peopled(town_template, tmp_path_factory) -> Path:
    """Return the borough with people, a pharmacy, a river that floods and a district, everything computed."""
    folder = shutil.copytree(town_template, tmp_path_factory.mktemp("abitato") / "borgo")
    halves = [square(0, 0, 500, 1000), square(500, 0, 1000, 1000)]
    tables = {
        "census": table(halves, code=["1", "2"], population=[300, 500], population_0_14=[30, 100],
                        population_65_plus=[120, 50]),
        "services": table([shapely.Point(WEST + 250, SOUTH + 500)], kind=["farmacia"], name=["Farmacia di Ponente"]),
        "flood": table([square(0, 0, 100, 1000)], **{"class": ["P3"]}),
        "districts": table([square(600, 0, 800, 500)], code=["D1"], name=["Ex fornace"], ut_m2_m2=[0.3], se_pct=[40.0],
                           ve_pct=[30.0], ac_pct=[30.0], sp_pct=[50.0], residential_pct=[50.0], state=["proposto"]),
    }  # fmt: skip
    for name, frame in tables.items():
        frame.to_file(folder / "data" / "gente.gpkg", layer=name, driver="GPKG")
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(LAYERS)
    assert main(["run", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture(scope="session")
def ran(town_template, tmp_path_factory) -> Path:
    """Return a copy of the borough whose soil consumption has been computed; not to be written into."""
    folder = shutil.copytree(town_template, tmp_path_factory.mktemp("calcolato") / "borgo")
    assert main(["run", str(folder), "soil-consumption", "--quiet"]) == 0
    return folder


@pytest.fixture(scope="session")
def found(ran):
    return findings(study_reading.read(ran))


@pytest.fixture(scope="session")
def documents(ran, found):
    """Return the study of the borough by language."""
    shelf = Shelf(study_reading.read(ran))
    return {
        lang: study_document(shelf, found, MapDesk(shelf, found, lang).maps_of, lang, None) for lang in ("it", "en")
    }
