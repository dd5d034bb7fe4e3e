"""Which uses planning practice sees in a hazard class: never without the sentence that it is not the law."""

from __future__ import annotations

import pandas as pd

from analyses.hazard.tables import DISCLAIMER, USES
from layers.codelist import Row, rows
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text
from layers.vocabulary import folded

_FLOOD = "_flood"


def uses(classes: pd.DataFrame) -> pd.DataFrame:
    """Return the matrix's row of each hazard, class and source_class of ``classes`` that it knows.

    A source class with a row of its own (Pg3b) has that one, else its national class's.
    """
    told = []
    for hazard, code, source_class in classes[["hazard", "class", "source_class"]].itertuples(index=False):
        row = _row_of(hazard, source_class, code)
        if row is not None:
            told.append({"hazard": hazard, "class": code, "source_class": source_class, **row})
    order = [column.id for column in USES.columns]
    return pd.DataFrame(told).assign(disclaimer=DISCLAIMER.it).reindex(columns=order)


def _row_of(hazard: str, *codes: str) -> Row | None:
    by_code = _by_code(hazard)
    return next((by_code[folded(code)] for code in codes if folded(code) in by_code), None)


def _by_code(hazard: str) -> dict[str, Row]:
    """Return the matrix's rows of a hazard by each class they name: «P3/Pg3a» is two, «P3_flood/A» is of floods."""
    of_hazard = (row for row in rows("hazard_use_matrix") if (_FLOOD in row["hazard_code"]) == (hazard == "flood"))
    return {folded(code.replace(_FLOOD, "")): row for row in of_hazard for code in row["hazard_code"].split("/")}


DISCLAIMED = Problem(
    "uses-not-law",
    Text("Usi per classe di pericolosità", "Uses by hazard class"),
    Text(DISCLAIMER.it[0].lower() + DISCLAIMER.it[1:], DISCLAIMER.en[0].lower() + DISCLAIMER.en[1:]),
    NOTHING,
    NOTHING,
    Severity.INFO,
)
