"""GTFS timetables (a zip of tables): the stops of public transport, with the trips of a typical weekday."""

from __future__ import annotations

import geopandas
import pandas as pd
from geopandas import GeoDataFrame

from layers.crs import GEOGRAPHIC
from layers.formats import gtfs_remarks, refusals
from layers.formats.gtfs_feed import Feed, opened
from layers.formats.gtfs_timetable import WEEKDAYS, Day, repeats, trips_at_stops, typical_day
from layers.formats.looking import Look
from layers.problems import Problem, PucError
from layers.source import Source

STOPS = "stops"
KIND = "tpl"
"""What a stop is in the catalogue of services."""

_FIELDS = {"kind": "str", "name": "str", "trips_per_day": "float", "stop_id": "str"}
_BOARDING = ("", "0")

Made = tuple[GeoDataFrame, list[Problem]]


def tables(source: Source) -> tuple[str, ...]:
    """Return the one table offered."""
    return (STOPS,)


def look(source: Source, table: str) -> Look:
    """Return what ``table`` holds. Trips are counted by reading the timetable, so it is read whole."""
    frame, said = read(source, table)
    left, bottom, right, top = map(float, frame.total_bounds)
    return Look(table, "Point", frame.crs, len(frame), _FIELDS, (left, bottom, right, top), "UTF-8", tuple(said))


def read(source: Source, table: str | None, encoding: str | None = None) -> Made:
    """Return the stops served on a typical weekday, in EPSG:4326, with ``trips_per_day``.

    The remarks say which day that is, and how many stops no trip serves then: those are no service, so they are left
    out. Raises PucError if a table or column is missing or can't be read, no stop has coordinates, nothing runs on a
    Tuesday, Wednesday or Thursday, or what runs serves none of the stops.
    """
    if table not in (None, STOPS):
        raise PucError(refusals.no_table(source, str(table), (STOPS,)))
    with opened(source, encoding) as feed:
        stops = _stops(feed)
        trips = feed.read("trips.txt", ("trip_id", "service_id")).drop_duplicates("trip_id")
        runs = repeats(trips["trip_id"], _frequencies(feed))
        day = _day(feed, trips, runs)
        counts = _counts(feed, stops, trips, runs, day)
    per_day = stops["stop_id"].map(counts).fillna(0.0)
    served = (per_day > 0.0).to_numpy()
    if not served.any():
        raise PucError(gtfs_remarks.none_served(source, day))
    left_out = [] if served.all() else [gtfs_remarks.not_served(source, day, int((~served).sum()))]
    found = stops.assign(trips_per_day=per_day)[served].reset_index(drop=True)
    return found[[*_FIELDS, "geometry"]], [*feed.said, gtfs_remarks.method(source, day), *left_out]


def _stops(feed: Feed) -> GeoDataFrame:
    rows = feed.read("stops.txt", ("stop_id", "stop_name", "stop_lat", "stop_lon"), ("location_type",))
    boarding = rows[rows["location_type"].isin(_BOARDING)].drop_duplicates("stop_id")
    lat, lon = _degrees(boarding["stop_lat"], 90), _degrees(boarding["stop_lon"], 180)
    placed = lat.notna() & lon.notna() & ~((lat == 0) & (lon == 0))
    if not placed.any():
        raise PucError(gtfs_remarks.no_stops(feed.source))
    if not placed.all():
        feed.said.append(gtfs_remarks.without_place(feed.source, int((~placed).sum())))
    kept = boarding[placed]
    names = kept["stop_name"].str.split().str.join(" ")
    columns = {"kind": KIND, "name": names.where(names != ""), "stop_id": kept["stop_id"]}
    points = geopandas.points_from_xy(lon[placed], lat[placed])
    return GeoDataFrame(columns, geometry=points, crs=GEOGRAPHIC, index=kept.index).reset_index(drop=True)


def _degrees(text: pd.Series, most: float) -> pd.Series:
    values = pd.to_numeric(text, errors="coerce").astype(float)
    return values.where(values.abs() <= most)


def _frequencies(feed: Feed) -> pd.DataFrame:
    columns = ("trip_id", "start_time", "end_time", "headway_secs")
    return feed.read("frequencies.txt", columns) if feed.has("frequencies.txt") else _none(columns)


def _day(feed: Feed, trips: pd.DataFrame, runs: pd.Series) -> Day:
    weekly = ("service_id", *WEEKDAYS, "start_date", "end_date")
    dated = ("service_id", "date", "exception_type")
    # Either table may be missing, not both: many Italian feeds give every day by its date.
    by_date = feed.has("calendar_dates.txt")
    exceptions = feed.read("calendar_dates.txt", dated) if by_date else _none(dated)
    calendar = _none(weekly) if by_date and not feed.has("calendar.txt") else feed.read("calendar.txt", weekly)
    per_service = runs.groupby(trips["service_id"].to_numpy()).sum()
    day = typical_day(calendar, exceptions, per_service)
    if day is None:
        raise PucError(gtfs_remarks.no_day(feed.source))
    return day


def _counts(feed: Feed, stops: GeoDataFrame, trips: pd.DataFrame, runs: pd.Series, day: Day) -> pd.Series:
    calls = feed.read("stop_times.txt", ("trip_id", "stop_id"))
    known = calls["trip_id"].isin(trips["trip_id"]) & calls["stop_id"].isin(stops["stop_id"])
    if not known.all():
        feed.said.append(gtfs_remarks.strangers(feed.source, int((~known).sum())))
    running = trips["trip_id"][trips["service_id"].isin(day.services)]
    return trips_at_stops(calls[known], runs[running])


def _none(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in columns})
