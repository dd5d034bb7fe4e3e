"""A scenario as the text of its file: what ``scenario_reading`` reads back is the scenario that was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import shapely
import tomlkit
from tomlkit.items import Table

from analyses.districts.scenarios import GEOMETRY, PART_OF, AddedService, Edit, Scenario
from layers import write
from layers.problems import PucError
from puc_tool.scenarios.scenario_files import is_name
from puc_tool.scenarios.scenario_reading import VERSION
from puc_tool.scenarios.scenario_refusals import bad_name
from puc_tool.study import Study


def save(scenario: Scenario, study: Study) -> Path:
    """Write the scenario into the study, atomically, and return its file; raises PucError for a name that is none."""
    path = study.scenarios / f"{scenario.id}.toml"
    if not is_name(scenario.id):
        raise PucError(bad_name(f"scenarios/{path.name}"))
    write.text(path, text(scenario))
    return path


def text(scenario: Scenario) -> str:
    """Return the scenario in TOML; redrawn outlines as WKT in the CRS they are in."""
    document = tomlkit.document()
    document.add("version", tomlkit.item(VERSION))
    if scenario.title:
        document.add("title", tomlkit.item(scenario.title))
    _add(document, "district", (_district(scenario, code) for code in _codes(scenario)))
    _add(document, "service", (_service(each) for each in scenario.services))
    return tomlkit.dumps(document)


def _codes(scenario: Scenario) -> tuple[str, ...]:
    """Return the districts that have a table of their own: all but those that only get a service."""
    named = (
        *(edit.district for edit in scenario.edits),
        *(each.district for each in scenario.parted),
        *(code for code, _ in (*scenario.largest_pct, *scenario.least)),
    )
    return tuple(dict.fromkeys(named))


def _add(document: tomlkit.TOMLDocument, key: str, tables: Iterable[Table]) -> None:
    held = tomlkit.aot()
    for table in tables:
        held.append(table)
    if held:
        document.add(key, held)


def _district(scenario: Scenario, code: str) -> Table:
    table = tomlkit.table()
    table.add("code", code)
    for part in scenario.parted:
        if part.district == code:
            table.update({PART_OF: part.part_of, **({"name": part.name} if part.name else {})})
            table.add(*_entry(Edit(code, GEOMETRY, part.outline)))
    for edit in scenario.every_edit:
        if edit.district == code:
            table.add(*_entry(edit))
    for key, known in (("largest_pct", scenario.largest_pct), ("at_least", scenario.least)):
        mine = {name: value for (district, name), value in known.items() if district == code}
        if mine:
            table.add(key, _inline(mine))
    return table


def _entry(edit: Edit) -> tuple[str, object]:
    if isinstance(edit.value, shapely.Geometry):
        return "outline", shapely.to_wkt(edit.value, rounding_precision=-1)
    return edit.field, edit.value if edit.high is None else [edit.value, edit.high]


def _inline(values: Mapping[str, float]) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    table.update(values)
    return table


def _service(service: AddedService) -> Table:
    table = tomlkit.table()
    place = {} if service.place is None else {"x": service.place.x, "y": service.place.y}
    name = {"name": service.name} if service.name else {}
    table.update({"district": service.district, "kind": service.kind, **name, "area_m2": service.area_m2, **place})
    return table
