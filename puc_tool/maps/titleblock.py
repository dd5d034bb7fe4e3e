"""The title block: its fields by the code list, filled from the sheet and from what the office gives."""

from __future__ import annotations

from layers.codelist import label, rows
from layers.text import NOTHING, Text, long_date, same, say
from puc_tool.maps.sheet import Sheet, SourceLine

# Drawn by the page itself, or kept with the sources rather than in the title block.
_DRAWN = ("nord", "scala_grafica", "legenda", "fonti", "elaborato", "codice", "scala", "foglio", "data")
_WITH_SOURCES = ("crs", "base", "licenza")


def title_block(sheet: Sheet, scale: Text) -> dict[str, tuple[Text, Text]]:
    """Return label and value of every field; what the sheet knows itself is filled in, the rest may be empty."""
    own = {
        "elaborato": sheet.title,
        "codice": same(sheet.code),
        "scala": scale,
        "foglio": say("{i} di {n}", "{i} of {n}", i=sheet.number, n=sheet.count),
        "data": long_date(sheet.day) if sheet.day else NOTHING,
    }
    given = {**sheet.title_block, **own}
    return {row["id"]: (label(row), given.get(row["id"], NOTHING)) for row in rows("titleblock_fields")}


def empty_fields(sheet: Sheet) -> tuple[Text, ...]:
    """Return the labels of required fields that nobody filled; CRS and licence are checked on their own."""
    wanted = [row for row in rows("titleblock_fields") if row["required"] == "1"]
    skipped = (*_DRAWN, "crs", "licenza")
    return tuple(label(row) for row in wanted if row["id"] not in skipped and not sheet.title_block.get(row["id"]))


def references(sheet: Sheet) -> tuple[SourceLine, ...]:
    """Return CRS, base map and licence as source lines: they are printed there."""
    labels = {row["id"]: label(row) for row in rows("titleblock_fields")}
    given = ((key, sheet.title_block.get(key, NOTHING)) for key in _WITH_SOURCES)
    return tuple(SourceLine(labels[key], say("{w}.", "{w}.", w=words)) for key, words in given if words)
