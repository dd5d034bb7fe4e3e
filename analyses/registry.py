"""Every analysis of the tool. To add one: write its file, add one line here."""

from __future__ import annotations

from analyses.analysis import Analysis
from analyses.constraints_and_resources import CONTEXT_ANALYSIS
from analyses.hazard_exposure import HAZARD_EXPOSURE
from analyses.service_coverage import SERVICE_COVERAGE
from analyses.soil_consumption import SOIL_CONSUMPTION
from analyses.standards import STANDARDS

ALL: tuple[Analysis, ...] = (SOIL_CONSUMPTION, HAZARD_EXPOSURE, STANDARDS, CONTEXT_ANALYSIS, SERVICE_COVERAGE)
BY_ID = {analysis.id: analysis for analysis in ALL}
