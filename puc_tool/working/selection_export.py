"""Chosen rows of a table of results as a file of their own: with their ground, or as a sheet of numbers.

Columns are called as in the results; a shapefile holds ten letters a name, so longer ones are shortened, and which is
told. KML is in degrees (WGS 84), the others in the study's CRS. A DXF holds outlines alone: the name is their layer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame

from analyses.analysis import Edition
from analyses.result import Table
from analyses.units import all_units
from layers import roles, write
from layers.problems import Problem, PucError, Severity
from layers.text import NOTHING, Text, listing, same, say
from puc_tool import results
from puc_tool.shelf import Shelf

FORMATS: Mapping[str, Text] = {
    "gpkg": same("GeoPackage"),
    "shp": same("Shapefile"),
    "csv": Text("CSV, senza geometria", "CSV, without geometry"),
    "xlsx": Text("Foglio di calcolo", "Spreadsheet"),
    "dxf": Text("DXF, solo i contorni", "DXF, outlines only"),
    "kml": same("KML"),
}
_NAME_LENGTH = 10
_WGS84 = 4326


@dataclass(frozen=True)
class Rows:
    """The rows of ``table`` that were chosen, by the codes of their units of one kind."""

    table: Table
    kind: str
    codes: tuple[str, ...]


def save(rows: Rows, shelf: Shelf, path: Path) -> tuple[Problem, ...]:
    """Write ``rows`` in the format that the ending of ``path`` says; return what was lost on the way.

    Raises PucError for an ending that is no format of ours, a file that can't be written, and ground that is not
    there any more.
    """
    suffix = path.suffix[1:].lower()
    if suffix not in FORMATS:
        raise PucError(_no_format(path))
    frame = _chosen(rows)
    if suffix in _SHEETS:
        _SHEETS[suffix](path, Table(rows.table.spec, frame))
        return ()
    return _MAPS[suffix](path, _on_ground(frame, rows, shelf))


def units_of(kind: str, shelf: Shelf) -> GeoDataFrame | None:
    """Return the units of a kind as the tables know them (code, name, geometry), or None if the study has none."""
    there = {role: [each.layer for each in shelf.of_roles((role,)) if each.layer is not None] for role in _UNIT_ROLES}
    if not there[roles.BOUNDARY]:
        return None
    one = {role: found[0] if found else None for role, found in there.items()}
    zoning = [Edition(None, layer) for layer in there[roles.ZONING]]
    every = all_units(one[roles.BOUNDARY], one[roles.NEIGHBOURHOODS], zoning, one[roles.DISTRICTS])
    return next((each.frame for each in every if each.id == kind), None)


_UNIT_ROLES = (roles.BOUNDARY, roles.NEIGHBOURHOODS, roles.ZONING, roles.DISTRICTS)


def _chosen(rows: Rows) -> pd.DataFrame:
    """Return the chosen rows in the order they were chosen in."""
    frame = rows.table.frame
    order = {code: place for place, code in enumerate(rows.codes)}
    code = rows.table.spec.code_column(frame.columns)
    kept = frame[frame[code].astype(str).isin(order)]
    return kept.sort_values(code, key=lambda codes: codes.astype(str).map(order), kind="stable")


def _on_ground(frame: pd.DataFrame, rows: Rows, shelf: Shelf) -> GeoDataFrame:
    units = units_of(rows.kind, shelf)
    if units is None:
        raise PucError(_no_ground(rows))
    column = rows.table.spec.code_column(frame.columns)
    ground = units.drop_duplicates("code").set_index("code").geometry
    geometry = [ground.get(code) for code in frame[column].astype(str)]
    return GeoDataFrame(frame.reset_index(drop=True), geometry=geometry, crs=shelf.study.crs)


def _csv(path: Path, table: Table) -> None:
    write.text(path, results.csv_of(table))


def _xlsx(path: Path, table: Table) -> None:
    # openpyxl is slow to load; a window is up before anything is exported.
    from puc_tool import workbook

    write.data(path, workbook.workbook_of(table))


def _gpkg(path: Path, layer: GeoDataFrame) -> tuple[Problem, ...]:
    write.geopackage(path, {path.stem: layer})
    return ()


def _shp(path: Path, layer: GeoDataFrame) -> tuple[Problem, ...]:
    short = short_names([name for name in layer.columns if name != "geometry"])
    write.vector(path, layer.rename(columns=short), "ESRI Shapefile", encoding="UTF-8", promote_to_multi=True)
    changed = [f"{name} → {new}" for name, new in short.items() if name != new]
    return (_shortened(path, changed),) if changed else ()


def _kml(path: Path, layer: GeoDataFrame) -> tuple[Problem, ...]:
    named = layer.to_crs(_WGS84).rename(columns={"name": "Name"})
    write.vector(path, named, "LIBKML", promote_to_multi=True)
    return ()


def _dxf(path: Path, layer: GeoDataFrame) -> tuple[Problem, ...]:
    outlines = GeoDataFrame({"Layer": layer["name"].astype(str)}, geometry=layer.boundary, crs=layer.crs)
    write.vector(path, outlines.explode(ignore_index=True), "DXF")
    left = [name for name in layer.columns if name not in ("name", "geometry")]
    return (_numbers_left(path, len(left)),) if left else ()


_SHEETS: Mapping[str, Callable[[Path, Table], None]] = {"csv": _csv, "xlsx": _xlsx}
_MAPS: Mapping[str, Callable[[Path, GeoDataFrame], tuple[Problem, ...]]] = {
    "gpkg": _gpkg, "shp": _shp, "kml": _kml, "dxf": _dxf,
}  # fmt: skip


def short_names(names: Sequence[str]) -> Mapping[str, str]:
    """Return names of at most ten letters, each once: what is too long is cut, what is taken gets a number."""
    short: dict[str, str] = {}
    for name in sorted(names, key=lambda each: len(each) > _NAME_LENGTH):
        cut, count = name[:_NAME_LENGTH], 1
        while cut in short.values():
            count += 1
            cut = f"{name[: _NAME_LENGTH - len(str(count))]}{count}"
        short[name] = cut
    return {name: short[name] for name in names}


def _no_format(path: Path) -> Problem:
    return Problem(
        "format-unknown",
        same(path.name),
        Text("il nome non dice in che formato scrivere.", "the name does not say which format to write."),
        NOTHING,
        say("Finire il nome con {f}.", "End the name with {f}.", f=listing([f".{each}" for each in FORMATS], 9)),
    )


def _no_ground(rows: Rows) -> Problem:
    return Problem(
        "units-missing",
        rows.table.spec.title,
        Text(
            "lo studio non ha più i perimetri di queste righe.", "the study no longer has the outlines of these rows."
        ),
        NOTHING,
        Text("Salvarle come CSV o foglio di calcolo.", "Save them as CSV or spreadsheet."),
    )


def _shortened(path: Path, changed: list[str]) -> Problem:
    return Problem(
        "names-shortened",
        same(path.name),
        say(
            "uno shapefile ha nomi di dieci lettere: {c}.",
            "a shapefile has names of ten letters: {c}.",
            c=listing(changed, 20),
        ),
        severity=Severity.INFO,
    )


def _numbers_left(path: Path, count: int) -> Problem:
    return Problem(
        "numbers-left-out",
        same(path.name),
        say(
            "un DXF tiene solo contorni e nomi. Colonne che restano fuori: {n}.",
            "a DXF holds outlines and names only. Columns that stay out: {n}.",
            n=count,
        ),
        severity=Severity.INFO,
    )
