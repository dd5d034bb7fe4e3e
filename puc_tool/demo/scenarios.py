"""Scenarios of two districts of the demonstration: made up, but for the floor area of the scheme of 1997."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import shapely
from geopandas import GeoDataFrame

from layers import write

_HEAD = """\
# Scenario dimostrativo: valori inventati. Non sono quelli del PUC, né di un progetto o di un accordo.
# Demonstration scenario: made-up values, neither those of the plan nor of any project or agreement.
version = 1
"""
_SET_BACK_M = 10.0
_FLOOR_AREA_1997_M2 = 215_000
"""The scheme of 1997 as it is reported: ``transformation_districts.csv``."""

_IP_1997 = """\
title = "Ex IP, superficie dello schema 1997 (dimostrativo)"
note = "215.000 m² di nuova costruzione, come riportati per lo schema del 1997; il resto è inventato."

[[district]]
code = "IP"
ut_m2_m2 = {index_of_1997}  # 215.000 m² sulla St misurata
uses = {{ residential = 20, commercial = 65, industrial = 15 }}
ers_pct = 5
ac_pct = 28
"""
_IP_PARK = """\
title = "Ex IP, parco urbano (dimostrativo)"
note = "Meno costruito e più permeabile, con un parco e una scuola."

[[district]]
code = "IP"
ut_m2_m2 = 0.16
se_pct = 22
ve_pct = 38
ac_pct = 32
sp_pct = 62
uses = { residential = 50, commercial = 40, other = 10 }
ers_pct = 20

[[service]]
district = "IP"
kind = "verde"
name = "Parco della raffineria"
area_m2 = 45000

[[service]]
district = "IP"
kind = "primaria"
name = "Scuola del parco"
area_m2 = 6000
"""
_IP_QUARTER = """\
title = "Ex IP, quartiere misto (dimostrativo)"
note = "Indice da decidere fra 0,20 e 0,30; alla ricerca del massimo la residenza può salire al 60 %."

[[district]]
code = "IP"
ut_m2_m2 = [0.20, 0.30]
uses = { residential = 50, commercial = 40, industrial = 10 }
ers_pct = 20
largest_pct = { residential = 60, commercial = 60 }

[[service]]
district = "IP"
kind = "nido"
name = "Nido del quartiere"
area_m2 = 2500
"""
_WF_NO_HOUSING = """\
title = "Calata Paita, senza residenza (dimostrativo)"
note = "Volumi ridotti, niente alloggi, più suolo pubblico."

[[district]]
code = "WF"
ut_m2_m2 = 0.35
se_pct = 30
ve_pct = 15
ac_pct = 55
sp_pct = 30
uses = { commercial = 50, other = 50 }
max_height_m = 12
"""
_WF_HOUSING = """\
title = "Calata Paita, con residenza (dimostrativo)"
note = "La stessa edificabilità del piano, un terzo a residenza."

[[district]]
code = "WF"
uses = { residential = 35, commercial = 45, other = 20 }
ers_pct = 10
largest_pct = { residential = 60, commercial = 70, other = 30 }
at_least = { homes = 60 }
"""
_WF_SET_BACK = """\
title = "Calata Paita, fronte arretrato (dimostrativo)"
note = "Il perimetro si ritira di {set_back_m:g} m; una piazza verde sul molo."

[[district]]
code = "WF"
uses = {{ commercial = 60, other = 40 }}
outline = "{outline}"

[[service]]
district = "WF"
kind = "verde"
name = "Piazza del molo"
area_m2 = 5000
"""


def scenarios(districts: GeoDataFrame) -> Mapping[str, str]:
    """Return the text of each scenario's file by its id; ``districts`` are those of the demonstration."""
    outlines = dict(zip(districts["code"], districts.geometry, strict=True))
    set_back = shapely.set_precision(outlines["WF"].buffer(-_SET_BACK_M), 0.01)
    bodies = {
        "ip-1997": _IP_1997.format(index_of_1997=round(_FLOOR_AREA_1997_M2 / outlines["IP"].area, 9)),
        "ip-parco": _IP_PARK,
        "ip-quartiere": _IP_QUARTER,
        "wf-arretrato": _WF_SET_BACK.format(outline=set_back.wkt, set_back_m=_SET_BACK_M),
        "wf-con-residenza": _WF_HOUSING,
        "wf-senza-residenza": _WF_NO_HOUSING,
    }
    return {name: _HEAD + body for name, body in bodies.items()}


def write_scenarios(districts: GeoDataFrame, folder: Path) -> None:
    """Write each scenario into ``folder``; one that is there stays as the user has it."""
    for name, words in scenarios(districts).items():
        path = folder / f"{name}.toml"
        if not path.is_file():
            write.text(path, words)
