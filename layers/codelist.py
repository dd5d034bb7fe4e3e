"""Official codes and editable defaults, as CSV beside this file; each row with its status and source."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from layers.text import Text

Row = Mapping[str, str]

VERIFIED = ("verified", "derived")


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return every row of ``layers/codelists/<name>.csv``, in the file's order."""
    text = files("layers").joinpath("codelists", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def label(row: Row, stem: str = "label") -> Text:
    """Return the row's label in both languages; the Italian one stands in where there is no English."""
    italian = row[f"{stem}_it"]
    return Text(italian, row.get(f"{stem}_en") or italian)


def is_verified(row: Row) -> bool:
    """Tell whether the row was read in a public source; otherwise it is an editable default, and marked."""
    return row["status"] in VERIFIED
