"""The data dictionary of the package: every figure and column with its label and unit, from the declarations."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from analyses.analysis import Analysis
from puc_tool.figures.method_words import method_of
from puc_tool.report.findings import Findings
from puc_tool.report.open_data.holdings import PRIVATE_COLUMNS, PRIVATE_TABLES, Layer
from puc_tool.report.open_data.rasters import RasterFile

HEADS = ("analisi", "dove", "colonna", "etichetta", "label", "unita", "decimali", "metodo")


def dictionary(findings: Findings, layers: Iterable[Layer], rasters: Iterable[RasterFile] = ()) -> str:
    """Return the dictionary as CSV: figures, then the columns of tables, of layers, and what cells of rasters say."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(HEADS)
    published = tuple(layers)
    for found in findings.found.values():
        analysis = found.written.analysis
        writer.writerows(_figures(analysis))
        writer.writerows(_tables(analysis))
        writer.writerows(_layers(analysis, published))
    writer.writerows(_rasters(rasters))
    return held.getvalue()


def figures_csv(findings: Findings) -> str:
    """Return every figure of every analysis as one table, an empty value where there is none, with why."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(("analisi", "cifra", "valore", "unita", "etichetta", "label", "metodo", "perche_manca"))
    for analysis_id, found in findings.found.items():
        for name, figure in found.figures.items():
            value = found.value(name)
            said = "" if value is None else repr(value)
            why = found.why_not(name).it if value is None else ""
            writer.writerow((analysis_id, name, said, figure["unit"], figure["label_it"], figure["label_en"],
                             figure["method"], why))  # fmt: skip
    return held.getvalue()


def _figures(analysis: Analysis) -> Iterator[tuple[object, ...]]:
    for spec in analysis.figures:
        yield (
            analysis.id,
            "cifre",
            spec.id,
            spec.label.it,
            spec.label.en,
            spec.unit,
            spec.decimals,
            method_of(analysis, spec).it,
        )


def _tables(analysis: Analysis) -> Iterator[tuple[object, ...]]:
    for table in analysis.tables:
        if (analysis.id, table.id) in PRIVATE_TABLES:
            continue
        for column in table.columns:
            if column.id not in PRIVATE_COLUMNS:
                yield (analysis.id, f"tabelle/{table.id}", column.id, column.label.it, column.label.en, column.unit,
                       "" if column.decimals is None else column.decimals, "")  # fmt: skip


def _layers(analysis: Analysis, published: tuple[Layer, ...]) -> Iterator[tuple[object, ...]]:
    """Yield the columns of the layers, with what the analysis declares of a column of that name anywhere."""
    declared = {column.id: column for table in (*analysis.layers, *analysis.tables) for column in table.columns}
    for layer in published:
        if layer.analysis is not analysis:
            continue
        for name in layer.frame.columns.drop(layer.frame.geometry.name):
            known = declared.get(name)
            label = (known.label.it, known.label.en, known.unit) if known else ("", "", "")
            yield analysis.id, f"livelli/{layer.name}", name, *label, "", ""


def _rasters(published: Iterable[RasterFile]) -> Iterator[tuple[object, ...]]:
    """Yield what a cell says; of classes also what each number stands for."""
    for raster in published:
        place, content = f"raster/{raster.name}", raster.content
        yield raster.analysis.id, place, "", content.label.it, content.label.en, content.unit, "", ""
        if content.is_classes:
            for step in content.steps:
                yield raster.analysis.id, place, round(step.most), step.label.it, step.label.en, "", "", ""
