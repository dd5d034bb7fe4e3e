"""A made-up town by the sea: 4 × 3 km, two neighbourhoods, soil in the grid of Europe."""

from __future__ import annotations

from datetime import date

import geopandas
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS, Transformer

from layers.grid import Grid
from layers.text import Text, same
from puc_tool.maps.sheet import (
    Areas,
    Bars,
    Column,
    Context,
    KeyFigure,
    LegendGroup,
    LegendItem,
    Lines,
    MapContent,
    Note,
    Numbers,
    RasterClasses,
    Sheet,
    SheetTable,
    SourceLine,
    TableRow,
)
from puc_tool.maps.style import FREE_LAND, NEIGHBOURHOOD, NUMBER, Fill

WEST, SOUTH = 566_000.0, 4_884_000.0
PERMANENT, REVERSIBLE = Fill("#be0019"), Fill("#ffb805")


@pytest.fixture(scope="session")
def boundary() -> shapely.Polygon:
    return shapely.box(WEST, SOUTH, WEST + 4000, SOUTH + 3000)


@pytest.fixture(scope="session")
def soil(boundary) -> RasterClasses:
    """50 m cells of EPSG:3035 round the town: a permanent block, a reversible strip, nothing else."""
    to_europe = Transformer.from_crs(7791, 3035, always_xy=True)
    x, y = to_europe.transform(WEST + 2000, SOUTH + 1500)
    left, top = round(x / 50) * 50 - 3000, round(y / 50) * 50 + 3000
    cells = np.zeros((120, 120), np.uint8)
    cells[50:65, 45:75] = 1
    cells[66:68, 45:75] = 2
    return RasterClasses(cells, Grid(CRS(3035), Affine(50, 0, left, 0, -50, top), 120, 120), (PERMANENT, REVERSIBLE))


@pytest.fixture(scope="session")
def halves() -> tuple[shapely.Polygon, ...]:
    return (
        shapely.box(WEST, SOUTH, WEST + 2000, SOUTH + 3000),
        shapely.box(WEST + 2000, SOUTH, WEST + 4000, SOUTH + 3000),
    )


@pytest.fixture(scope="session")
def content(boundary, soil, halves) -> MapContent:
    """Land to the north only; the rest of the frame borders on the town and is therefore sea."""
    north = shapely.box(WEST - 9000, SOUTH + 3000, WEST + 13000, SOUTH + 12000)
    layers = (Areas((boundary,), FREE_LAND), soil, Lines(halves, NEIGHBOURHOOD), Numbers(halves, ("1", "2"), NUMBER))
    return MapContent(boundary, CRS(7791), layers, Context((north,), ("Montebello",), coastal=True))


@pytest.fixture(scope="session")
def sheet(content) -> Sheet:
    items = (
        LegendItem(Text("Permanente", "Permanent"), PERMANENT, same("112 ha")),
        LegendItem(Text("Reversibile", "Reversible"), REVERSIBLE, same("15 ha")),
        LegendItem(Text("Suolo libero", "Free soil"), FREE_LAND, Text("1.073 ha", "1,073 ha")),
    )
    signs = (
        LegendItem(Text("Quartiere", "Neighbourhood"), NEIGHBOURHOOD),
        LegendItem(Text("Numero del quartiere", "Its number"), NUMBER),
    )
    return Sheet(
        id="soil",
        code="SP-SUO-01",
        title=Text("Carta del consumo di suolo", "Map of soil consumption"),
        subtitle=Text("Stato al 2023", "State of 2023"),
        map=content,
        alt=Text("Il suolo consumato occupa 127 ettari su 1.200.", "Consumed soil covers 127 of 1,200 hectares."),
        day=date(2026, 3, 31),
        legend=(LegendGroup(items), LegendGroup(signs)),
        sources=(SourceLine(Text("Suolo", "Soil"), Text("ISPRA 2023, CC BY 4.0.", "ISPRA 2023, CC BY 4.0.")),),
        key_figures=(KeyFigure(Text("10,6 %", "10.6 %"), Text("del comune", "of the town")),),
        table=soil_table(2),
        note=Note(Text("Come si legge.", "How to read."), Text("Percentuali a terra.", "Percentages of land.")),
        title_block=FILLED,
        is_demonstration=True,
    )


def soil_table(rows: int) -> SheetTable:
    columns = (
        Column(Text("n.", "no.")),
        Column(Text("Quartiere", "Neighbourhood"), wide=True),
        Column(same("%"), "right", strong=True),
    )
    bars = Bars(Text("permanente · reversibile", "permanent · reversible"), (PERMANENT, REVERSIBLE))
    listed = tuple(TableRow((same(n), same(f"Borgo {n}"), same("10")), (0.5, 0.1)) for n in range(1, rows + 1))
    total = TableRow((same(""), Text("Comune", "Town"), same("10")))
    return SheetTable(Text("Per quartiere", "By neighbourhood"), columns, listed, total, bars, "suolo.csv")


FILLED = {
    field: same(words)
    for field, words in {
        "ente": "COMUNE DI PROVA",
        "dipartimento": "Urbanistica",
        "piano": "PIANO URBANISTICO",
        "fase": "Studio",
        "revisione": "0",
        "redatto": "A. Rossi",
        "rup": "B. Bianchi",
        "progettisti": "C. Verdi",
        "crs": "RDN2008 / UTM 32N",
        "base": "CTR",
        "licenza": "CC BY 4.0",
    }.items()
}


@pytest.fixture
def add_layers(town):
    """Return a function that adds layers to the borough, by role their columns and places, and returns its folder."""

    def added(layers):
        for role, (columns, places) in layers.items():
            frame = geopandas.GeoDataFrame(columns, geometry=places, crs=3035)
            frame.to_file(town / "data" / "added.gpkg", layer=role)
            with (town / "study.toml").open("a", encoding="utf-8") as study:
                study.write(f'\n[[layer]]\nrole = "{role}"\nsource = "data/added.gpkg"\nlayer = "{role}"\n')
        return town

    return added
