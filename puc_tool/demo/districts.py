"""The transformation districts of the demonstration: real names, real areas where they are known, the rest made up."""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers.codelist import Row, rows
from puc_tool.demo.military import arsenal
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.outlines import rounded_box, sized
from puc_tool.demo.places import BARRACKS, CRS_CODE, DISTRICTS
from puc_tool.demo.setting import Setting

_SOURCE = f"{MADE_UP}: perimetro e parametri inventati, non sono quelli della scheda del PUC"
_BARRACKS_OF = {"CASERMETTE": BARRACKS[0], "DIFESA": BARRACKS[1]}
_FIELDS = ("kind", "ut_m2_m2", "se_pct", "ve_pct", "ac_pct", "sp_pct", "max_height_m", "residential_pct",
           "commercial_pct", "industrial_pct", "ers_pct", "state")  # fmt: skip
# Made up, all of them: the sheets of the real districts are not public.
_PARAMETERS: Mapping[str, tuple[str | float, ...]] = {
    "IP": ("distretto integrato", 0.29, 35, 30, 25, 40, 16, 35, 45, 10, 10, "non attuato"),
    "WF": ("distretto integrato", 0.45, 40, 15, 45, 25, 20, 0, 70, 0, 0, "in attuazione"),
    "SIO": ("distretto integrato", 0.30, 40, 25, 30, 35, 16, 50, 30, 0, 20, "non attuato"),
    "ENEL": ("distretto produttivo", 0.25, 45, 35, 15, 40, 18, 0, 15, 80, 0, "non attuato"),
    "FOSS": ("distretto produttivo", 0.35, 55, 20, 15, 30, 14, 0, 20, 75, 0, "non attuato"),
    "DIFESA": ("distretto di servizi", 0.30, 35, 30, 30, 40, 15, 20, 40, 0, 20, "non attuato"),
    "CASERMETTE": ("distretto di servizi", 0.20, 30, 40, 25, 50, 12, 30, 30, 0, 30, "non attuato"),
    "PROSPERI": ("ricomposizione urbana", 0.60, 50, 20, 25, 30, 18, 60, 25, 0, 25, "adottato"),
    "MIRABELLO": ("distretto portuale", 0.15, 30, 15, 45, 20, 9, 0, 80, 0, 0, "attuato"),
    "ARSENALE": ("distretto di servizi", 0.20, 40, 20, 30, 25, 15, 0, 30, 40, 0, "non attuato"),
}
_REBUILT = frozenset({"WF", "PROSPERI", "MIRABELLO", "ARSENALE", "DIFESA", "CASERMETTE"})
"""Their index counts what stands there already."""
_EXISTING_M2 = {"WF": 6000.0, "PROSPERI": 21_000.0, "MIRABELLO": 5000.0, "ARSENALE": 95_000.0, "DIFESA": 14_000.0,
                "CASERMETTE": 11_000.0}  # fmt: skip
REGISTER = (
    ("IP", "2008-04-17", "non attuato", "accordo di programma", 0.0),
    ("WF", "2022-07-29", "convenzionato", "accordo", 0.0),
    ("WF", "2023-07-22", "in attuazione", "accordo", 500.0),
    ("MIRABELLO", "2010", "attuato", "dato dimostrativo", 800.0),
)
"""District, day, state, instrument, floor area realised: the days of IP and WF are real, all else is made up."""
_BARE = ("IP", "ENEL", "SIO")


def districts(stage: Setting) -> GeoDataFrame:
    """Return one row for each row of `transformation_districts.csv`; no two overlap, all lie in the commune.

    An area given there in hectares is the polygon's own, to the square decimetre.
    """
    table = list(rows("transformation_districts"))
    outlines = _outlines(stage, table)
    codes = [row["id"] for row in table]
    values = {field: [_PARAMETERS[code][at] for code in codes] for at, field in enumerate(_FIELDS)}
    return GeoDataFrame(
        {
            "code": codes, "name": [row["name_it"] for row in table], **values,
            "index_kind": ["it" if code in _REBUILT else "ut" for code in codes],
            "floor_area_existing_m2": [_EXISTING_M2.get(code, 0.0) for code in codes],
            "norm": "parametri dimostrativi, non verificati", "source": _SOURCE,
        },
        geometry=[outlines[code] for code in codes], crs=CRS.from_epsg(CRS_CODE),
    )  # fmt: skip


def bare_ground(stage: Setting) -> shapely.Geometry:
    """Return the districts that no street crosses yet."""
    outlines = _outlines(stage, [row for row in rows("transformation_districts") if row["id"] in _BARE])
    return shapely.union_all([outlines[code] for code in _BARE])


def _outlines(stage: Setting, table: list[Row]) -> Mapping[str, shapely.Geometry]:
    """Draw those of known area first; the others get what these leave."""
    known = {row["id"]: float(row["area_value"]) for row in table if row["area_value"]}
    found: dict[str, shapely.Geometry] = {}
    for code in sorted((row["id"] for row in table), key=lambda code: (code not in known, code)):
        taken = shapely.union_all(list(found.values()))
        found[code] = _outline(stage, code, known.get(code)).difference(taken)
    return found


def _outline(stage: Setting, code: str, hectares: float | None) -> shapely.Geometry:
    commune = stage.ground.commune
    if code == "ARSENALE":
        return arsenal(stage)
    if code in _BARRACKS_OF:
        _, middle, *halves = _BARRACKS_OF[code]
        return rounded_box(middle, *halves) & commune
    at, length, width, angle = next(district[1:] for district in DISTRICTS if district[0] == code)
    if hectares is None:
        return rounded_box(at, length, width, angle) & commune
    return sized(lambda scale: rounded_box(at, length * scale, width * scale, angle) & commune, hectares * 10_000)
