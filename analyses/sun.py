"""Where the sun stands over a place in a year, and what a clear sky lets through.

Method: positions by NREL's SPA (Reda & Andreas 2004) as pvlib gives them, on the mean day of each month (Klein 1977),
every hour, each standing for its hour of all days of the month. Clear sky: simplified Solis (Ineichen 2008,
doi:10.1016/j.solener.2008.02.009) with an aerosol optical depth of 0.1 at 700 nm, 1 cm of water, sea-level pressure.
Clouds are no part of it: ``clear_sky_share`` brings the sums to what a place really gets in a mean year.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyses.kernels.sunshine import Sun

MEAN_DAYS = (17, 16, 16, 15, 15, 11, 17, 16, 15, 15, 14, 10)
"""The day of each month whose sun is nearest to the month's mean."""

_YEAR, _STEP_H = 2023, 1.0
_AEROSOLS, _WATER_CM = 0.1, 1.0


def yearly_sun(longitude: float, latitude: float, clear_sky_share: float) -> Sun:
    """Return the sun of a mean year over a place (degrees), in kWh/m²."""
    # pvlib takes a second to import; reading declarations needs none of it.
    import pvlib

    times = _hours()
    where = pvlib.solarposition.get_solarposition(times, latitude, longitude)
    up = np.radians(where["apparent_elevation"].to_numpy())
    extra = np.array([pvlib.irradiance.get_extra_radiation(int(day)) for day in times.day_of_year])
    sky = pvlib.clearsky.simplified_solis(np.degrees(up), _AEROSOLS, _WATER_CM, dni_extra=extra)
    hours = np.asarray(times.days_in_month) * _STEP_H / 1000.0 * clear_sky_share
    is_day = up > 0.0
    way = np.radians(where["azimuth"].to_numpy())
    towards = np.column_stack([np.sin(way) * np.cos(up), np.cos(way) * np.cos(up), np.sin(up)])
    beam, diffuse = (sky["dni"] * hours)[is_day], float((sky["dhi"] * hours)[is_day].sum())
    # Solis fits its three sums apart; here level open ground gets beam and diffuse, and nothing else.
    return Sun(towards[is_day], beam, diffuse, float(beam @ towards[is_day, 2]) + diffuse)


def _hours() -> pd.DatetimeIndex:
    days = [pd.Timestamp(_YEAR, month, day, tz="UTC") for month, day in enumerate(MEAN_DAYS, start=1)]
    middle = pd.to_timedelta(np.arange(0.0, 24.0, _STEP_H) + _STEP_H / 2, unit="h")
    return pd.DatetimeIndex([day + each for day in days for each in middle])
