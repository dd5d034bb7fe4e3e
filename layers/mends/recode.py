"""The office's own codes become the role's, as the study maps them; the delivered column stays beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from layers.mends.mend import Context, Mend, Outcome
from layers.mends.settings import Pairs, Values
from layers.reference import LayerRef
from layers.shaping import shape, word
from layers.spec import Field
from layers.text import Text


def recode(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` with a column named after each coded field of the role, in the role's own codes.

    It is what every reading of the layer does with ``fields`` and ``codes``, done once; the study then needs neither.
    Codes that nothing maps stay as they are and are told. ``details`` counts each old value → new value.
    """
    said = values["codes"]
    ref = replace(context.ref, where=None, codes={**context.ref.codes, **(said if isinstance(said, Mapping) else {})})
    coded = [field for field in context.role.fields if _is_there(layer, field, ref)]
    shaped, problems = shape(layer, context.role, ref)
    columns = {field.name: shaped[field.name] for field in coded}
    changes = {field.name: _changes(layer[_source(field, ref)], columns[field.name]) for field in coded}
    changed = np.zeros(len(layer), dtype=bool)
    for field in coded:
        changed |= _differ(layer[_source(field, ref)], columns[field.name])
    left = tuple(problem.message for problem in problems if problem.code == "code-unknown")
    if not changed.any():
        return Outcome(layer, left=left)
    fields = {name: source for name, source in ref.fields.items() if name not in columns}
    mended = layer.assign(**columns)
    area_m2 = float(mended[changed].area.sum())
    after = replace(ref, fields=fields, values=_coded_values(context, ref), codes={})
    return Outcome(mended, layer.index[changed], area_m2, left, ref=after, details={"codes": changes})


def _source(field: Field, ref: LayerRef) -> str:
    return ref.fields.get(field.name, field.name)


def _is_there(layer: GeoDataFrame, field: Field, ref: LayerRef) -> bool:
    return field.codes is not None and field.name not in ref.values and _source(field, ref) in layer.columns


def _coded_values(context: Context, ref: LayerRef) -> Mapping[str, str]:
    """Return the values that stand for every feature, where they are codes in the role's own."""
    coded = {field.name for field in context.role.fields if field.codes is not None}
    return {name: ref.codes.get(value, value) if name in coded else value for name, value in ref.values.items()}


def _words(column: pd.Series) -> pd.Series:
    return column.map(word, na_action="ignore").astype(object).where(column.notna(), "")


def _differ(before: pd.Series, after: pd.Series) -> np.ndarray:
    return (_words(before) != _words(after)).to_numpy(bool)


def _changes(before: pd.Series, after: pd.Series) -> dict[str, int]:
    moved = _differ(before, after)
    pairs = _words(before)[moved] + " → " + _words(after)[moved]
    return {str(pair): int(count) for pair, count in pairs.value_counts().sort_index().items()}


RECODE = Mend(
    "recode",
    Text("Scrive i codici del ruolo", "Writes the role's codes"),
    Text(
        "I codici dell'ufficio diventano quelli del ruolo, secondo la corrispondenza dello studio o quella data qui; "
        "la colonna consegnata resta.",
        "The office's codes become the role's, by the study's mapping or the one given here; the delivered column "
        "stays.",
    ),
    recode,
    Text("È la traduzione che ogni analisi fa comunque.", "It is the translation every analysis does anyway."),
    settings=(Pairs("codes", Text("Corrispondenze", "Mapping")),),
    suits=lambda role: any(field.codes is not None for field in role.fields),
)
