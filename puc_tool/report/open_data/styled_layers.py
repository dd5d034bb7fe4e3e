"""The layers as files: a GeoPackage that carries its styles, as QGIS keeps them, and GeoJSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing

import numpy as np
import pyogrio
import shapely
from geopandas import GeoDataFrame, GeoSeries

from layers import write
from layers.aside import folder_aside
from puc_tool.report.open_data.holdings import Layer

GEOPACKAGE = "dati.gpkg"
_STILL_STAMP = "2000-01-01T00:00:00.000Z"
_DEGREES = 7
_GEOJSON_CRS = 4326


def geopackage(shown: Sequence[Layer], styles: Mapping[str, tuple[str, str]], about: str) -> bytes:
    """Return a GeoPackage whose layers carry their styles in it, as QGIS keeps them."""
    with folder_aside("open-data") as folder:
        path = folder / GEOPACKAGE
        write.geopackage(path, {layer.name: layer.frame for layer in shown}, about)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(_STYLES_TABLE)
            connection.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) VALUES (?, ?, ?, ?)",
                ("layer_styles", "attributes", "layer_styles", _STILL_STAMP),
            )
            for name, (qgis, server) in styles.items():
                connection.execute(_STYLE, (name, name, qgis, server, _STILL_STAMP))
        return path.read_bytes()


_STYLES_TABLE = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
 f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
 styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"""
_STYLE = """INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
 styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)
 VALUES ('', '', ?, 'geom', ?, ?, ?, 1, '', '', '', ?)"""


def geojson(layer: Layer) -> bytes:
    """Return the layer as RFC 7946 has it: longitude and latitude, seven decimals of a degree (a centimetre).

    What these decimals would make cross itself is taken apart at the crossing.
    """
    with folder_aside("open-data") as folder:
        path = folder / f"{layer.name}.geojson"
        pyogrio.write_dataframe(
            _in_degrees(layer.frame), path, driver="GeoJSON",
            layer_options={"RFC7946": "YES", "COORDINATE_PRECISION": str(_DEGREES)},
        )  # fmt: skip
        return path.read_bytes()


def _in_degrees(frame: GeoDataFrame) -> GeoDataFrame:
    there = frame.to_crs(_GEOJSON_CRS)
    shapes = there.geometry.to_numpy()
    step = 10.0**-_DEGREES
    crossed = shapely.is_valid(shapes) & ~shapely.is_valid(shapely.set_precision(shapes, step, mode="pointwise"))
    apart = shapely.set_precision(shapes[crossed], step)
    shapes[crossed] = np.where(shapely.is_empty(apart), shapes[crossed], apart)
    return there.set_geometry(GeoSeries(shapes, there.index, there.crs))
