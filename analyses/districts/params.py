"""What can be set in the sheet of a transformation district; what no source confirms is marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analyses.params import param, param_rows
from analyses.standards.params import due_of_person
from analyses.standards.tables import PARTS
from layers.codelist import is_verified, rows
from layers.text import Text, same

_PV = {row["key"]: row for row in rows("pv_params")}
_ART5 = {row["context"]: row for row in rows("dm1444_standards") if row["context"].startswith("art5")}
_PAES = next(row for row in rows("emission_factors") if row["carrier"] == "electricity" and "NEEFE" in row["approach"])
_FACTS = {row["key"]: row for row in rows("la_spezia_facts")}
_FROM_MEMORY = Text("A memoria: da verificare sulla norma.", "From memory: to be checked against the norm.")


def _pv(key: str, it: str, en: str, unit: str, high: float) -> Any:
    row = _PV[key]
    return param(float(row["value"]), Text(it, en), unit=unit, low=0, high=high, is_verified=is_verified(row))


def _art5(context: str, it: str, en: str) -> Any:
    row = _ART5[context]
    return param(float(row["value"]), Text(it, en), unit="%", low=0, high=200, is_verified=is_verified(row))


def _paes(fact: str, value: float, it: str, en: str) -> Any:
    verified = is_verified(_FACTS[fact])
    return param(value, Text(it, en), unit="%", low=0, high=100, is_verified=verified)


@dataclass(frozen=True)
class SchedaParams:
    """What the sheets need: floor area of people and homes, standards, parking, what is netted off, photovoltaics."""

    floor_area_per_person_m2: float = param(
        25.0, Text("Superficie per abitante", "Floor area per person"), unit="m²", low=1, high=500,
        help=Text("DM 1444/1968 art. 3.", "DM 1444/1968 art. 3."),
    )  # fmt: skip
    floor_area_per_home_m2: float = param(
        75.0, Text("Superficie per alloggio", "Floor area per home"), unit="m²", low=10, high=1000, is_verified=False
    )
    istruzione_m2_per_person: float = due_of_person("istruzione")
    interesse_comune_m2_per_person: float = due_of_person("interesse_comune")
    verde_m2_per_person: float = due_of_person("verde")
    parcheggi_m2_per_person: float = due_of_person("parcheggi")
    art5_commercial_pct: float = _art5(
        "art5_commercial", "Art. 5, spazi pubblici sul commerciale", "Art. 5, public space on commercial floor area"
    )
    art5_industrial_pct: float = _art5(
        "art5_D_industrial", "Art. 5, spazi pubblici sul produttivo", "Art. 5, public space on industrial land"
    )
    storey_height_m: float = param(
        3.0, Text("Altezza di un piano", "Height of a storey"), unit="m", low=2, high=20, is_verified=False
    )
    parking_m3_per_m2: float = param(
        10.0, Text("Volume per m² di parcheggio pertinenziale", "Volume per m² of private parking"), unit="m³", low=1,
        high=100, is_verified=False, help=Text("L. 122/1989: 1 m² ogni 10 m³.", "L. 122/1989: 1 m² each 10 m³."),
    )  # fmt: skip
    parking_levels: int = param(
        1, Text("Livelli dei parcheggi pertinenziali", "Levels of private parking"), low=1, high=10, is_verified=False,
        help=Text("Quanto suolo chiedono, nella ricerca del massimo.", "The ground it takes, in seeking the most."),
    )  # fmt: skip
    storeys: int = param(
        3, Text("Piani, dove l'altezza massima manca", "Storeys, where the maximum height is missing"), low=1, high=60,
        is_verified=False,
    )  # fmt: skip
    flood_from: str = param(
        "P2", Text("Classe idraulica da cui non si costruisce", "Flood class from which nothing is built"),
        help=Text("P1, P2 o P3: toglie quella classe e le superiori.", "P1, P2 or P3: that class and those above."),
        is_verified=False,
    )  # fmt: skip
    landslide_from: str = param(
        "P3", Text("Classe di frana da cui non si costruisce", "Landslide class from which nothing is built"),
        help=Text("P1, P2, P3 o P4: toglie quella classe e le superiori.", "P1 to P4: that class and those above."),
        is_verified=False,
    )  # fmt: skip
    coast_strip_m: float = param(
        300.0, Text("Fascia costiera", "Coastal strip"), unit="m", low=0, high=5000, is_verified=False,
        help=Text("D.Lgs 42/2004 art. 142 c. 1 a; 0 non la disegna.", "D.Lgs 42/2004 art. 142 c. 1 a; 0 draws none."),
    )  # fmt: skip
    nets_contaminated: bool = param(
        True, Text("Togli i siti contaminati", "Net off contaminated sites"), is_verified=False,
        help=Text("Finché non sono bonificati; no: come a bonifica fatta.", "Until cleaned; no: as if they were."),
    )  # fmt: skip
    nets_conditioned: bool = param(
        False, Text("Togli anche il suolo condizionato", "Net off conditioned ground as well"), is_verified=False,
        help=Text("Autorizzazioni e fasce che non vietano.", "Consents and strips that do not forbid."),
    )  # fmt: skip
    invariance_m3_per_ha: float = param(
        500.0, Text("Invarianza idraulica, volume per ettaro impermeabile", "Hydraulic invariance, m³ per sealed ha"),
        unit="m³/ha", low=0, high=5000, is_verified=False, help=_FROM_MEMORY,
    )  # fmt: skip
    roof_use: float = _pv("roof_use_flat", "Quota utile dei tetti piani", "Usable share of flat roofs", "m²/m²", 1)
    kwp_density: float = _pv("kwp_density", "Potenza per m² di moduli", "Power per m² of modules", "kWp/m²", 1)
    pv_yield: float = _pv("yield_optimal", "Resa annua", "Yearly yield", "kWh/kWp", 3000)
    emission_factor: float = param(
        float(_PAES["factor"]), Text("Fattore di emissione elettrico (PAES)", "Electricity emission factor (PAES)"),
        unit="tCO2/MWh", low=0, high=2, is_verified=is_verified(_PAES),
        help=Text("Per confronto con il PAES; per un risparmio di oggi, il fattore annuo ISPRA.",
                  "To compare with the PAES; for a saving of today, ISPRA's yearly factor."),
    )  # fmt: skip


@dataclass(frozen=True)
class RegisterEntry:
    """One event in the life of a district: from a day on it has a state, by an instrument, with so much realised."""

    id: str
    district: str = param("", Text("distretto", "district"))
    day: str = param("", Text("dal (anno, o anno-mese-giorno)", "since (year, or year-month-day)"))
    state: str = param("", Text("stato", "state"))
    instrument: str = param("", Text("strumento attuativo", "instrument"))
    realised_m2: float = param(0.0, Text("superficie realizzata", "floor area realised"), unit="m²", low=0.0, high=1e8)

    @property
    def title(self) -> Text:
        """What forms call it."""
        return same(self.id)


@dataclass(frozen=True)
class DistrictParams(SchedaParams):
    """What the sheets need, the PAES, and the register that the office keeps."""

    min_roof_m2: float = _pv("min_roof_m2", "Tetto pubblico più piccolo", "Smallest public roof", "m²", 10_000)
    paes_baseline_t: float | None = param(
        None, Text("Emissioni di partenza del PAES", "Baseline emissions of the PAES"), unit="tCO2", low=1, high=1e9,
        help=Text("Dall'inventario del PAES; senza, la quota non si calcola.",
                  "From the PAES inventory; without it no share is computed."),
    )  # fmt: skip
    paes_target_pct: float = _paes("paes_target_2020", 14.0, "Obiettivo del PAES al 2020", "Target of the PAES by 2020")
    paes_from_above_pct: float = _paes(
        "paes_target_2020", 7.0, "di cui da misure sovraordinate", "of which from measures above the commune"
    )
    register: tuple[RegisterEntry, ...] = param_rows((), RegisterEntry, Text("Registro", "Register"))


SCHEDA_DEFAULTS = SchedaParams()
DEFAULTS = DistrictParams()
DUE_NAMES = tuple(f"{part}_m2_per_person" for part in PARTS)
