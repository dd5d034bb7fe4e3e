"""Every analysis of the tool. To add one: write its file, add one line here."""

from __future__ import annotations

from analyses.analysis import Analysis
from analyses.soil_consumption import SOIL_CONSUMPTION

ALL: tuple[Analysis, ...] = (SOIL_CONSUMPTION,)
BY_ID = {analysis.id: analysis for analysis in ALL}
