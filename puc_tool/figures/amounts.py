"""Numbers with their unit, as people read them: areas of a hectare or more in hectares, m² with its sign."""

from __future__ import annotations

from collections.abc import Sequence

from analyses.result import Column
from layers.text import Text, number, same, say

M2_A_HA = 10_000.0
_UNITS = {
    "ha/yr": Text("ha/anno", "ha/year"),
    "meshes/1000 km²": Text("maglie/1000 km²", "meshes/1000 km²"),
    "MWh/anno": Text("MWh/anno", "MWh/year"),
    "t/anno": Text("t/anno", "t/year"),
    "m²/nuovo ab": Text("m²/nuovo ab", "m²/new inh."),
    "m²/ab": Text("m²/ab", "m²/inh."),
    "ab": Text("ab", "inh."),
    "ratio": Text("rapporto", "ratio"),
}
"""Units that are words, in either language."""
_MEASURED = 6
"""Decimals that files carry of what is measured on the map, so that parts close on the whole."""
AREAS = ("m2", "m²")
READ = {"m²": 0, "%": 1, "ab": 0, "m³": 0, "min": 1, "m²/ab": 1, "MWh/anno": 0, "t/anno": 0}
"""Decimals that people read, by unit."""
_MOST_READ = 3
"""Nobody reads a score or a weight further than this."""


def told(value: float, unit: str, decimals: int) -> tuple[Text, str]:
    """Return the number and its unit."""
    if unit in AREAS and abs(value) >= M2_A_HA:
        return number(value / M2_A_HA, 2 if abs(value) < 10 * M2_A_HA else 1), "ha"
    is_large = abs(value) >= 10 and unit in ("ha", "%")
    return number(value, min(1, decimals) if is_large else decimals), written_unit(unit)


def written_unit(unit: str) -> str:
    """Return a unit as people write it: m² and km² with their sign."""
    return unit.replace("m2", "m²")


def said_unit(unit: str) -> Text:
    """Return a unit as people read it in either language: MWh/anno is MWh/year."""
    written = written_unit(unit)
    return _UNITS.get(written, same(written))


def reckoned(value: float, unit: str, decimals: int) -> Text:
    """Return a number with its unit as a formula has it: an area stays in m², so that what is printed adds up."""
    if unit not in AREAS:
        return in_words(value, unit, decimals)
    return with_unit(number(value, decimals), same("m²"))


def decimals_read(column: Column) -> int:
    """Return the decimals of a cell for people; files hold six. Areas are those of m²."""
    if column.read is not None:
        return column.read
    return 0 if is_length(column) else READ.get(column.unit, min(_MOST_READ, column.decimals or 0))


def is_length(column: Column) -> bool:
    """Tell whether a column is of lengths measured on the map: read in whole metres, kept to the last digit."""
    return column.unit == "m" and column.decimals == _MEASURED


def listed(values: Sequence[float], unit: str, decimals: int) -> list[Text]:
    """Return amounts that stand under one another: one unit and one number of decimals for all."""
    is_large = unit in AREAS and max(map(abs, values), default=0.0) >= M2_A_HA
    shown, divisor, said = (2, M2_A_HA, same("ha")) if is_large else (decimals, 1.0, said_unit(unit))
    return [with_unit(number(value / divisor, shown), said) for value in values]


def in_words(value: float, unit: str, decimals: int) -> Text:
    """Return number and unit together: «12,3 ha»."""
    amount, shown = told(value, unit, decimals)
    return with_unit(amount, said_unit(shown))


def with_unit(amount: Text, unit: Text) -> Text:
    """Return a number with its unit after a narrow space; the number alone where there is no unit."""
    return say("{n}\u202f{u}", "{n}\u202f{u}", n=amount, u=unit) if unit else amount
