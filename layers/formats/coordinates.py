"""Coordinates as people write them: decimal commas, thousands dots, degrees with minutes and seconds."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_ANGLE = re.compile(
    r"(?P<before>[NSEWO+-])?\s*(?P<degrees>\d{1,3})\s*[°ºd:\s]\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’m:\s]?"
    r"(?:\s*(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|s)?)?\s*(?P<after>[NSEWO+-])?",
    re.IGNORECASE,
)
_TURNED = frozenset("SWO-")
NORTHING, EASTING = frozenset("NS"), frozenset("EWO")


def numbers(column: pd.Series) -> NDArray[np.float64]:
    """Return each text of ``column`` as a number or an angle in degrees; nan where it is neither."""
    text = column.fillna("").str.strip()
    plain = pd.to_numeric(text, errors="coerce").to_numpy(float, copy=True)
    odd = np.flatnonzero(~np.isfinite(plain))
    plain[odd] = [_number(value) for value in text.iloc[odd]]
    return plain


def hemispheres(column: pd.Series) -> frozenset[str]:
    """Return the letters N, S, E, W, O that begin or end the angles of ``column``."""
    found = [_ANGLE.fullmatch(value) for value in column.dropna().str.strip().unique()]
    letters = {(match["before"] or match["after"] or "").upper() for match in found if match}
    return frozenset(letters & (NORTHING | EASTING))


def _number(text: str) -> float:
    angle = _ANGLE.fullmatch(text)
    if angle:
        return _degrees(angle)
    return _decimal(text) if re.search(r"\d", text) else np.nan


def _degrees(angle: re.Match[str]) -> float:
    minutes, seconds = (float((angle[part] or "0").replace(",", ".")) for part in ("minutes", "seconds"))
    if minutes >= 60 or seconds >= 60:
        return np.nan
    sign = -1.0 if (angle["before"] or angle["after"] or "").upper() in _TURNED else 1.0
    return sign * (int(angle["degrees"]) + minutes / 60 + seconds / 3600)


def _decimal(text: str) -> float:
    """Return the number that ``text`` writes; of dot and comma the last one that stands alone is the decimal mark."""
    text = re.sub(r"[\u00a0\u202f]", "", text).rstrip("°º").replace("\u2212", "-")
    mark = "," if text.rfind(",") > text.rfind(".") else "."
    if text.count(mark) > 1:
        mark = "," if mark == "." else "."
    whole, _, part = text.partition(mark)
    digits = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", whole)
    try:
        value = float(f"{digits}.{part or 0}")
    except ValueError:
        return np.nan
    return value if np.isfinite(value) else np.nan
