"""Tables as layers, where their rows say a place, and as columns to join, where they say none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.formats import catalogue, refusals, sheets
from layers.formats.looking import Look
from layers.formats.place_remarks import no_place, rows_without_place
from layers.formats.places import Placed, place
from layers.formats.table_text import Records, not_a_table, records
from layers.problems import Problem, PucError, Severity
from layers.source import Source, locate, missing, unreadable
from layers.text import NOTHING, Text, listing, same, say


@dataclass(frozen=True)
class Table:
    """Columns of text, indexed by the row's place in its file, and what there is to say."""

    frame: pd.DataFrame
    encoding: str
    said: tuple[Problem, ...]


def tables(source: Source) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook, or of the file itself."""
    if sheets.is_workbook(source.path.name, source.inside):
        return sheets.names(source.content(), source.name)
    return (source.stem,)


LARGE_BYTES = 8 << 20
"""A text table up to this size is looked at to its end; of a larger one the head, and its lines are counted."""

_HEAD_BYTES = 1 << 18


def look(source: Source, name: str) -> Look:
    """Return what the table ``name`` holds. Text has no summary, so it is read to the end, unless it is large."""
    if is_large(source) and name in tables(source):
        return _look_at_head(source, name, source.content())
    return _seen(source, name, _held(source, name, None))


def is_large(source: Source) -> bool:
    """Tell whether a text table is looked at by its head alone; UTF-16 is not cut, and a workbook is always opened."""
    if sheets.is_workbook(source.path.name, source.inside):
        return False
    content = source.content()
    return len(content) > LARGE_BYTES and b"\0" not in content[:4]


def head(source: Source, name: str, rows: int) -> pd.DataFrame:
    """Return at most the first ``rows`` rows of the table ``name``, with geometry where columns say a place.

    Raises PucError if it is no table.
    """
    if sheets.is_workbook(source.path.name, source.inside):
        frame = _held(source, name, None).frame[:rows]
    else:
        frame = _table(_beginning(source.content(), source.name), source.name).frame[:rows]
    placed = place(frame, source.name)
    if placed is None:
        return frame.reset_index(drop=True)
    return GeoDataFrame(frame, geometry=placed.geometry).reset_index(drop=True)


def _look_at_head(source: Source, name: str, content: bytes) -> Look:
    seen = _seen(source, name, _table(_beginning(content, source.name), source.name))
    lines = max(content.count(b"\n"), content.count(b"\r")) + (not content.endswith((b"\n", b"\r"))) - 1
    return replace(seen, features=lines, extent=None, remarks=(*seen.remarks, _head_only(source.name)))


def _beginning(content: bytes, name: str) -> Records:
    """Return the records in the first part of a text; where it is cut, the last one may be broken and stays out."""
    if len(content) <= _HEAD_BYTES or b"\0" in content[:4]:
        return records(content, name)
    cut = max(content.rfind(b"\n", 0, _HEAD_BYTES), content.rfind(b"\r", 0, _HEAD_BYTES))
    found = records(content[: cut + 1] if cut > 0 else content, name)
    return replace(found, rows=found.rows[:-1], lines=found.lines[:-1]) if cut > 0 else found


def _seen(source: Source, name: str, held: Table) -> Look:
    placed = place(held.frame, source.name)
    geometry = np.array([], dtype=object) if placed is None else placed.geometry
    there = geometry[~shapely.is_missing(geometry)]
    kinds = {str(kind) for kind in shapely.get_type_id(there)}
    return Look(
        name,
        "None" if not there.size else there[0].geom_type if len(kinds) == 1 else "Unknown",
        None if placed is None else _stated(placed),
        len(there) if there.size else len(held.frame),
        dict.fromkeys(map(str, held.frame.columns), "str"),
        tuple(shapely.total_bounds(there).tolist()) if there.size else None,
        held.encoding,
        held.said if placed is None else (*held.said, *_told(source, held, placed)),
    )


def read(source: Source, name: str | None, encoding: str | None = None) -> tuple[GeoDataFrame, list[Problem]]:
    """Return the rows of ``name`` whose place can be read, and how many can't.

    The CRS is unknown, unless extended WKT states it in every row. Raises PucError if the table can't be read or no
    column says a place.
    """
    held = _held(source, name or _only(source), encoding)
    placed = place(held.frame, source.name)
    if placed is None or shapely.is_missing(placed.geometry).all():
        raise PucError(no_place(source.name))
    layer = GeoDataFrame(held.frame, geometry=placed.geometry, crs=_stated(placed))
    whole = layer[~shapely.is_missing(placed.geometry)].reset_index(drop=True)
    return whole, [*held.said, *_told(source, held, placed)]


def read_columns(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the columns of the table at ``path``, as text, for a join; of a workbook, those of its first sheet.

    Raises PucError if it is missing, can't be read or is no table.
    """
    content, name = _packed(path) if path.suffix.lower() == catalogue.ARCHIVE else (_content(path), path.name)
    found = _first_sheet(content, name) if sheets.is_workbook(name) else records(content, name)
    held = _table(found, name)
    return held.frame.reset_index(drop=True), list(held.said)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PucError(missing(path)) from error
    except OSError as error:
        raise PucError(unreadable(path)) from error


def _packed(path: Path) -> tuple[bytes, str]:
    """Return the content and the name of the one table in a zip, as ISTAT ships the variables of the census."""
    source = locate(path)
    if not source.format.is_table:
        raise PucError(not_a_table(source.name))
    return source.content(), source.name


def _first_sheet(content: bytes, name: str) -> Records:
    found = sheets.names(content, name)
    if not found:
        raise PucError(not_a_table(name))
    first = sheets.records(content, name, found[0])
    return replace(first, said=(_other_sheets(name, found),)) if len(found) > 1 else first


def _held(source: Source, name: str, encoding: str | None) -> Table:
    names = tables(source)
    if name not in names:
        raise PucError(refusals.no_table(source, name, names))
    if sheets.is_workbook(source.path.name, source.inside):
        return _table(sheets.records(source.content(), source.name, name), source.name)
    return _table(records(source.content(), source.name, encoding), source.name)


def _only(source: Source) -> str:
    names = tables(source)
    if len(names) != 1:
        raise PucError(refusals.choose_table(source, names))
    return names[0]


def _table(found: Records, name: str) -> Table:
    if len(found.rows) < 2 or len(found.rows[0]) < 2:
        raise PucError(not_a_table(name))
    head = [cell.strip() for cell in found.rows[0]]
    whole = [at for at, row in enumerate(found.rows) if at and len(row) == len(head)]
    # A spreadsheet leaves columns without a head; of two with the same, the first holds.
    names = pd.Index(head)
    frame = pd.DataFrame(
        [found.rows[at] for at in whole], index=[found.lines[at] for at in whole], columns=names, dtype=object
    ).loc[:, ~names.duplicated() & (names != "")]
    left_out = len(found.rows) - 1 - len(whole)
    return Table(frame, found.encoding, (*found.said, _rows_left_out(name, left_out)) if left_out else found.said)


def _told(source: Source, held: Table, placed: Placed) -> list[Problem]:
    nowhere = held.frame.index[shapely.is_missing(placed.geometry)].tolist()
    return [*placed.said, rows_without_place(source.name, nowhere)] if nowhere else list(placed.said)


def _stated(placed: Placed) -> CRS | None:
    try:
        return CRS.from_epsg(placed.srid) if placed.srid else None
    except CRSError:
        return None


def _other_sheets(name: str, found: tuple[str, ...]) -> Problem:
    return Problem(
        "table-sheets-left-out",
        same(name),
        say(
            "letto solo il primo foglio, «{f}»; gli altri: {o}.",
            "only the first sheet, “{f}”, was read; the others: {o}.",
            f=found[0],
            o=listing(list(found[1:])),
        ),
        NOTHING,
        Text(
            "Per unire un altro foglio, metterlo per primo o salvarlo in CSV.",
            "To join another sheet, put it first or save it as CSV.",
        ),
        Severity.INFO,
    )


def _head_only(name: str) -> Problem:
    return Problem(
        "table-head-only",
        same(name),
        Text(
            "tabella grande: guardate solo le prime righe, le altre contate dalle andate a capo.",
            "a large table: only its first rows were looked at, the others counted by their line ends.",
        ),
        Text(
            "Il numero di righe può essere più alto del vero; l'estensione non è detta.",
            "The number of rows may be higher than it is; the extent is not told.",
        ),
        Text("Con «add» la tabella viene letta tutta.", "With “add” the table is read whole."),
        Severity.INFO,
    )


def _rows_left_out(name: str, count: int) -> Problem:
    return Problem(
        "join-rows-left-out",
        same(name),
        say(
            "righe con più o meno colonne dell'intestazione: {n}.",
            "rows with more or fewer columns than the head: {n}.",
            n=count,
        ),
        Text("Non vengono usate.", "They are not used."),
        Text("Correggere quelle righe nella tabella.", "Mend those rows in the table."),
        Severity.WARNING,
    )
