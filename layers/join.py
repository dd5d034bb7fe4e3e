"""Joining a table to polygons by a key, with both sides' unmatched keys counted and named."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame

from layers.problems import Problem, PucError, Severity
from layers.reference import Join
from layers.source import missing, unreadable
from layers.text import NOTHING, Text, listing, same, say

_ENCODINGS = ("utf-8-sig", "cp1252")
_SEPARATORS = ",;\t|"


def join(layer: GeoDataFrame, how: Join, folder: Path) -> tuple[GeoDataFrame, list[Problem]]:
    """Return ``layer`` with the columns of the table, and what did not match.

    Keys are compared as text; where that finds nothing, without leading zeros (a spreadsheet drops them).
    Raises PucError if the table can't be read, a key column is missing, or a key of the table is there twice.
    """
    path = folder / how.table
    table, said = _read(path)
    _need_column(how.left, [str(name) for name in layer.columns], "--on")
    _need_column(how.right, list(table.columns), path.name)
    keys, index, bare = _keys(layer[how.left], table[how.right])
    twice = sorted(index[index.duplicated()].dropna().unique())
    if twice:
        raise PucError(_key_twice(path, how, twice))
    shared = [name for name in table.columns if name in layer.columns]
    extra = table.set_axis(index, axis=0)[index.notna().to_numpy()].drop(columns=shared)
    joined = layer.join(extra.reindex(keys).set_axis(layer.index, axis=0))
    return joined, [*said, *_remarks(path, how, shared, bare=bare), *_unmatched(path, keys, index)]


def _keys(left: pd.Series, right: pd.Series) -> tuple[pd.Series, pd.Series, bool]:
    texts = [column.map(_key, na_action="ignore").astype(object) for column in (left, right)]
    if texts[0].isin(set(texts[1].dropna())).any():
        return texts[0], texts[1], False
    bare = [column.map(lambda key: key.lstrip("0") or "0", na_action="ignore").astype(object) for column in texts]
    return bare[0], bare[1], bool(bare[0].isin(set(bare[1].dropna())).any())


def _key(value: object) -> str | None:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return text or None


def _read(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    for encoding in _ENCODINGS:
        try:
            text = path.read_text(encoding=encoding)
        except UnicodeDecodeError:
            continue
        except FileNotFoundError as error:
            raise PucError(missing(path)) from error
        except OSError as error:
            raise PucError(unreadable(path)) from error
        return _parsed(path, text)
    raise PucError(unreadable(path))


def _parsed(path: Path, text: str) -> tuple[pd.DataFrame, list[Problem]]:
    rows = _rows(path, text)
    if len(rows) < 2 or len(rows[0]) < 2:
        raise PucError(_not_a_table(path))
    whole = [row for row in rows[1:] if len(row) == len(rows[0])]
    left_out = len(rows) - 1 - len(whole)
    # A spreadsheet leaves columns without a head; of two with the same, the first holds.
    names = pd.Index(rows[0])
    table = pd.DataFrame(whole, columns=names, dtype=object).loc[:, ~names.duplicated() & (names != "")]
    return table, [_rows_left_out(path, left_out)] if left_out else []


def _rows(path: Path, text: str) -> list[list[str]]:
    lines = text.splitlines()
    head = lines[0] if lines else ""
    try:
        return [row for row in csv.reader(lines, delimiter=max(_SEPARATORS, key=head.count)) if row]
    except csv.Error as error:
        raise PucError(_not_a_table(path)) from error


def _need_column(name: str, present: list[str], where: str) -> None:
    if name not in present:
        raise PucError(
            Problem(
                "join-field-missing",
                same(where),
                say("il campo «{f}» non c'è.", "there is no field “{f}”.", f=name),
                NOTHING,
                say("I campi sono: {all}.", "The fields are: {all}.", all=listing(present, most=30)),
            )
        )


def _remarks(path: Path, how: Join, shared: list[str], *, bare: bool) -> list[Problem]:
    hidden = [name for name in shared if name not in (how.left, how.right)]
    return ([_names_taken(path, hidden)] if hidden else []) + ([_zeros_dropped(path)] if bare else [])


def _unmatched(path: Path, keys: pd.Series, index: pd.Series) -> list[Problem]:
    lonely = sorted(set(keys.dropna()) - set(index.dropna()))
    unused = sorted(set(index.dropna()) - set(keys.dropna()))
    said = []
    if lonely:
        said.append(_lonely(path, lonely))
    if unused:
        said.append(_unused(path, unused))
    return said


def _lonely(path: Path, keys: list[str]) -> Problem:
    return Problem(
        "join-unmatched-layer",
        same(path.name),
        say(
            "elementi senza riga nella tabella: {n} ({k}).",
            "features without a row in the table: {n} ({k}).",
            n=len(keys),
            k=listing(keys),
        ),
        Text("I loro valori mancano.", "Their values are missing."),
        Text("Controllare le chiavi dei due dati.", "Check the keys of both."),
        Severity.WARNING,
    )


def _unused(path: Path, keys: list[str]) -> Problem:
    return Problem(
        "join-unmatched-table",
        same(path.name),
        say(
            "righe senza elemento nel livello: {n} ({k}).",
            "rows without a feature in the layer: {n} ({k}).",
            n=len(keys),
            k=listing(keys),
        ),
        Text("I loro valori non vengono usati.", "Their values are not used."),
        severity=Severity.WARNING,
    )


def _rows_left_out(path: Path, count: int) -> Problem:
    return Problem(
        "join-rows-left-out",
        same(path.name),
        say(
            "righe con più o meno colonne dell'intestazione: {n}.",
            "rows with more or fewer columns than the head: {n}.",
            n=count,
        ),
        Text("Non vengono usate.", "They are not used."),
        Text("Correggere quelle righe nella tabella.", "Mend those rows in the table."),
        Severity.WARNING,
    )


def _names_taken(path: Path, names: list[str]) -> Problem:
    return Problem(
        "join-names-taken",
        same(path.name),
        say("il livello ha già i campi {k}.", "the layer has the fields {k} already.", k=listing(names)),
        Text("Valgono quelli del livello, non quelli della tabella.", "The layer's hold, not the table's."),
        Text("Rinominare le colonne della tabella.", "Rename the table's columns."),
        Severity.WARNING,
    )


def _zeros_dropped(path: Path) -> Problem:
    return Problem(
        "join-leading-zeros",
        same(path.name),
        Text(
            "le chiavi coincidono solo senza gli zeri iniziali: sono state confrontate così.",
            "keys match only without leading zeros: they were compared so.",
        ),
        severity=Severity.INFO,
    )


def _key_twice(path: Path, how: Join, keys: list[str]) -> Problem:
    return Problem(
        "join-key-twice",
        same(path.name),
        say("«{f}» ha chiavi ripetute: {k}.", "“{f}” has repeated keys: {k}.", f=how.right, k=listing(keys)),
        Text("Non si sa quale riga vale.", "Which row holds is not known."),
        Text("Lasciare una riga per chiave.", "Leave one row a key."),
    )


def _not_a_table(path: Path) -> Problem:
    return Problem(
        "table-unreadable",
        same(path.name),
        Text("non è una tabella con intestazione e almeno due colonne.", "it is no table with a head and two columns."),
        NOTHING,
        Text("Salvare la tabella in CSV.", "Save the table as CSV."),
    )
