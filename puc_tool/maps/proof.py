"""What the lint looks over, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from layers.problems import Severity
from layers.text import NOTHING, Text
from puc_tool.maps.drawing import Drawing
from puc_tool.maps.frame import Frame
from puc_tool.maps.sheet import LegendGroup, Sheet


@dataclass(frozen=True)
class Proof:
    """A sheet with all that came of drawing and setting it; ``panel_rows`` of its panel's table found room."""

    sheet: Sheet
    frame: Frame
    drawing: Drawing
    legend: tuple[LegendGroup, ...]
    rows_shown: int
    slack_mm: float
    panel_rows: int = 0


@dataclass(frozen=True)
class Finding:
    """What a check says; the lint adds the sheet it speaks of."""

    code: str
    message: Text
    remedy: Text
    effect: Text = NOTHING
    severity: Severity = Severity.ERROR
