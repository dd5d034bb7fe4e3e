"""The figures of soil consumption, declared: the rows of ``soil_indicators.csv``, each with what it is made of."""

from __future__ import annotations

import math
from collections.abc import Mapping

from analyses.formula_reading import read
from analyses.result import FigureSpec
from layers.codelist import is_verified, label, rows
from layers.text import NOTHING, Text

_COLUMNS = {
    "suolo_consumato_ha": "consumed_m2",
    "suolo_consumato_pct": "consumed_m2",
    "procapite_m2ab": "consumed_m2",
    "consumo_lordo_ha": "gross_m2",
    "ripristino_ha": "restored_m2",
    "impermeabilizzazione_pct": "permanent_m2",
} | dict.fromkeys(
    ("consumo_netto_ha", "consumo_netto_annuo_ha", "incremento_pct", "densita_m2ha", "consumo_procapite_m2ab",
     "consumo_marginale", "sdg_11_3_1"),
    "net_m2",
)  # fmt: skip
"""The column of the layer of fragments that each indicator is made of; patches (meff, seff) are no fragments."""

_OF_PATCHES = Text(
    "La frammentazione si misura sulle macchie di suolo libero del raster, che i risultati non conservano.",
    "Fragmentation is measured on the raster's patches of free soil, which the results do not keep.",
)

_RULES: Mapping[str, Text] = {
    "suolo_consumato_ha": Text(
        "Somma delle superfici permanenti (codici 11) e reversibili (12), o consumate senza dettaglio (1), all'ultima "
        "data.",
        "Sum of the permanent (codes 11) and reversible (12) areas, and of those consumed without detail (1), at the "
        "last date.",
    ),
    "consumo_lordo_ha": Text(
        "Superficie non consumata alla prima data e consumata all'ultima.",
        "Area not consumed at the first date and consumed at the last.",
    ),
    "ripristino_ha": Text(
        "Superficie consumata alla prima data e non più all'ultima.",
        "Area consumed at the first date and no longer at the last.",
    ),
    "sdg_11_3_1": Text(
        "Tasso di consumo (consumo netto / suolo consumato alla prima data, all'anno) diviso per il tasso di crescita "
        "della popolazione (logaritmo del rapporto fra i residenti delle due date, all'anno).",
        "Rate of consumption (net consumption / soil consumed at the first date, a year) over the growth rate of the "
        "population (logarithm of the ratio of residents at the two dates, a year).",
    ),
    "meff_cut": Text(
        "Somma dei quadrati delle macchie di suolo libero, tagliate al confine, / superficie territoriale.",
        "Sum of the squares of the patches of free soil, cut at the boundary, / territorial area.",
    ),
    "meff_cbc": Text(
        "Somma, per ogni macchia di suolo libero, della parte dentro il confine × la macchia intera, / superficie "
        "territoriale.",
        "Sum, for each patch of free soil, of its part within the boundary × the whole patch, / territorial area.",
    ),
}
"""In words, the indicators whose formula in the codelist is none of other indicators."""

FIGURES: tuple[FigureSpec, ...] = tuple(
    FigureSpec(
        row["id"],
        label(row, "name"),
        row["unit"],
        max(0, -round(math.log10(float(row["precision"])))),
        row["formula"],
        is_verified(row),
        f"fragments.{_COLUMNS[row['id']]}" if row["id"] in _COLUMNS else "",
        formula=read(row["formula"].partition(";")[0].rpartition(":")[2]),
        rule=_RULES.get(row["id"], NOTHING),
        no_pieces=NOTHING if row["id"] in _COLUMNS else _OF_PATCHES,
    )
    for row in rows("soil_indicators")
)
