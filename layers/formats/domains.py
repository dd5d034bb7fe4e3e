"""What a source itself says its codes mean: the coded-value domains of a GeoPackage or a File Geodatabase.

GeoPackage: the schema extension (OGC 12-128r18, annex F.9), an ``enum`` constraint of a column. File Geodatabase: the
XML of the table GDB_Items. Both are read without touching the file: immutable, and no XML that declares entities.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from xml.etree import ElementTree as ET

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from layers.source import Source

Domains = Mapping[str, Mapping[str, str]]
"""Field → code → words."""

_ENUMS = """
SELECT c.column_name, v.value, v.description
FROM gpkg_data_columns c JOIN gpkg_data_column_constraints v ON v.constraint_name = c.constraint_name
WHERE c.table_name = ? AND v.constraint_type = 'enum' AND v.description IS NOT NULL
ORDER BY c.column_name, v.value
"""
_ITEMS = "GDB_Items"


def domains(source: Source, table: str | None) -> Domains:
    """Return the domains of the fields of ``table``; none where the format has none or they can't be read."""
    if source.format.id == "geopackage" and not source.inside:
        return _of_geopackage(source, table)
    return _of_geodatabase(source, table) if source.format.id == "filegdb" else {}


def _of_geopackage(source: Source, table: str | None) -> Domains:
    try:
        with closing(sqlite3.connect(f"{source.path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            rows = database.execute(_ENUMS, (table,)).fetchall()
    except sqlite3.Error:  # the extension is not there
        return {}
    found: dict[str, dict[str, str]] = {}
    for column, code, words in rows:
        found.setdefault(str(column), {})[str(code)] = str(words)
    return found


def _of_geodatabase(source: Source, table: str | None) -> Domains:
    try:
        items = pyogrio.read_dataframe(source.gdal_path, layer=_ITEMS, read_geometry=False)["Definition"].dropna()
    except (DataSourceError, DataLayerError, KeyError):
        return {}
    trees = [tree for text in items if (tree := _tree(str(text))) is not None]
    known = {_text(tree, "DomainName"): dict(_codes(tree)) for tree in trees}
    wanted = next(
        (tree for tree in trees if tree.find(".//GPFieldInfoEx") is not None and _text(tree, "Name") == table), None
    )
    fields = [] if wanted is None else wanted.findall(".//GPFieldInfoEx")
    return {_text(field, "Name"): words for field in fields if (words := known.get(_text(field, "DomainName")))}


def _tree(text: str) -> ET.Element | None:
    if "<!" in text.replace("<!--", ""):
        return None
    try:
        return ET.fromstring(text)
    except ET.ParseError:
        return None


def _codes(tree: ET.Element) -> Iterator[tuple[str, str]]:
    for value in tree.findall(".//CodedValue"):
        yield _text(value, "Code"), _text(value, "Name")


def _text(tree: ET.Element, name: str) -> str:
    return tree.findtext(name) or ""
