"""How many trips stop where on a typical weekday, from the tables of a GTFS timetable.

The typical weekday is the Tuesday, Wednesday or Thursday of the timetable with the most trips, the first of equals:
schools are open then, and no holiday or bridge day has most trips.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TYPICAL = (1, 2, 3)
_FIRST, _LAST = pd.Timestamp(1980, 1, 1), pd.Timestamp(2100, 12, 31)
_ADDED, _REMOVED = "1", "2"


@dataclass(frozen=True)
class Day:
    """The day chosen: when it is, the trips that run on it (repeats counted) and the services they belong to.

    ``first`` and ``last`` are the ends of the timetable's validity.
    """

    when: date
    trips: float
    services: frozenset[str]
    first: date
    last: date


def typical_day(calendar: pd.DataFrame, exceptions: pd.DataFrame, trips: pd.Series) -> Day | None:
    """Return the typical weekday, or None if no trip runs on any Tuesday, Wednesday or Thursday.

    ``calendar`` and ``exceptions`` are the tables calendar and calendar_dates as text; ``trips`` the number of trips
    (index: service).
    """
    spans, changes = _spans(calendar), _changes(exceptions)
    ends = [*spans["start"], *spans["end"], *changes["day"]]
    if not ends:
        return None
    first, last = min(ends), max(ends)
    candidates = [day for day in pd.date_range(first, last) if day.weekday() in _TYPICAL]
    by_day = dict(iter(changes.groupby("day")))
    found = [(_running(spans, by_day.get(day), day), day) for day in candidates]
    counted = [(float(trips.reindex(list(services), fill_value=0).sum()), day, services) for services, day in found]
    count, day, services = max(counted, key=lambda each: each[0], default=(0.0, first, frozenset[str]()))
    return Day(day.date(), count, services, first.date(), last.date()) if count else None


def repeats(trips: pd.Series, frequencies: pd.DataFrame) -> pd.Series:
    """Return how often each of ``trips`` runs a day it is in service: once, or as often as ``frequencies`` says.

    From start to end, the end not included, every ``headway_secs``. Index: trip.
    """
    span_s = _seconds(frequencies["end_time"]) - _seconds(frequencies["start_time"])
    headway_s = pd.to_numeric(frequencies["headway_secs"], errors="coerce").astype(float)
    runs = np.ceil(span_s / headway_s.where(headway_s > 0)).clip(lower=0)
    by_trip = runs.groupby(frequencies["trip_id"]).sum()
    return by_trip.reindex(pd.Index(trips, name="trip_id")).fillna(1.0).astype(float)


def trips_at_stops(stop_times: pd.DataFrame, runs: pd.Series) -> pd.Series:
    """Return how many trips stop at each stop (index: stop); one that passes twice counts once.

    ``runs`` says how often each trip of the day runs (index: trip).
    """
    of_the_day = stop_times[stop_times["trip_id"].isin(runs.index)].drop_duplicates(["trip_id", "stop_id"])
    return of_the_day["trip_id"].map(runs).groupby(of_the_day["stop_id"]).sum().astype(float)


def _spans(calendar: pd.DataFrame) -> pd.DataFrame:
    spans = calendar.assign(start=_days(calendar["start_date"]), end=_days(calendar["end_date"]))
    return spans[spans["start"].notna() & spans["end"].notna() & (spans["start"] <= spans["end"])]


def _changes(exceptions: pd.DataFrame) -> pd.DataFrame:
    changes = exceptions.assign(day=_days(exceptions["date"]))
    return changes[changes["day"].notna()]


def _days(text: pd.Series) -> pd.Series:
    days = pd.to_datetime(text, format="%Y%m%d", errors="coerce")
    return days.where(days.between(_FIRST, _LAST))


def _running(spans: pd.DataFrame, changes: pd.DataFrame | None, day: pd.Timestamp) -> frozenset[str]:
    planned = (spans[WEEKDAYS[day.weekday()]] == "1") & (spans["start"] <= day) & (spans["end"] >= day)
    services = frozenset(spans["service_id"][planned])
    if changes is None:
        return services
    added = frozenset(changes["service_id"][changes["exception_type"] == _ADDED])
    return (services | added) - frozenset(changes["service_id"][changes["exception_type"] == _REMOVED])


def _seconds(clock: pd.Series) -> pd.Series:
    """Return the seconds since midnight of «25:10:00»; the hours go past 24 for trips after midnight."""
    parts = clock.astype("str").str.extract(r"^(\d+):(\d+):(\d+)$").astype(float)
    return parts[0] * 3600 + parts[1] * 60 + parts[2]
