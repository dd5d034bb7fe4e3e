"""Which file of the demonstration plays which role in its study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.communes import YEAR
from puc_tool.demo import old_plan, plan
from puc_tool.demo.land_use import LAND_USE_YEARS
from puc_tool.demo.soil import YEARS

_MADE_UP = "Dato dimostrativo"


@dataclass(frozen=True)
class DemoLayer:
    """One ``[[layer]]`` of study.toml: ``file`` lies in the folder of `write_city`, ``layer`` is its table.

    ``fields`` maps the role's fields to the file's; a raster has none. `City` keeps the data by role and year.
    """

    role: str
    file: str
    about: str
    layer: str | None = None
    year: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def _table(role: str, about: str, fields: str, file: str = "", year: int | None = None, **renamed: str) -> DemoLayer:
    """Return a table in a file of its own role's name; ``fields`` are words that mean the same in both."""
    mapped = {name: name for name in fields.split()} | renamed
    return DemoLayer(role, f"{file or role}.gpkg", about, role, year, mapped)


def _edition(role: str, about: str, fields: str, year: int) -> DemoLayer:
    mapped = {name: name for name in fields.split()}
    return DemoLayer(role, f"{role}_{year}.gpkg", f"{about}, {year}", role, year, mapped)


DEMO_LAYERS: tuple[DemoLayer, ...] = (
    _table("boundary", "Confine comunale generalizzato, ISTAT 2023 (CC BY 4.0)", "name code"),
    _table("neighbourhoods", f"{_MADE_UP}: quartieri inventati attorno a nomi veri, residenti ISTAT 2023 ripartiti",
           "name code population"),
    _table("census", f"{_MADE_UP}: sezioni inventate, residenti ISTAT 2023 per età ripartiti",
           "code population population_0_14 population_65_plus households", year=YEAR),
    *(_edition("zoning", f"{_MADE_UP}: zonizzazione inventata", "zone name dm1444 buildable", year)
      for year in (old_plan.YEAR, plan.YEAR)),
    _table("districts", f"{_MADE_UP}: perimetri e parametri inventati, nomi e superfici note veri",
           "code name kind norm ut_m2_m2 index_kind se_pct ve_pct ac_pct sp_pct max_height_m residential_pct "
           "commercial_pct industrial_pct ers_pct floor_area_existing_m2 state"),
    *(_edition("land_use", f"{_MADE_UP}: uso del suolo inventato, classi CORINE", "code", year)
      for year in LAND_USE_YEARS),
    *(DemoLayer("soil_consumption", f"soil_consumption_{year}.tif",
                f"{_MADE_UP}: consumo di suolo inventato, {year}, codici ISPRA", year=year)
      for year in YEARS),
    _table("landslide_hazard", f"{_MADE_UP}: pericolosità da frana inventata", "class"),
    _table("flood_hazard", f"{_MADE_UP}: pericolosità idraulica inventata", "class"),
    DemoLayer("elevation", "elevation.tif", f"{_MADE_UP}: rilievo inventato, metri sul mare"),
    _table("hydrography", f"{_MADE_UP}: corsi d'acqua inventati; il mare è ciò che nessun comune copre", "name kind"),
    _table("streets", f"{_MADE_UP}: rete stradale inventata", "kind stairs oneway walkable name"),
    _table("services", f"{_MADE_UP}: servizi inventati", "kind name capacity area_m2"),
    _table("green", f"{_MADE_UP}: verde inventato", "name public"),
    _table("buildings", f"{_MADE_UP}: edifici inventati, residenti ISTAT 2023 ripartiti",
           "height_m floors use people floor_area_m2"),
    _table("parcels", f"{_MADE_UP}: particelle inventate", "code owner area_declared_m2"),
    _table("public_land", f"{_MADE_UP}: aree pubbliche inventate", "name owner status"),
    _table("contaminated_sites", f"{_MADE_UP}: perimetri inventati, superfici note vere", "name status"),
    _table("constraints", f"{_MADE_UP}: vincoli inventati", "kind name source norm"),
    _table("railways", f"{_MADE_UP}: tracciati inventati", "name"),
    _table("water_points", f"{_MADE_UP}: punti d'acqua inventati", "name"),
    _table("coastline", "Linea di costa: confine comunale generalizzato, ISTAT 2023 (CC BY 4.0)", "name"),
    _table("candidate_sites", f"{_MADE_UP}: siti candidati inventati", "name kind"),
    _table("reference", "Comuni confinanti, generalizzati, ISTAT 2023 (CC BY 4.0)", "",
           file="neighbours", label="name"),
)  # fmt: skip
