"""Results as they lie on disk: what sheets and reports print comes from here, never from a second computation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from analyses import params as parameters
from analyses.analysis import Analysis
from layers.formats import raster, vector
from layers.problems import Problem, PucError
from layers.raster import Raster
from layers.reference import LayerRef
from layers.source import fingerprint, locate
from layers.text import Text, same, say
from puc_tool import declared, provenance, results
from puc_tool.scenarios import scenario_files
from puc_tool.sources import trust
from puc_tool.study import Study


@dataclass(frozen=True)
class Written:
    """The results of one run, whole and of this study as it is now."""

    analysis: Analysis
    folder: Path
    record: Mapping[str, Any]

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The parameters of the run."""
        return self.record["parameters"]

    def figure(self, figure_id: str) -> float | None:
        """Return a figure's value; None where it has none."""
        found = results.read_figures(self.folder).get(figure_id, {})
        value = found.get("value")
        return float(value) if isinstance(value, int | float) else None

    def table(self, table_id: str) -> pd.DataFrame | None:
        """Return a table, or None if the run had none."""
        columns = (column for table in self.analysis.tables if table.id == table_id for column in table.columns)
        numbers = [column.id for column in columns if column.decimals is not None]
        return results.read_table(self.folder, table_id, numbers)

    def sure_table(self, table_id: str) -> pd.DataFrame:
        """Return a table that every run writes; raises PucError where an earlier state of the tool did not."""
        table = self.table(table_id)
        if table is None:
            title = next(each.title for each in self.analysis.tables if each.id == table_id)
            missing = say("la tabella «{t}»", "the table “{t}”", t=title)
            raise PucError(declared.outdated(self.analysis, (missing,)))
        return table

    def layer(self, name: str) -> GeoDataFrame | None:
        """Return a layer of ``layers.gpkg``, or None if the run had none of that name."""
        path = self.folder / results.LAYERS
        if not path.is_file():
            return None
        source = locate(path)
        if name not in vector.tables(source):
            return None
        frame, _ = vector.read(source, name)
        return frame.assign(**{text: frame[text].fillna("") for text in ("code", "name") if text in frame})

    def raster(self, name: str) -> Raster | None:
        """Return the GeoTIFF of that name, unread, or None if the run had none."""
        path = self.folder / f"{name}.tif"
        return raster.open_raster(locate(path)) if path.is_file() else None


def written(analysis: Analysis, study: Study, hashed: Callable[[Path], str] = fingerprint) -> Written:
    """Return the results of ``analysis``; ``hashed`` as of ``provenance.key``.

    Raises PucError if there are none, they lack what is declared today, or the data have changed.
    """
    folder = study.results / analysis.id
    record = provenance.read(folder)
    if record is None:
        raise PucError(_none(analysis))
    refs = tuple(ref for role in analysis.inputs for ref in study.of_role(role.id))
    trust.refuse_unless_agreed(study, refs)
    missing = declared.lacking(analysis, folder, record)
    if missing:
        raise PucError(declared.outdated(analysis, missing))
    if not provenance.unchanged(folder, _key(analysis, study, record, refs, hashed=hashed)):
        raise PucError(stale(analysis))
    return Written(analysis, folder, record)


def outdated(analysis: Analysis, study: Study) -> tuple[Problem, ...]:
    """Return the error of results that lie there and lack what is declared today; nothing speaks against others."""
    folder = study.results / analysis.id
    record = provenance.read(folder)
    missing = declared.lacking(analysis, folder, record) if record is not None else ()
    return (declared.outdated(analysis, missing),) if missing else ()


def _key(
    analysis: Analysis,
    study: Study,
    record: Mapping[str, Any],
    refs: tuple[LayerRef, ...],
    *,
    hashed: Callable[[Path], str],
) -> str:
    """Return the key that the run would have today with the parameters it had then."""
    try:
        known = set(parameters.abouts(analysis.params))
        taken = {name: value for name, value in record["parameters"].items() if name in known}
        patches = scenario_files.record(study) if analysis.takes_scenarios else ()
        return provenance.key(study, analysis.id, taken, refs, scenarios=patches, hashed=hashed)
    except OSError:
        return ""


def _none(analysis: Analysis) -> Problem:
    return Problem(
        "results-missing",
        analysis.title,
        Text("l'analisi non è ancora stata eseguita.", "the analysis has not been run yet."),
        Text("Tavole e studio non hanno cifre da stampare.", "Sheets and study have no figures to print."),
        say("Eseguire «puc-tool run STUDIO {a}».", "Run “puc-tool run STUDY {a}”.", a=same(analysis.id)),
    )


def stale(analysis: Analysis) -> Problem:
    """Return the problem of results that are not those of the study, or of this edition of the tool."""
    return Problem(
        "results-stale",
        analysis.title,
        Text("i dati o i risultati sono cambiati dopo l'analisi.", "data or results have changed since the analysis."),
        Text("Tavole e studio mostrerebbero cifre vecchie.", "Sheets and study would show old figures."),
        say("Eseguire di nuovo «puc-tool run STUDIO {a}».", "Run “puc-tool run STUDY {a}” again.", a=same(analysis.id)),
    )
