"""The sums that the indicators of a study are made of: its communes together, and the residents of the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from analyses.analysis import Population
from analyses.soil import ledger
from analyses.soil.codes import CLASS_OF
from analyses.soil.editions import Span
from analyses.soil.indicators import M2_A_HA, State
from analyses.soil.ledger import Areas
from layers.raster import Raster
from layers.text import Text

if TYPE_CHECKING:
    from analyses.soil.fragmentation import MeshSizes

_M2_A_KM2 = 1e6


def state_of(
    areas_m2: Areas, transitions_m2: Areas | None, area_m2: float, years: tuple[int | None, int | None]
) -> State:
    """Return the sums over all communes (communes × classes; with two dates × classes before × after), in ha.

    ``years`` are those of the first date and the last.
    """
    now = ledger.of_one_date(areas_m2).sum() / M2_A_HA
    state = State(
        area_ha=area_m2 / M2_A_HA,
        consumed_ha=float(now["consumed_m2"]),
        permanent_ha=float(now["permanent_m2"]),
        unspecified_ha=float(areas_m2[:, CLASS_OF[1]].sum()) / M2_A_HA,
        year=years[1],
        first_year=years[0],
    )
    return state if transitions_m2 is None else _with_change(state, transitions_m2)


def with_people(state: State, residents: Mapping[int, int]) -> State:
    """Return ``state`` with the residents of its years, where they are known."""
    people, first_people = (None if year is None else residents.get(year) for year in (state.year, state.first_year))
    return replace(state, people=people, first_people=first_people)


def with_meshes(state: State, sizes: MeshSizes) -> State:
    """Return ``state`` with the effective mesh sizes."""
    cut, cbc = (size if isinstance(size, Text) else size / _M2_A_KM2 for size in (sizes.cut_m2, sizes.cbc_m2))
    return replace(state, meff_cut_km2=cut, meff_cbc_km2=cbc)


def years_of(rasters: Span[Raster]) -> tuple[int | None, int | None]:
    """Return the years of the first date and the last, None where they are not known."""
    return rasters.first.year if rasters.first else None, rasters.last.year


def series_for(people: Population, years: tuple[int | None, int | None]) -> str:
    """Return the name of the series that knows most of the years, rather the later; of equals the first named."""
    known = {name: (len(set(years) & set(each)), years[1] in each) for name, each in people.items()}
    best = max(known, key=lambda name: known[name], default="")
    return best if best and known[best][0] else ""


def _with_change(state: State, transitions_m2: Areas) -> State:
    before = ledger.of_one_date(transitions_m2.sum(axis=2)).sum() / M2_A_HA
    change = ledger.of_two_dates(transitions_m2).sum() / M2_A_HA
    return replace(
        state,
        first_consumed_ha=float(before["consumed_m2"]),
        gross_ha=float(change["gross_m2"]),
        restored_ha=float(change["restored_m2"]),
    )
