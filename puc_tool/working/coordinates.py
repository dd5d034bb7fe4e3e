"""Coordinates as people write them: metres of the study, degrees with decimals, degrees, minutes and seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyproj import CRS, Transformer

from layers.crs import GEOGRAPHIC
from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, same, say

WHERE = Text("Coordinate", "Coordinates")
_SEXAGESIMAL = re.compile(
    r"""(\d{1,3})\s*°\s*(?:(\d{1,2})\s*['′]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|″|'')\s*)?([NSEWO])""", re.IGNORECASE
)
_NUMBER = re.compile(r"[-+]?\d[\d.,]*")
_PARTING_COMMA = re.compile(r",\s+|(?<=\d{6}),(?=[-+]?\d{6})|,(?=[-+]?\d{1,3}\.\d{4,})")
"""A comma that parts two numbers: before a blank, between long whole numbers, before a number with many decimals."""
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_MOST_DEGREES = 180.0


def place_of(words: str, crs: CRS) -> tuple[float, float]:
    """Return east and north (m of ``crs``) of what somebody wrote.

    Understood are «567000 4884000» and «567.000,5 4.884.000,5» (east first, as maps print them), «44,1024 9,8241»
    (latitude first, as phones give it) and «44°06'08"N 9°49'27"E» in either order. Degrees are WGS 84.

    Raises PucError if it is none of these.
    """
    degrees = _of_signs(words) or _of_decimals(words)
    if degrees is not None:
        return _in_metres(*degrees, crs)
    found = _numbers(words)
    if len(found) != 2:
        raise PucError(_not_understood(words))
    return found[0], found[1]


def _of_signs(words: str) -> tuple[float, float] | None:
    """Return latitude and longitude written with degree signs and letters."""
    found = dict(_angles(words))
    return (found["N"], found["E"]) if found.keys() == {"N", "E"} else None


def _angles(words: str) -> Iterator[tuple[str, float]]:
    for degrees, minutes, seconds, letter in _SEXAGESIMAL.findall(words):
        value = int(degrees) + int(minutes or 0) / 60 + float((seconds or "0").replace(",", ".")) / 3600
        axis = "N" if letter.upper() in "NS" else "E"
        yield axis, -value if letter.upper() in "SWO" else value


def _of_decimals(words: str) -> tuple[float, float] | None:
    found = _numbers(words)
    if len(found) != 2 or max(map(abs, found)) > _MOST_DEGREES:
        return None
    return found[0], found[1]


def _numbers(words: str) -> list[float]:
    """Return the numbers in ``words``, or none if one of them can't be read."""
    try:
        return [_value(each) for each in _NUMBER.findall(_PARTING_COMMA.sub(" ", words))]
    except ValueError:
        return []


def _value(word: str) -> float:
    """Return the number; one with a point before every three digits is written the Italian way."""
    if _THOUSANDS.fullmatch(word):
        word = word.replace(".", "")
    return float(word.replace(",", "."))


def _in_metres(latitude: float, longitude: float, crs: CRS) -> tuple[float, float]:
    to_metres = Transformer.from_crs(GEOGRAPHIC, crs, always_xy=True)
    east, north = to_metres.transform(longitude, latitude)
    return float(east), float(north)


def _not_understood(words: str) -> Problem:
    return Problem(
        "coordinates-not-understood",
        WHERE,
        say("«{w}» non sono due coordinate.", "“{w}” are not two coordinates.", w=same(words.strip() or "…")),
        NOTHING,
        Text(
            "Per esempio: 567000 4884000, oppure 44,1024 9,8241, oppure 44°06'08\"N 9°49'27\"E.",
            "For example: 567000 4884000, or 44.1024 9.8241, or 44°06'08\"N 9°49'27\"E.",
        ),
    )
