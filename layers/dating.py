"""Of which year a dataset is: by the name of its file, or by a field of dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from layers.sampling import Column
from layers.text import Text, say

FIRST, LAST = 1950, 2049

# A version («V2020») is the year of nothing; the last two forms are ISTAT's and Copernicus' own (R07_21_WGS84, clc18).
_VERSION = re.compile(r"(?<![a-z])v(?:er|ers)?[ _.]?\d{4}", re.IGNORECASE)
_IN_NAME = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[01]\d[0-3]\d)?(?!\d)"),
    re.compile(r"(?<!\d)[0-3]\d[01]\d((?:19|20)\d\d)(?!\d)"),
    re.compile(r"r\d{2,3}_([012]1)_wgs84", re.IGNORECASE),
    re.compile(r"(?:clc|code_|ua)([0129]\d)(?!\d)", re.IGNORECASE),
)
_DATE = re.compile(
    r"((?:19|20)\d\d)(?:$|[-/.]\d\d?[-/.]\d\d?(?!\d).*|[01]\d[0-3]\d$)|\d\d?[-/.]\d\d?[-/.]((?:19|20)\d\d)$"
)
_DATE_FIELD = re.compile(r"_*(dat[ae]?[a-z_]*|anno|year|rilievo|aggiorn[a-z]*|inizio_?validita)\d*_*", re.IGNORECASE)


@dataclass(frozen=True)
class Dated:
    """A year, and what says so."""

    year: int
    why: Text


def of_name(name: str) -> Dated | None:
    """Return the one year that a dataset's name tells; None where it tells none or several."""
    found = {year for year in _years(_VERSION.sub("", name)) if FIRST <= year <= LAST}
    if len(found) != 1:
        return None
    year = found.pop()
    return Dated(year, say("il nome dice {y}", "the name says {y}", y=year))


def of_fields(columns: Mapping[str, Column]) -> tuple[tuple[str, Mapping[int, int]], ...]:
    """Return each field of dates with how many of the rows looked at are of which year."""
    dated = ((name, _dates(column)) for name, column in columns.items() if _DATE_FIELD.fullmatch(name))
    return tuple((name, years) for name, years in dated if years)


def of_dataset(name: str, columns: Mapping[str, Column]) -> Dated | None:
    """Return the year of the name, else the only one in the one field of dates; None where that is not clear."""
    if (told := of_name(name)) is not None:
        return told
    found = of_fields(columns)
    if len(found) != 1 or len(found[0][1]) != 1:
        return None
    field, years = found[0]
    year = next(iter(years))
    return Dated(year, say("il campo «{f}» dice {y}", "the field “{f}” says {y}", f=field, y=year))


def _years(name: str) -> Iterator[int]:
    for form in _IN_NAME:
        for words in form.findall(name):
            yield int(words) if len(words) == 4 else _long(int(words))


def _long(short: int) -> int:
    return short + (1900 if short >= FIRST % 100 else 2000)


def _dates(column: Column) -> Mapping[int, int]:
    """Return the years of a column of dates; nothing if some of its values are none."""
    years = Counter[int]()
    for value, count in column.values.items():
        found = _DATE.match(value)
        if found is None:
            return {}
        years[int(found[1] or found[2])] += count
    return years if all(FIRST <= year <= LAST for year in years) else {}
