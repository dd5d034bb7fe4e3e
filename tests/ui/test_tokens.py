"""The colours of the window can be read by everybody, and stand in one place."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from ui.tokens import DARK, LIGHT, Tokens

UI = Path(__file__).resolve().parents[2] / "ui"
THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
ON_PAPER = tuple(product(("ink", "ink2", "ink3"), ("surface", "raised", "app")))
SOFT = tuple((name, f"{name}_soft") for name in ("error", "warn", "ok", "info"))
OTHERS = (
    ("on_accent", "accent"), ("accent_text", "surface"), ("accent_text", "accent_soft"), ("ink", "accent_soft"),
    ("ink", "hover"), ("sea_text", "sea"), ("land_text", "land"), ("select", "inland"), ("ink", "error_soft"),
    ("accent_text", "error_soft"), ("accent_text", "warn_soft"), ("accent_text", "info_soft"),
)  # fmt: skip


def luminance(colour: str) -> float:
    """WCAG 2.2: linear light of sRGB, weighted."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(tokens: Tokens, first: str, second: str) -> float:
    lights = sorted((luminance(getattr(tokens, name)) for name in (first, second)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def test_that_black_on_white_is_21_to_1():
    assert (luminance("#FFFFFF") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21.0)


@THEMES
@pytest.mark.parametrize("pair", [*ON_PAPER, *SOFT, *OTHERS], ids="-on-".join)
def test_that_words_stand_out(tokens, pair):
    assert ratio(tokens, *pair) >= 4.5


@THEMES
@pytest.mark.parametrize("pair", [("control", "surface"), ("control", "app"), ("bar", "surface")], ids="-on-".join)
def test_that_edges_and_bars_stand_out(tokens, pair):
    assert ratio(tokens, *pair) >= 3.0


# Official colours come from the codelists; «Altro» has none there.
ALLOWED = {"tokens.py", "themes.py"}


def test_that_no_colour_is_written_outside_the_tokens():
    written = [
        f"{path.name}: {found}"
        for path in sorted(UI.rglob("*.py"))
        if path.name not in ALLOWED
        for found in re.findall(r"[\"'\s:]#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
    ]
    assert written == []


def test_that_no_widget_has_a_style_sheet_of_its_own():
    setters = [path.name for path in UI.rglob("*.py") if "setStyleSheet(" in path.read_text(encoding="utf-8")]
    assert setters == ["look.py"]
