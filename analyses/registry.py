"""Every analysis of the tool. To add one: write its file, add one line here."""

from __future__ import annotations

from analyses.analysis import Analysis
from analyses.constraints_and_resources import CONTEXT_ANALYSIS
from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.hazard_exposure import HAZARD_EXPOSURE
from analyses.planning_standards import STANDARDS
from analyses.scenario_effects import SCENARIO_EFFECTS
from analyses.service_coverage import SERVICE_COVERAGE
from analyses.soil_consumption import SOIL_CONSUMPTION
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS

ALL: tuple[Analysis, ...] = (
    SOIL_CONSUMPTION,
    HAZARD_EXPOSURE,
    GARDEN_SUITABILITY,
    SERVICE_COVERAGE,
    STANDARDS,
    TRANSFORMATION_DISTRICTS,
    SCENARIO_EFFECTS,
    CONTEXT_ANALYSIS,
)
BY_ID = {analysis.id: analysis for analysis in ALL}
