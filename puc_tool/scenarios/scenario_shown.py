"""A scenario in the place of the results: what tables, figures and map show meanwhile. Nothing is written."""

from __future__ import annotations

from dataclasses import asdict

from analyses.districts.scenarios import BASE
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.text import Text
from puc_tool.figures.found_results import Results
from puc_tool.maps.canvas.results import result_pictures
from puc_tool.scenarios.scenario_desk import ScenarioDesk
from puc_tool.working.trying import Found, Tried


def shown(desk: ScenarioDesk, scenario: str, title: Text) -> Tried:
    """Return a scenario, called ``title``, as results are looked at; raises KeyError for one that is not there."""
    result = desk.result(scenario)
    pictures = result_pictures(Found(TRANSFORMATION_DISTRICTS, asdict(desk.case.params), result), desk.crs)
    found = Results(
        TRANSFORMATION_DISTRICTS,
        result.figures,
        result.tables,
        (),
        held=dict(result.layers),
        shown_as=title,
        of_plan=desk.result(BASE).figures,
    )
    return Tried(found, pictures)
