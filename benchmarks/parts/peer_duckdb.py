"""DuckDB with its spatial extension: from PyPI, ``duckdb`` and ``duckdb-extension-spatial`` of the same version."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from benchmarks.parts.landscape import Layer
from benchmarks.parts.peer import Cells, Missing, Peer, in_process


def connection() -> Any:
    try:
        duckdb = import_module("duckdb")
        folder = Path(import_module("duckdb_extension_spatial").__file__ or "").parent
    except ImportError as error:
        raise Missing(f"DuckDB spatial ({error})") from error
    database = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    found = sorted(folder.rglob("spatial.duckdb_extension"))
    if not found:
        raise Missing("DuckDB spatial (no extension of this version; it is not fetched over the network)")
    database.execute(f"load '{found[-1]}'")
    return database


def duckdb_spatial(layers: Sequence[Layer]) -> Peer:
    database = connection()
    for layer in layers:
        frame = pd.DataFrame({"class": layer.classes, "wkb": shapely.to_wkb(layer.polygons)})
        database.register("frame", frame)
        database.execute(f"create table {layer.name} as select class, ST_GeomFromWKB(wkb) as geom from frame")
    sql = chain([layer.name for layer in layers])
    return in_process("DuckDB", lambda: database.execute(sql).fetchall(), by_key)


def chain(names: Sequence[str]) -> str:
    """Return the query that crosses the tables one after the other and sums areas by the classes of all."""
    steps, last, columns = [], names[0], "l.class as c0"
    for number, name in enumerate(names[1:], start=1):
        kept = columns if number == 1 else ", ".join(f"l.c{i}" for i in range(number))
        steps.append(
            f"s{number} as materialized (select {kept}, r.class as c{number}, ST_Intersection(l.geom, r.geom) as geom "
            f"from {last} l join {name} r on ST_Intersects(l.geom, r.geom))"
        )
        last = f"s{number}"
    keys = ", ".join(f"c{i}" for i in range(len(names)))
    return f"with {', '.join(steps)} select {keys}, sum(ST_Area(geom)) from {last} group by {keys}"


def by_key(rows: object) -> Cells:
    """Return rows of classes and area as cells; touching polygons, without any, are no cell."""
    return {tuple(map(int, row[:-1])): float(row[-1]) for row in rows if float(row[-1]) > 0.0}
