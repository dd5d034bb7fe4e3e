"""The one family of the sheets, IBM Plex Sans, from its package: files, glyphs and widths. No system font."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import fontpkg

FAMILY = "IBM Plex Sans"
PT_MM = 25.4 / 72
_SUBSTITUTE = "?"


def folder() -> str:
    """Return the folder of the font files, for Typst."""
    return str(fontpkg.family(FAMILY).files[0].path.parent)


def missing_glyphs(words: str) -> tuple[str, ...]:
    """Return the characters of ``words`` that the font cannot print, each once, in order of appearance."""
    return tuple(dict.fromkeys(char for char in words if char.isprintable() and char not in _advances()))


def printable(words: str) -> str:
    """Return ``words`` without control characters, «?» for what the font lacks; spaces and breaks are kept."""
    known = _advances()
    spaced = (" " if char in "\t\r" else char for char in words)
    kept = (char for char in spaced if char.isprintable() or char == "\n" or char in known)
    return "".join(char if char == "\n" or char in known else _SUBSTITUTE for char in kept)


def width_mm(words: str, size_pt: float, tracking_em: float = 0.0) -> float:
    """Return how wide one line of regular type is; semibold is wider by a twentieth at most."""
    advances = _advances()
    return sum(advances.get(char, 0.6) + tracking_em for char in words) * size_pt * PT_MM


@cache
def _advances() -> Mapping[str, float]:
    """Return the advance of every character of the font, in em."""
    # matplotlib is slow to load, and the window measures no words of a sheet before it is up.
    from matplotlib.ft2font import FT2Font, LoadFlags

    font = FT2Font(str(fontpkg.path(FAMILY)))
    glyphs = {chr(code): glyph for code, glyph in font.get_charmap().items()}
    em = font.units_per_EM
    widths = {char: font.load_glyph(glyph, flags=LoadFlags.NO_SCALE).horiAdvance / em for char, glyph in glyphs.items()}
    return MappingProxyType(widths)
