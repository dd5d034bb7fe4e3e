"""Joining a table to polygons by a key, with both sides' unmatched keys counted and named."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame

from layers.formats.table import read_columns
from layers.problems import Problem, PucError, Severity
from layers.reference import Join
from layers.text import NOTHING, Text, listing, same, say


def join(layer: GeoDataFrame, how: Join, folder: Path) -> tuple[GeoDataFrame, list[Problem]]:
    """Return ``layer`` with the columns of the table, and what did not match.

    Keys are compared as text; where that finds nothing, without leading zeros (a spreadsheet drops them).
    Raises PucError if the table can't be read, a key column is missing, or a key of the table is there twice.
    """
    path = folder / how.table
    table, said = read_columns(path)
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
