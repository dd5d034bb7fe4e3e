"""The demonstration city as a study: its data, and the ``study.toml`` that names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import tomlkit
from tomlkit.items import Table
from tomlkit.toml_document import TOMLDocument

from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.progress import Report, part_of, silent
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.codelist import is_verified, rows
from layers.communes import YEAR
from layers.reference import LayerRef
from puc_tool.demo.catalogue import DEMO_LAYERS, DemoLayer
from puc_tool.demo.city import make_city
from puc_tool.demo.districts import REGISTER
from puc_tool.demo.files import write_city
from puc_tool.demo.places import CODE, CRS_CODE
from puc_tool.demo.scenarios import write_scenarios
from puc_tool.studies import study_editing
from puc_tool.studies.study_editing import Head
from puc_tool.study import FILE, SCENARIOS

DATA = "data"
DAY = date(2026, 11, 22)
"""The day the demonstration was made up; fixed, so that its sheets are the same every time."""

SHEET = {
    "ente": "COMUNE DELLA SPEZIA",
    "dipartimento": "Pianificazione Territoriale",
    "redatto": "PUC Tool",
    "rup": "dato dimostrativo",
    "progettisti": "dato dimostrativo",
    "base": "nessuna (confini ISTAT generalizzati)",
    "ente_en": "MUNICIPALITY OF LA SPEZIA",
    "dipartimento_en": "Territorial Planning",
    "rup_en": "demonstration data",
    "progettisti_en": "demonstration data",
    "base_en": "none (generalised ISTAT boundaries)",
}


GARDEN_WEIGHTS = {
    "assessorato": "public_land 0.30; slope 0.20; demand 0.15; access 0.10; water 0.10; road 0.10; soil 0.05",
    "quartiere": "access 0.30; demand 0.20; solar 0.15; water 0.15; road 0.10; slope 0.10",
    "ecologa": "soil 0.30; contamination 0.25; hazard 0.15; road 0.10; rail 0.05; solar 0.10; water 0.05",
}
"""How three people of the demonstration would weigh the criteria of urban gardens: made up, like the city."""

REGISTRY = "anagrafe_31_dicembre"


def registry() -> dict[int, int]:
    """Return the residents of the real registry on 31 December, of the years whose number was read at its source."""
    known = [row for row in rows("la_spezia_population") if row["reference"] == "31 Dec registry"]
    return {int(row["year"]): int(row["population"]) for row in known if is_verified(row)}


def write_study(folder: Path, report: Report = silent) -> None:
    """Write the demonstration study into ``folder``, or finish one that was interrupted.

    ``study.toml`` comes first, so that an interrupted demonstration is known as ours; one that is there stays as the
    user has it.
    """
    city = make_city(report=part_of(report, 0.0, 0.8))
    if not (folder / FILE).is_file():
        study_editing.save(_document(city.population.total), folder)
    write_scenarios(city.tables["districts", None], folder / SCENARIOS)
    write_city(city, folder / DATA, part_of(report, 0.8, 1.0))


def _document(residents: int) -> TOMLDocument:
    head = Head(
        title="La Spezia, studio dimostrativo (dati dimostrativi)",
        comuni=(CODE,),
        crs=f"EPSG:{CRS_CODE}",
        day=DAY,
        population={"istat": {YEAR: residents}, REGISTRY: registry()},
        is_demonstration=True,
        title_en="La Spezia, demonstration study (demonstration data)",
    )
    document = study_editing.new_document(head)
    sheet = tomlkit.table()
    for key, words in SHEET.items():
        sheet.add(key, words)
    document.add("sheet", sheet)
    document.add("analysis", settings())
    for layer in DEMO_LAYERS:
        study_editing.put_layer(document, _reference(layer))
    return document


def settings() -> Table:
    """Return what the analyses are asked beyond their defaults."""
    analyses = tomlkit.table(is_super_table=True)
    analyses.add(GARDEN_SUITABILITY.id, _with_rows("weight_set", _weight_sets()))
    analyses.add(TRANSFORMATION_DISTRICTS.id, _with_rows("register", _register()))
    return analyses


def _with_rows(name: str, rows: Iterable[Mapping[str, object]]) -> Table:
    """Return the table of an analysis with the rows of one of its parameters."""
    held, analysis = tomlkit.aot(), tomlkit.table(is_super_table=True)
    for values in rows:
        row = tomlkit.table()
        row.update(values)
        held.append(row)
    analysis.add(name, held)
    return analysis


def _weight_sets() -> Iterator[Mapping[str, object]]:
    for whose, weights in GARDEN_WEIGHTS.items():
        yield {"id": whose, "weights": weights}


def _register() -> Iterator[Mapping[str, object]]:
    """Yield the register of the districts, as the office would keep it."""
    for code, day, state, instrument, realised_m2 in REGISTER:
        yield {"id": f"{code}-{day[:4]}".lower(), "district": code, "day": day, "state": state,
               "instrument": instrument, "realised_m2": realised_m2}  # fmt: skip


def _reference(layer: DemoLayer) -> LayerRef:
    fields = {name: source for name, source in layer.fields.items() if name != source}
    return LayerRef(
        layer.role,
        f"{DATA}/{layer.file}",
        layer.layer,
        layer.year,
        fields,
        credit=layer.about.it,
        credit_en=layer.about.en,
    )
