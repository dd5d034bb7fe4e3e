"""Sun on roofs: of the districts in each scenario, of schools and other public buildings; against the PAES.

Method: roof × usable share × kWp/m² × yearly yield, as in the districts' sheets; a public roof is the footprint of a
building whose use says so, or that stands under a public service; roofs smaller than ``min_roof_m2`` are left out.
Shares are of the emissions of the PAES baseline, which the user enters, and of what its target leaves to the commune
once measures from above have done their part.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import words
from analyses.districts.case import Case
from analyses.districts.params import DistrictParams
from layers.vocabulary import folded

SCHOOLS, PUBLIC, DISTRICTS = "scuole", "altri edifici pubblici", "distretti"
_KINDS = {SCHOOLS: ("nido", "infanzia", "primaria", "secondaria1"), PUBLIC: ("centro_civico", "biblioteca")}
_STEMS = {
    SCHOOLS: ("scuol", "istruzion", "school", "asilo", "universit"),
    PUBLIC: ("pubblic", "municip", "comunal", "civic", "public", "bibliotec", "ospedal", "hospital"),
}


def energy(
    case: Case, buildings: GeoDataFrame | None, services: GeoDataFrame | None, params: DistrictParams
) -> pd.DataFrame:
    """Return a row for schools and public buildings, where buildings are known, and one for each scenario.

    Without the baseline of the PAES shares of it are NaN.
    """
    rows = [*_public(buildings, services, params), *_of_scenarios(case)]
    frame = pd.DataFrame(rows, columns=["item", "scenario", "roof_m2", "pv_mwh_year", "co2_saved_t"])
    return frame.assign(**_shares(frame["co2_saved_t"].to_numpy(float), params))


def roof_energy(roof_m2: float, params: DistrictParams) -> tuple[float, float]:
    """Return what a roof of ``roof_m2`` gives a year: MWh, and t of CO2 saved.

    Method: roof × usable share × kWp/m² × kWh/kWp a year; CO2 by the emission factor (t/MWh) of the PAES.
    """
    mwh = roof_m2 * params.roof_use * params.kwp_density * params.pv_yield / 1000.0
    return mwh, mwh * params.emission_factor


def _of_scenarios(case: Case) -> Iterator[tuple[object, ...]]:
    for name, sheet in case.sheets.items():
        sums = [float(sheet[column].sum(min_count=1)) for column in ("roof_m2", "pv_mwh_year", "co2_saved_t")]
        yield (DISTRICTS, name, *sums)


def _public(
    buildings: GeoDataFrame | None, services: GeoDataFrame | None, params: DistrictParams
) -> Iterator[tuple[object, ...]]:
    if buildings is None:
        return
    schools = _chosen(buildings, services, SCHOOLS)
    for item, chosen in ((SCHOOLS, schools), (PUBLIC, _chosen(buildings, services, PUBLIC) & ~schools)):
        roof_m2 = buildings.area.to_numpy()
        whole_m2 = float(roof_m2[chosen & (roof_m2 >= params.min_roof_m2)].sum())
        yield (item, "", whole_m2, *roof_energy(whole_m2, params))


def _chosen(buildings: GeoDataFrame, services: GeoDataFrame | None, item: str) -> NDArray[np.bool_]:
    """Tell which buildings are for ``item``: by their use, or as a service of its kinds is in them or round them."""
    use = words(buildings, "use").map(folded)
    chosen = np.array([any(stem in word for stem in _STEMS[item]) for word in use], dtype=bool)
    if services is None or services.empty:
        return chosen
    wanted = services.geometry.to_numpy()[words(services, "kind").isin(_KINDS[item]).to_numpy()]
    inner = buildings.representative_point().sindex.query(wanted, predicate="intersects")[1]
    chosen[[*buildings.sindex.query(wanted, predicate="within")[1], *inner]] = True
    return chosen


def _shares(co2_saved_t: NDArray[np.float64], params: DistrictParams) -> dict[str, NDArray[np.float64]]:
    baseline_t = np.nan if params.paes_baseline_t is None else params.paes_baseline_t
    of_baseline = co2_saved_t / baseline_t * 100.0 if baseline_t else np.full(len(co2_saved_t), np.nan)
    own_pct = params.paes_target_pct - params.paes_from_above_pct
    of_target = of_baseline / own_pct * 100.0 if own_pct > 0.0 else np.full(len(co2_saved_t), np.nan)
    return {"baseline_pct": of_baseline, "target_pct": of_target}
