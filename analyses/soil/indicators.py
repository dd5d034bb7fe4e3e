"""The indicators of ``soil_indicators.csv``, from the sums of the ledger.

Formulas, units and sources stand in the codelist; edge rules in the domain reference, 1.4. Where an indicator has no
value, it has a reason.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analyses.result import Figure
from analyses.soil.figures import FIGURES
from layers.text import Text, hectares, listing, say

M2_A_HA = 10_000.0
_STANDSTILL = 1e-9


ONE_DATE = Text("Serve un secondo anno del raster.", "A second year of the raster is needed.")
NO_YEARS = Text("I due raster non hanno l'anno.", "The two rasters have no year.")
NONE_AT_FIRST = Text("Alla prima data non c'è suolo consumato.", "There is no consumed soil at the first date.")
NO_FREE_SOIL = Text("Non c'è suolo non consumato.", "There is no soil that is not consumed.")
NOT_MEASURED = Text("La frammentazione non è stata misurata.", "Fragmentation was not measured.")


Answer = float | Text
"""A value, or the reason why there is none."""


def no_people(state: State, *, at_first: bool = False) -> Text:
    """Return for which of the raster's years the study has no population."""
    lacking = [(state.year, state.people), *([(state.first_year, state.first_people)] if at_first else [])]
    years = sorted(str(year) for year, people in lacking if not people and year is not None)
    if not years:
        return Text("Nello studio manca la popolazione.", "The study has no population.")
    return say(
        "Nello studio manca la popolazione di questi anni: {y}.",
        "The study has no population for {y}.",
        y=listing(years),
    )


@dataclass(frozen=True)
class State:
    """The sums the indicators are made of, in ha. Without a first date, what compares is None.

    ``is_logarithmic``: whether the land consumption rate of SDG 11.3.1 is ln(V2 / V1) / T, as in older metadata.
    """

    area_ha: float
    consumed_ha: float
    permanent_ha: float
    unspecified_ha: float
    year: int | None = None
    people: int | None = None
    first_year: int | None = None
    first_people: int | None = None
    first_consumed_ha: float | None = None
    gross_ha: float | None = None
    restored_ha: float | None = None
    meff_cut_km2: Answer = NOT_MEASURED
    meff_cbc_km2: Answer = NOT_MEASURED
    is_logarithmic: bool = False

    @property
    def net_ha(self) -> float | None:
        """Gross consumption minus restoration (ha); None where there is one date."""
        return None if self.gross_ha is None or self.restored_ha is None else self.gross_ha - self.restored_ha

    @property
    def years(self) -> int | None:
        """Years between the two dates."""
        return None if self.year is None or self.first_year is None else self.year - self.first_year


def figures(state: State) -> tuple[Figure, ...]:
    """Return every indicator of the codelist for ``state``, in its order."""
    return tuple(Figure.of(spec, INDICATORS[spec.id](state)) for spec in FIGURES)


def without_raster(why: Text) -> tuple[Figure, ...]:
    """Return every indicator without value, for the same reason."""
    return tuple(Figure(spec, None, why) for spec in FIGURES)


def _consumed_pct(state: State) -> Answer:
    return 100.0 * state.consumed_ha / state.area_ha


def _gross(state: State) -> Answer:
    return ONE_DATE if state.gross_ha is None else state.gross_ha


def _restored(state: State) -> Answer:
    return ONE_DATE if state.restored_ha is None else state.restored_ha


def _net(state: State) -> Answer:
    return ONE_DATE if state.net_ha is None else state.net_ha


def _net_a_year(state: State) -> Answer:
    if state.net_ha is None:
        return ONE_DATE
    return state.net_ha / state.years if state.years else NO_YEARS


def _increase_pct(state: State) -> Answer:
    if state.net_ha is None or state.first_consumed_ha is None:
        return ONE_DATE
    if state.first_consumed_ha == 0.0:
        return NONE_AT_FIRST
    return 100.0 * state.net_ha / state.first_consumed_ha


def _density(state: State) -> Answer:
    return ONE_DATE if state.net_ha is None else M2_A_HA * state.net_ha / state.area_ha


def _per_person(state: State) -> Answer:
    return M2_A_HA * state.consumed_ha / state.people if state.people else no_people(state)


def _net_per_person(state: State) -> Answer:
    if state.net_ha is None:
        return ONE_DATE
    return M2_A_HA * state.net_ha / state.people if state.people else no_people(state)


def _marginal(state: State) -> Answer:
    if state.net_ha is None:
        return ONE_DATE
    if state.people is None or state.first_people is None:
        return no_people(state, at_first=True)
    gained = state.people - state.first_people
    if gained == 0:
        return Text("La popolazione è rimasta uguale.", "The population stayed the same.")
    return M2_A_HA * state.net_ha / gained


def _land_use_efficiency(state: State) -> Answer:
    """SDG 11.3.1: LCR = (V2 - V1) / V1 / T, or ln(V2 / V1) / T; PGR = ln(P2 / P1) / T; LCR / PGR.

    V2 - V1 is the net change: ground that only one of the dates knows is no growth.
    """
    if state.net_ha is None or state.first_consumed_ha is None:
        return ONE_DATE
    if not state.years:
        return NO_YEARS
    if not state.people or not state.first_people:
        return no_people(state, at_first=True)
    if state.first_consumed_ha == 0.0:
        return NONE_AT_FIRST
    growth = math.log(state.people / state.first_people) / state.years
    if abs(growth) < _STANDSTILL:
        return Text("La popolazione è ferma.", "The population stands still.")
    if growth < 0:
        return Text("Popolazione in calo: il rapporto non si legge.", "Falling population: the ratio has no reading.")
    return _land_consumption(state.net_ha / state.first_consumed_ha, state) / state.years / growth


def _land_consumption(share: float, state: State) -> float:
    """Return the growth of consumed soil, ``share`` of the first date's; it can't have lost more than there was."""
    return math.log1p(share) if state.is_logarithmic and share > -1.0 else share


def _sealed_pct(state: State) -> Answer:
    if state.unspecified_ha > 0.0:
        return say(
            "{ha} sono consumati senza che si sappia se permanenti.",
            "{ha} are consumed without telling whether permanently.",
            ha=hectares(M2_A_HA * state.unspecified_ha),
        )
    return 100.0 * state.permanent_ha / state.area_ha


def _mesh_density(state: State) -> Answer:
    """Return meshes per 1,000 km², of the mesh size cut at the boundary."""
    size = state.meff_cut_km2
    if isinstance(size, Text):
        return size
    return 1000.0 / size if size > 0.0 else NO_FREE_SOIL


INDICATORS: Mapping[str, Callable[[State], Answer]] = {
    "suolo_consumato_ha": lambda state: state.consumed_ha,
    "suolo_consumato_pct": _consumed_pct,
    "consumo_lordo_ha": _gross,
    "ripristino_ha": _restored,
    "consumo_netto_ha": _net,
    "consumo_netto_annuo_ha": _net_a_year,
    "incremento_pct": _increase_pct,
    "densita_m2ha": _density,
    "procapite_m2ab": _per_person,
    "consumo_procapite_m2ab": _net_per_person,
    "consumo_marginale": _marginal,
    "sdg_11_3_1": _land_use_efficiency,
    "meff_cut": lambda state: state.meff_cut_km2,
    "meff_cbc": lambda state: state.meff_cbc_km2,
    "seff": _mesh_density,
    "impermeabilizzazione_pct": _sealed_pct,
}
