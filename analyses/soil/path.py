"""How much soil may still be consumed each year on the way to net zero.

The European target is no net land take by 2050 (European Commission, 7th Environment Action Programme, 2013). Method,
ours: up to the last observed year the budget is what was consumed, net, on average a year; from there it falls in a
straight line and is nothing in the target year. What was used is known only where there are data. Where soil was given
back on balance, the budget is nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def path_rows(net_m2: float, observed: tuple[int, int], target_year: int, start_year: int | None) -> pd.DataFrame:
    """Return year, budget_m2, used_m2 of each year after the first observed up to ``target_year``.

    Parameters
    ----------
    net_m2 : net consumption (m²) between the two years of ``observed``
    observed : the first and the last year
    target_year : the year in which the budget is zero
    start_year : the year from which the budget falls; the last observed if None. An earlier one shows overdrafts

    Returns
    -------
    Areas in m²; ``used_m2`` is NaN after the last observed year.
    """
    first_year, last_year = observed
    years = np.arange(first_year + 1, max(target_year, last_year) + 1)
    a_year_m2 = net_m2 / (last_year - first_year)
    start = last_year if start_year is None else start_year
    share = np.clip((target_year - years) / max(1, target_year - start), 0.0, 1.0)
    used_m2 = np.where(years <= last_year, a_year_m2, np.nan)
    return pd.DataFrame({"year": years.astype(str), "budget_m2": max(0.0, a_year_m2) * share, "used_m2": used_m2})
