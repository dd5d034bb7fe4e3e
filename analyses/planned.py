"""What a district of transformation adds: floor area and people, by its index and its mix of uses.

Floor area = ``ut_m2_m2`` × St (measured); new floor area = that less ``floor_area_existing_m2`` where the index counts
what stands («it»), else the same. People = floor area × ``residential_pct`` / 100 / floor area per person (DM 1444/1968
art. 3: 25 m²), never rounded.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame


def floor_area_new_m2(districts: GeoDataFrame) -> pd.Series:
    """Return the new floor area of each district (m²), NaN where its index is not known."""
    if "ut_m2_m2" not in districts:
        return pd.Series(np.nan, index=districts.index)
    return districts["ut_m2_m2"].astype(float) * districts.area - _counted_already_m2(districts)


def people_new(districts: GeoDataFrame, floor_area_per_person_m2: float) -> pd.Series:
    """Return the people that each district adds, NaN where index or residential share are not known."""
    if "residential_pct" not in districts:
        return pd.Series(np.nan, index=districts.index)
    return floor_area_new_m2(districts) * districts["residential_pct"].astype(float) / 100.0 / floor_area_per_person_m2


def _counted_already_m2(districts: GeoDataFrame) -> pd.Series:
    """Return the floor area that stands already and that the index counts; 0 where it counts new area only."""
    if "index_kind" not in districts or "floor_area_existing_m2" not in districts:
        return pd.Series(0.0, index=districts.index)
    existing_m2 = districts["floor_area_existing_m2"].fillna(0.0).astype(float)
    return existing_m2.where(districts["index_kind"] == "it", 0.0)
