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


DEFAULTS = SoilParams()
