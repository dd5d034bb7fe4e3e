"""From a delivered table to a role: choose features, map fields, fill in values, recode."""

from __future__ import annotations

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from layers.problems import Problem, Severity
from layers.reference import LayerRef
from layers.selection import select
from layers.spec import Field, Kind, Role
from layers.text import NOTHING, Text, listing, say


def shape(raw: GeoDataFrame, role: Role, ref: LayerRef) -> tuple[GeoDataFrame, list[Problem]]:
    """Return ``raw`` with the role's fields, and what there is to say.

    Fields the role does not have stay behind, but for the numbers it carries. A role field without mapping is taken
    from a column of the same name.
    Raises PucError if ``where`` can't be read.
    """
    chosen = select(raw, ref.where) if ref.where else raw
    said = [_left_out(role, len(raw) - len(chosen), ref.where)] if ref.where else []
    columns: dict[str, pd.Series] = {}
    for field in role.fields:
        column, problems = _column(chosen, field, role, ref)
        said += problems
        if column is not None:
            columns[field.name] = column
    for name in role.carries:
        if name in chosen.columns and name not in columns:
            columns[name] = _finite(pd.to_numeric(chosen[name], errors="coerce"))
    geometry = chosen.geometry
    return GeoDataFrame(columns, geometry=geometry, crs=raw.crs, index=chosen.index), said


def _column(raw: GeoDataFrame, field: Field, role: Role, ref: LayerRef) -> tuple[pd.Series | None, list[Problem]]:
    if field.name in ref.values:
        column = pd.Series(ref.values[field.name], index=raw.index, dtype=object)
        return _typed(column, field, role, ref)
    wanted = ref.fields.get(field.name, field.name)
    if wanted in raw.columns and wanted != raw.geometry.name:
        return _typed(raw[wanted], field, role, ref)
    if field.name in ref.fields:
        return None, [_no_column(role, field, wanted, [str(name) for name in raw.columns])]
    return None, []


def _typed(column: pd.Series, field: Field, role: Role, ref: LayerRef) -> tuple[pd.Series, list[Problem]]:
    if field.kind is Kind.NUMBER:
        return _numbers(column, field, role)
    words = _stripped(column) if column.dtype == "str" else _words(column.map(word, na_action="ignore"))
    if field.codes is None:
        return words, []
    return _coded(words.map(lambda each: ref.codes.get(each, each), na_action="ignore"), field, role)


def _words(column: pd.Series) -> pd.Series:
    """Return text with None, never NaN or a blank, where there is none."""
    words = column.astype(object)
    return words.where(words.notna() & (words != ""), None)


def _stripped(column: pd.Series) -> pd.Series:
    """Return what ``_words`` of each ``word`` would be, in one pass: tables have mostly text, and much of it."""
    words = column.to_numpy(dtype=object, na_value=None)
    stripped = np.empty(len(words), dtype=object)
    stripped[:] = [(each.strip() or None) if each else None for each in words]
    return pd.Series(stripped, index=column.index, name=column.name, dtype=object)


def word(value: object) -> str:
    """Return ``value`` as text; a whole number kept as float (a column with gaps) loses its «.0»."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _numbers(column: pd.Series, field: Field, role: Role) -> tuple[pd.Series, list[Problem]]:
    if column.dtype.kind in "iuf":
        return _finite(column), []
    text = column.map(lambda value: str(value).strip().replace(",", "."), na_action="ignore")
    numbers = _finite(pd.to_numeric(text, errors="coerce"))
    bad = sorted(set(text[numbers.isna() & text.notna() & (text != "")]))
    return numbers, [_not_numbers(role, field, bad, int(text.isin(bad).sum()))] if bad else []


def _finite(column: pd.Series) -> pd.Series:
    numbers = column.astype(float)
    return numbers.where(np.isfinite(numbers))


def _coded(words: pd.Series, field: Field, role: Role) -> tuple[pd.Series, list[Problem]]:
    assert field.codes is not None
    meaning = {each: field.codes.canonical(each) for each in words.dropna().unique()}
    unknown = sorted(each for each, code in meaning.items() if code is None)
    kept = _words(words.map(lambda each: meaning[each] or each, na_action="ignore"))
    count = int(words.isin(unknown).sum())
    return kept, [_unknown_codes(role, field, unknown, count)] if unknown else []


def _left_out(role: Role, count: int, where: str | None) -> Problem:
    return Problem(
        "selection-applied",
        role.title,
        say("elementi esclusi da «{w}»: {n}.", "features left out by “{w}”: {n}.", n=count, w=where),
        Text("Non contano in nessun conto.", "They count in no sum."),
        Text("Cambiare l'espressione di --where, se dovevano contare.", "Change --where, if they should count."),
        Severity.INFO,
    )


def _no_column(role: Role, field: Field, wanted: str, present: list[str]) -> Problem:
    return Problem(
        "field-mapped-missing",
        role.title,
        say(
            "il campo «{w}», indicato per «{f}», non c'è nel dato.",
            "the field “{w}”, named for “{f}”, is not in the data.",
            w=wanted,
            f=field.label,
        ),
        NOTHING,
        say("I campi del dato sono: {all}.", "The data's fields are: {all}.", all=listing(present, most=30)),
    )


def _not_numbers(role: Role, field: Field, bad: list[str], count: int) -> Problem:
    return Problem(
        "field-not-number",
        role.title,
        say(
            "«{f}» contiene valori che non sono numeri: {v}.",
            "“{f}” holds non-numbers: {v}.",
            f=field.label,
            v=listing(bad),
        ),
        say("Valori che contano come mancanti: {n}.", "Values that count as missing: {n}.", n=count),
        Text("Correggerli nel dato, o indicare un altro campo con --field.", "Mend the data, or name another --field."),
        Severity.WARNING,
    )


def _unknown_codes(role: Role, field: Field, unknown: list[str], count: int) -> Problem:
    return Problem(
        "code-unknown",
        role.title,
        say(
            "«{f}» ha codici non noti: {v}.",
            "“{f}” holds unknown codes: {v}.",
            f=field.label,
            v=listing(unknown, most=12),
        ),
        say(
            "Elementi che restano con il loro codice, non classificati: {n}.",
            "Features that keep their code, unclassified: {n}.",
            n=count,
        ),
        Text(
            "Dare a ogni codice il suo significato con --code VALORE=CODICE.",
            "Give each code its meaning with --code VALUE=CODE.",
        ),
        Severity.WARNING,
    )
