"""Why a GTFS timetable is refused, and what is to be said of one that is read."""

from __future__ import annotations

from layers.formats.gtfs_timetable import Day
from layers.problems import Problem, Severity
from layers.source import Source
from layers.text import NOTHING, Text, long_date, number, same, say

_WEEKDAYS = {1: Text("martedì", "Tuesday"), 2: Text("mercoledì", "Wednesday"), 3: Text("giovedì", "Thursday")}
_AGAIN = Text("Chiedere una nuova copia a chi gestisce il servizio.", "Ask whoever runs the service for a new copy.")
_STAYS_OUT = Text("Le fermate non entrano nello studio.", "The stops do not enter the study.")


def method(source: Source, day: Day) -> Problem:
    """Return how the trips per day were counted, and on which day."""
    return Problem(
        "gtfs-day",
        same(source.name),
        say(
            "corse al giorno contate per {w} {d}: fra i martedì, mercoledì e giovedì dell'orario ({a} – {b}) "
            "il primo con più corse, {n}.",
            "trips per day counted for {w} {d}: of the timetable's Tuesdays, Wednesdays and Thursdays ({a} – {b}) "
            "the first with most trips, {n}.",
            w=_WEEKDAYS[day.when.weekday()],
            d=long_date(day.when),
            a=long_date(day.first),
            b=long_date(day.last),
            n=number(day.trips),
        ),
        severity=Severity.INFO,
    )


def not_served(source: Source, day: Day, count: int) -> Problem:
    """Return the remark on stops that no trip serves on the day counted."""
    return Problem(
        "gtfs-stop-without-trips",
        same(f"{source.name}/stops.txt"),
        say(
            "fermate dove {w} {d} non passa alcuna corsa: {n}.",
            "stops that no trip serves on {w} {d}: {n}.",
            w=_WEEKDAYS[day.when.weekday()],
            d=long_date(day.when),
            n=count,
        ),
        Text(
            "Non contano come fermate servite: restano fuori.", "They do not count as served stops: they are left out."
        ),
        severity=Severity.WARNING,
    )


def none_served(source: Source, day: Day) -> Problem:
    """Return the problem of a feed whose trips of the day counted serve none of its stops."""
    return Problem(
        "gtfs-no-served-stop",
        same(source.name),
        say(
            "nessuna corsa di {w} {d} passa da una fermata con coordinate.",
            "no trip of {w} {d} serves a stop with coordinates.",
            w=_WEEKDAYS[day.when.weekday()],
            d=long_date(day.when),
        ),
        _STAYS_OUT,
        _AGAIN,
    )


def no_day(source: Source) -> Problem:
    """Return the problem of a timetable in which nothing runs on a Tuesday, Wednesday or Thursday."""
    return Problem(
        "gtfs-no-day",
        same(source.name),
        Text(
            "nell'orario nessuna corsa circola di martedì, mercoledì o giovedì.",
            "in the timetable no trip runs on a Tuesday, Wednesday or Thursday.",
        ),
        Text("Le corse di un giorno tipo non si possono contare.", "The trips of a typical day can't be counted."),
        Text(
            "Controllare calendar.txt e calendar_dates.txt, o chiedere una nuova copia.",
            "Look at calendar.txt and calendar_dates.txt, or ask for a new copy.",
        ),
    )


def no_table(source: Source, table: str) -> Problem:
    """Return the problem of a feed without a table it needs."""
    return Problem(
        "gtfs-table-missing",
        same(source.name),
        say("nell'orario GTFS manca «{t}».", "the GTFS timetable has no “{t}”.", t=table),
        _STAYS_OUT,
        _AGAIN,
    )


def no_column(source: Source, table: str, column: str) -> Problem:
    """Return the problem of a table without a column it needs."""
    return Problem(
        "gtfs-column-missing",
        same(f"{source.name}/{table}"),
        say("manca la colonna «{c}».", "the column “{c}” is missing.", c=column),
        _STAYS_OUT,
        _AGAIN,
    )


def unreadable(source: Source, table: str) -> Problem:
    """Return the problem of a table that is damaged, locked or no text."""
    return Problem(
        "source-broken",
        same(f"{source.name}/{table}"),
        Text(
            "la tabella non si legge: è rotta, protetta o non è testo.",
            "the table can't be read: it is broken, locked or no text.",
        ),
        _STAYS_OUT,
        _AGAIN,
    )


def too_large(source: Source, table: str, most: int) -> Problem:
    """Return the problem of a table larger than ``most`` bytes, unpacked."""
    return Problem(
        "source-too-large",
        same(f"{source.name}/{table}"),
        say(
            "decompressa, la tabella supera {n} MB.", "unpacked, the table is over {n} MB.", n=number(most / (1 << 20))
        ),
        Text("Riempirebbe la memoria: non viene letta.", "It would fill the memory: it is not read."),
        Text("Chiedere l'orario della sola città.", "Ask for the timetable of the city alone."),
    )


def rows_cut(source: Source, table: str, count: int) -> Problem:
    """Return the remark on rows with more or fewer cells than the head."""
    return Problem(
        "gtfs-rows-left-out",
        same(f"{source.name}/{table}"),
        say(
            "righe con più o meno colonne dell'intestazione: {n}.",
            "rows with more or fewer columns than the head: {n}.",
            n=count,
        ),
        Text("Non vengono usate.", "They are not used."),
        severity=Severity.WARNING,
    )


def strangers(source: Source, count: int) -> Problem:
    """Return the remark on stop times whose trip or stop is in no table."""
    return Problem(
        "gtfs-unknown-reference",
        same(f"{source.name}/stop_times.txt"),
        say(
            "passaggi di una corsa o a una fermata che non si conosce: {n}.",
            "calls by a trip or at a stop that is not known: {n}.",
            n=number(count),
        ),
        Text("Non vengono contati.", "They are not counted."),
        severity=Severity.WARNING,
    )


def without_place(source: Source, count: int) -> Problem:
    """Return the remark on stops whose coordinates are missing or impossible."""
    return Problem(
        "gtfs-stop-without-place",
        same(f"{source.name}/stops.txt"),
        say(
            "fermate con coordinate che mancano o non esistono: {n}.",
            "stops with missing or impossible coordinates: {n}.",
            n=count,
        ),
        Text("Restano fuori.", "They are left out."),
        severity=Severity.WARNING,
    )


def no_stops(source: Source) -> Problem:
    """Return the problem of a feed of which no stop can be placed."""
    return Problem(
        "layer-empty",
        same(f"{source.name}/stops.txt"),
        Text("nessuna fermata ha coordinate.", "no stop has coordinates."),
        NOTHING,
        _AGAIN,
    )
