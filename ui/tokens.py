"""Every colour, size and type of the window. Style sheet and painters read them; nobody else writes one down.

Contrast (WCAG 2.2 ratio) is measured by a test: text at least 4.5, edges and bars at least 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Type(NamedTuple):
    """A size in pixels and a weight (400 regular, 500 medium, 600 semibold)."""

    px: int
    weight: int


TYPE = {
    "figure": Type(26, 600),
    "page": Type(20, 600),
    "kpi": Type(20, 600),
    "title": Type(15, 600),
    "panel": Type(14, 600),
    "body": Type(13, 400),
    "strong": Type(13, 600),
    "label": Type(12, 500),
    "note": Type(12, 400),
    "small": Type(11, 400),
    "head": Type(11, 600),
    "map-min": Type(10, 400),
    "map-name": Type(11, 500),
    "map-name-strong": Type(13, 600),
}

GAP_4, GAP_8, GAP_12, INSET, GAP_24, GAP_32 = 4, 8, 12, 16, 24, 32
RADIUS_BADGE, RADIUS_CONTROL, RADIUS_CARD = 4, 6, 8
MENU_H, TOP_H, PANEL_HEAD_H, CONTROL_H, ROW_H, HEAD_H, STATUS_H, FOOT_H = 30, 50, 40, 30, 26, 36, 28, 50
TOOL, ICON, ICON_MAP, ICON_LARGE, SWATCH_W, SWATCH_H = 32, 16, 18, 22, 18, 13
LEFT_W, LEFT_WIDE_W = 264, 300
RIGHT_NARROW_W, RIGHT_W, RIGHT_WIDE_W = 284, 312, 380
NARROW, WIDE = 1400, 1920
SMALLEST = (1280, 690)
FIRST = (1440, 900)
START_W = 384
FORM_W = 480
CARD_H = 62
BAR_ROW_H, BAR_H, CHART_W, CHART_FROM_W = 20, 9, 214, 800
MAP_LEAST_H = 240
EMPTY_H = 96
TITLE_W = 360
SEARCH_W, TABLE_FOOT_H = 184, 38
LINES_2_H, MARK_W, READING_W = 45, 3, 560
COMPARED_W, HANDLE, SCALE_W = 320, 30, 92
SEARCH_ALL_W, FOUND_H, FOUND_ROWS, FIND_W, KEYS_W = 620, 30, 12, 248, 124
PERCENT_W, VALUE_W, KNOB = 44, 66, 14
HELP_SIZE, PREFERENCES_W = (720, 600), 420
PREVIEW_W, PREVIEW_H, PREVIEW_FOOT_H, CODE_W, BADGE_H = 380, 236, 26, 120, 22


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as ``#rrggbb``."""

    app: str
    surface: str
    raised: str
    hover: str
    border: str
    line: str
    control: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    bar: str
    error: str
    error_soft: str
    warn: str
    warn_soft: str
    ok: str
    ok_soft: str
    info: str
    info_soft: str
    sea: str
    land: str
    inland: str
    sea_text: str
    land_text: str
    coast: str
    select: str
    halo: str
    area_opacity: float
    cells_opacity: float


LIGHT = Tokens(
    app="#F1F4F4", surface="#FFFFFF", raised="#F7F9F9", hover="#EDF2F2", border="#DCE3E4", line="#E8EDED",
    control="#788890", ink="#14242A", ink2="#46575E", ink3="#5F7077",
    accent="#0B6B75", on_accent="#FFFFFF", accent_hover="#095A63", accent_text="#0A626B", accent_soft="#DFF0F1",
    bar="#609AA1", error="#B3261E", error_soft="#FCEBE9", warn="#8A5300", warn_soft="#FFF3DC",
    ok="#1C6B3F", ok_soft="#E3F3E9", info="#275D9B", info_soft="#E7F0FA",
    sea="#DCE9EF", land="#EFF0EB", inland="#F8F8F4", sea_text="#476A7D", land_text="#646A65", coast="#8FB0C0",
    select="#06323A", halo="#FFFFFF", area_opacity=0.44, cells_opacity=0.72,
)  # fmt: skip
DARK = Tokens(
    app="#10171A", surface="#182125", raised="#1D282C", hover="#243136", border="#2D3A3F", line="#243035",
    control="#6E8088", ink="#E7EDEF", ink2="#B3C0C5", ink3="#90A0A6",
    accent="#4DB7C1", on_accent="#04222A", accent_hover="#66C7D0", accent_text="#6FCBD4", accent_soft="#173A40",
    bar="#40747B", error="#FF8A80", error_soft="#3B2020", warn="#F2B95B", warn_soft="#372A14",
    ok="#74CF98", ok_soft="#17321F", info="#8ABDF5", info_soft="#18293D",
    sea="#16242B", land="#1D2628", inland="#232D2F", sea_text="#6E93A6", land_text="#8E9A9C", coast="#35505C",
    select="#FFFFFF", halo="#10171A", area_opacity=0.42, cells_opacity=0.62,
)  # fmt: skip


def right_width(window: int) -> int:
    """Return how wide the right panel is in a window so wide (pixels)."""
    if window >= WIDE:
        return RIGHT_WIDE_W
    return RIGHT_W if window >= NARROW else RIGHT_NARROW_W


def left_width(window: int) -> int:
    """Return how wide the left panel is in a window so wide (pixels)."""
    return LEFT_WIDE_W if window >= WIDE else LEFT_W
