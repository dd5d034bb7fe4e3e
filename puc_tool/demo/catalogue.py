"""Which file of the demonstration plays which role in its study, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.communes import YEAR
from layers.text import Text, say
from puc_tool.demo import old_plan, plan
from puc_tool.demo.land_use import LAND_USE_YEARS
from puc_tool.demo.soil import YEARS


@dataclass(frozen=True)
class DemoLayer:
    """One ``[[layer]]`` of study.toml: ``file`` lies in the folder of `write_city`, ``layer`` is its table.

    ``fields`` maps the role's fields to the file's; a raster has none. `City` keeps the data by role and year.
    """

    role: str
    file: str
    about: Text
    layer: str | None = None
    year: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def _made_up(it: str, en: str) -> Text:
    return Text(f"Dato dimostrativo: {it}", f"Demonstration data: {en}")


_ABOUT: Mapping[str, Text] = {
    "boundary": Text(
        "Confine comunale generalizzato, ISTAT 2023 (CC BY 4.0)",
        "Generalised municipal boundary, ISTAT 2023 (CC BY 4.0)",
    ),
    "neighbourhoods": _made_up(
        "quartieri inventati attorno a nomi veri, residenti ISTAT 2023 ripartiti",
        "neighbourhoods made up around real names, ISTAT residents of 2023 shared out",
    ),
    "census": _made_up(
        "sezioni inventate, residenti ISTAT 2023 per età ripartiti",
        "made-up sections, ISTAT residents of 2023 by age shared out",
    ),
    "zoning": _made_up("zonizzazione inventata, {y}", "made-up zoning, {y}"),
    "districts": _made_up(
        "perimetri e parametri inventati, nomi e superfici note veri",
        "made-up outlines and parameters, real names and known areas",
    ),
    "land_use": _made_up("uso del suolo inventato, classi CORINE, {y}", "made-up land use, CORINE classes, {y}"),
    "soil_consumption": _made_up(
        "consumo di suolo inventato, {y}, codici ISPRA", "made-up soil consumption, {y}, ISPRA codes"
    ),
    "landslide_hazard": _made_up("pericolosità da frana inventata", "made-up landslide hazard"),
    "flood_hazard": _made_up("pericolosità idraulica inventata", "made-up flood hazard"),
    "elevation": _made_up("rilievo inventato, metri sul mare", "made-up terrain, metres above sea level"),
    "hydrography": _made_up(
        "corsi d'acqua inventati; il mare è ciò che nessun comune copre",
        "made-up streams; the sea is what no municipality covers",
    ),
    "streets": _made_up("rete stradale inventata", "made-up streets"),
    "services": _made_up("servizi inventati", "made-up services"),
    "green": _made_up("verde inventato", "made-up green"),
    "buildings": _made_up(
        "edifici inventati, residenti ISTAT 2023 ripartiti",
        "made-up buildings, ISTAT residents of 2023 shared out",
    ),
    "parcels": _made_up("particelle inventate", "made-up parcels"),
    "public_land": _made_up("aree pubbliche inventate", "made-up public land"),
    "contaminated_sites": _made_up("perimetri inventati, superfici note vere", "made-up outlines, known areas real"),
    "constraints": _made_up("vincoli inventati", "made-up constraints"),
    "railways": _made_up("tracciati inventati", "made-up lines"),
    "water_points": _made_up("punti d'acqua inventati", "made-up water points"),
    "coastline": Text(
        "Linea di costa: confine comunale generalizzato, ISTAT 2023 (CC BY 4.0)",
        "Coastline: generalised municipal boundary, ISTAT 2023 (CC BY 4.0)",
    ),
    "candidate_sites": _made_up("siti candidati inventati", "made-up candidate sites"),
    "reference": Text(
        "Comuni confinanti, generalizzati, ISTAT 2023 (CC BY 4.0)",
        "Municipalities around, generalised, ISTAT 2023 (CC BY 4.0)",
    ),
}


def _table(role: str, fields: str, file: str = "", year: int | None = None, **renamed: str) -> DemoLayer:
    """Return a table in a file of its own role's name; ``fields`` are words that mean the same in both."""
    mapped = {name: name for name in fields.split()} | renamed
    return DemoLayer(role, f"{file or role}.gpkg", _ABOUT[role], role, year, mapped)


def _edition(role: str, fields: str, year: int) -> DemoLayer:
    mapped = {name: name for name in fields.split()}
    return DemoLayer(role, f"{role}_{year}.gpkg", _of_year(role, year), role, year, mapped)


def _of_year(role: str, year: int) -> Text:
    return say(_ABOUT[role].it, _ABOUT[role].en, y=year)


DEMO_LAYERS: tuple[DemoLayer, ...] = (
    _table("boundary", "name code"),
    _table("neighbourhoods", "name code population"),
    _table("census", "code population population_0_14 population_65_plus households", year=YEAR),
    *(_edition("zoning", "zone name dm1444 buildable", year) for year in (old_plan.YEAR, plan.YEAR)),
    _table("districts",
           "code name kind norm ut_m2_m2 index_kind se_pct ve_pct ac_pct sp_pct max_height_m residential_pct "
           "commercial_pct industrial_pct ers_pct floor_area_existing_m2 state"),
    *(_edition("land_use", "code", year) for year in LAND_USE_YEARS),
    *(DemoLayer("soil_consumption", f"soil_consumption_{year}.tif", _of_year("soil_consumption", year), year=year)
      for year in YEARS),
    _table("landslide_hazard", "class"),
    _table("flood_hazard", "class"),
    DemoLayer("elevation", "elevation.tif", _ABOUT["elevation"]),
    _table("hydrography", "name kind"),
    _table("streets", "kind stairs oneway walkable name"),
    _table("services", "kind name capacity area_m2"),
    _table("green", "name public"),
    _table("buildings", "height_m floors use people floor_area_m2"),
    _table("parcels", "code owner area_declared_m2"),
    _table("public_land", "name owner status"),
    _table("contaminated_sites", "name status"),
    _table("constraints", "kind name source norm"),
    _table("railways", "name"),
    _table("water_points", "name"),
    _table("coastline", "name"),
    _table("candidate_sites", "name kind"),
    _table("reference", "", file="neighbours", label="name"),
)  # fmt: skip
