"""What one may choose about soil consumption: the dates, the path to no net consumption."""

from __future__ import annotations

from dataclasses import dataclass

from analyses.params import param
from layers.text import Text

_LAST_YEAR = 2100


@dataclass(frozen=True)
class SoilParams:
    """Which two states are compared, and the path to no net consumption."""

    year_from: int | None = param(
        None,
        Text("Anno iniziale", "First year"),
        low=1900,
        high=_LAST_YEAR,
        help=Text("Vuoto: il più vecchio che c'è.", "Empty: the oldest there is."),
    )
    year_to: int | None = param(
        None,
        Text("Anno finale", "Last year"),
        low=1900,
        high=_LAST_YEAR,
        help=Text("Vuoto: il più recente che c'è.", "Empty: the most recent there is."),
    )
    net_zero_year: int = param(
        2050,
        Text("Anno del consumo netto zero", "Year of no net consumption"),
        low=2024,
        high=_LAST_YEAR,
        help=Text("Obiettivo europeo: 2050.", "European target: 2050."),
    )
    path_from: int | None = param(
        None,
        Text("Anno da cui il consumo deve calare", "Year from which consumption must fall"),
        low=1900,
        high=_LAST_YEAR,
        help=Text("Vuoto: l'ultimo anno osservato.", "Empty: the last year observed."),
    )
    sdg_logarithmic: bool = param(
        False,
        Text("SDG 11.3.1 con il tasso logaritmico", "SDG 11.3.1 with the logarithmic rate"),
        help=Text(
            "Metadati ONU più vecchi: ln(V2/V1)/T al posto di (V2-V1)/V1/T.",
            "Older UN metadata: ln(V2/V1)/T instead of (V2-V1)/V1/T.",
        ),
        is_verified=False,
    )
    patches_by_corners: bool = param(
        False,
        Text("Macchie unite anche per i vertici", "Patches joined by corners too"),
        help=Text("Per la maglia effettiva: 8 celle vicine invece di 4.", "For mesh size: 8 neighbours instead of 4."),
        is_verified=False,
    )


DEFAULTS = SoilParams()
