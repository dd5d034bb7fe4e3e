"""Numbers that stand for words become the words: by the domains a source carries, or by a table of two columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from layers.mends.mend import Context, Mend, Outcome
from layers.mends.settings import Pairs, Values
from layers.shaping import word
from layers.text import Text, listing, say


def decode(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` with the words of ``context.domains`` in place of their codes.

    A code without words stays as it is and is told. Where the study maps a code, it then maps its words.
    """
    domains = {name: words for name, words in context.domains.items() if name in layer.columns}
    codes = {name: layer[name].map(word, na_action="ignore").astype(object) for name in domains}
    known = {name: codes[name].isin(list(words)).to_numpy(bool) for name, words in domains.items()}
    left = tuple(text for name in domains for text in _unknown(name, codes[name][~known[name]], domains[name]))
    used = {name: words for name, words in domains.items() if known[name].any()}
    if not used:
        return Outcome(layer, left=left)
    mended = layer.assign(**{name: _said(codes[name], words) for name, words in used.items()})
    changed = np.logical_or.reduce([known[name] for name in used])
    ref = replace(context.ref, codes=_mapped(context.ref.codes, used))
    area_m2 = float(mended[changed].area.sum())
    return Outcome(mended, layer.index[changed], area_m2, left, ref=ref, details={"domains": used})


def _said(codes: pd.Series, words: Mapping[str, str]) -> pd.Series:
    return codes.map(lambda code: words.get(code, code), na_action="ignore")


def _mapped(codes: Mapping[str, str], domains: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Return the study's mapping of codes with that of the words that now stand for them."""
    words = {said: codes[code] for known in domains.values() for code, said in known.items() if code in codes}
    return {**codes, **words}


def _unknown(name: str, codes: pd.Series, words: Mapping[str, str]) -> list[Text]:
    strange = sorted(set(codes.dropna()) - set(words.values()))
    if not strange:
        return []
    return [
        say(
            "«{f}»: codici senza parole, rimasti: {c}.",
            "“{f}”: codes without words, left: {c}.",
            f=name,
            c=listing(strange, most=12),
        )
    ]


DECODE = Mend(
    "decode",
    Text("Scrive le parole al posto dei codici", "Writes words in place of codes"),
    Text(
        "Secondo i domini del GeoPackage, o una tabella di due colonne (decode=CAMPO=tabella.csv).",
        "By the domains of the GeoPackage, or a table of two columns (decode=FIELD=table.csv).",
    ),
    decode,
    Text(
        "Le analisi leggono i codici; le parole servono a chi guarda il dato.",
        "Analyses read the codes; words are for whoever looks at the data.",
    ),
    is_safe=False,
    settings=(Pairs("tables", Text("Tabelle", "Tables")),),
)
