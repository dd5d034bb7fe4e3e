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
    changed, columns, left = np.zeros(len(layer), dtype=bool), dict[str, pd.Series](), list[Text]()
    for name, words in domains.items():
        codes = layer[name].map(word, na_action="ignore").astype(object)
        known = codes.isin(list(words)).to_numpy(bool)
        if known.any():
            columns[name] = codes.map(lambda code, words=words: words.get(code, code), na_action="ignore")
        changed |= known
        left += _unknown(name, codes[~known & codes.notna().to_numpy(bool)], words)
    if not changed.any():
        return Outcome(layer, left=tuple(left))
    used = {name: domains[name] for name in columns}
    mapped = {
        words[code]: role_code
        for words in used.values()
        for code, role_code in context.ref.codes.items()
        if code in words
    }
    ref = replace(context.ref, codes={**context.ref.codes, **mapped})
    mended = layer.assign(**columns)
    area_m2 = float(mended[changed].area.sum())
    return Outcome(mended, layer.index[changed], area_m2, tuple(left), ref=ref, details={"domains": used})


def _unknown(name: str, codes: pd.Series, words: Mapping[str, str]) -> list[Text]:
    strange = sorted(set(codes) - set(words.values()))
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
