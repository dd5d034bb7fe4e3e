"""Which file of the demonstration plays which role in its study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from puc_tool.demo.soil import YEARS


@dataclass(frozen=True)
class DemoLayer:
    """One ``[[layer]]`` of study.toml: ``file`` lies in the folder of `write_city`, ``layer`` is its table.

    ``fields`` maps the role's fields to the file's; a raster has none. ``attribute`` is where `City` keeps the data.
    """

    role: str
    file: str
    attribute: str
    about: str
    layer: str | None = None
    year: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def _same(*names: str) -> Mapping[str, str]:
    return {name: name for name in names}


DEMO_LAYERS: tuple[DemoLayer, ...] = (
    DemoLayer(
        "boundary", "boundary.gpkg", "boundary", "Confine comunale generalizzato, ISTAT 2023 (CC BY 4.0)",
        "boundary", None, _same("name", "code"),
    ),
    DemoLayer(
        "neighbourhoods", "neighbourhoods.gpkg", "neighbourhoods",
        "Dato dimostrativo: quartieri inventati attorno a nomi veri, residenti ISTAT 2023 ripartiti",
        "neighbourhoods", None, _same("name", "code", "population"),
    ),
    DemoLayer(
        "zoning", "plan.gpkg", "zoning", "Dato dimostrativo: zonizzazione inventata con il lessico del PUC",
        "ambiti", 2018, _same("zone", "name", "dm1444", "buildable"),
    ),
    DemoLayer(
        "land_use", "land_use.gpkg", "land_use", "Dato dimostrativo: uso del suolo inventato, classi CORINE",
        "land_use", 2018, _same("code"),
    ),
    *(
        DemoLayer(
            "soil_consumption", f"soil_consumption_{year}.tif", "soil",
            f"Dato dimostrativo: consumo di suolo inventato, {year}, codici ISPRA", year=year,
        )
        for year in YEARS
    ),
    DemoLayer("elevation", "elevation.tif", "elevation", "Dato dimostrativo: rilievo inventato, metri sul mare"),
    DemoLayer(
        "reference", "neighbours.gpkg", "neighbours", "Comuni confinanti, generalizzati, ISTAT 2023 (CC BY 4.0)",
        "neighbours", None, {"label": "name"},
    ),
)  # fmt: skip
