"""PostGIS in a throw-away cluster: in a temporary folder, reached by its own socket only, gone at the end."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter

import shapely

from benchmarks.parts.landscape import Layer
from benchmarks.parts.peer import Missing, Peer
from benchmarks.parts.peer_duckdb import by_key, chain

USER = "nobody"
"""Postgres refuses to run as root; then this user does."""

SETTINGS = "-c shared_buffers=512MB -c work_mem=256MB -c fsync=off -c listen_addresses="


class Cluster:
    """A server of our own."""

    def __init__(self) -> None:
        programs = sorted(Path("/").glob("usr/lib/postgresql/*/bin/initdb"))
        if not programs:
            raise Missing("PostGIS (no server: postgresql postgresql-postgis)")
        self.bin = programs[-1].parent
        self.folder = Path(mkdtemp(prefix="puc-postgis-"))
        if os.getuid() == 0:
            shutil.chown(self.folder, USER)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {self.folder} {SETTINGS}"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", USER, "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder)

    def psql(self, sql: str, given: str | None = None) -> str:
        """Return what a statement prints, as CSV without a header."""
        command = ["psql", "-h", str(self.folder), "-U", "postgres", "-X", "-q", "--csv", "-t", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run([*command, "-c", sql], input=given, check=True, capture_output=True, text=True)
        return done.stdout

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


def postgis(layers: Sequence[Layer]) -> Peer:
    cluster = Cluster()
    try:
        cluster.psql("create extension postgis")
    except subprocess.CalledProcessError as error:
        cluster.stop()
        raise Missing("PostGIS (the server has no extension postgis)") from error
    for layer in layers:
        load(cluster, layer)
    found: list[str] = [""]
    sql = chain([layer.name for layer in layers])

    def run() -> float:
        start = perf_counter()
        found[0] = cluster.psql(sql)
        return perf_counter() - start

    return Peer("PostGIS", run, lambda: by_key(list(csv.reader(found[0].splitlines()))), cluster.stop)


def load(cluster: Cluster, layer: Layer) -> None:
    lines = zip(layer.classes.tolist(), shapely.to_wkb(layer.polygons, hex=True), strict=True)
    cluster.psql(f"create table {layer.name} (class int, geom geometry)")
    cluster.psql(f"copy {layer.name} from stdin csv", "\n".join(f"{number},{wkb}" for number, wkb in lines))
    cluster.psql(f"create index on {layer.name} using gist (geom)")
    cluster.psql(f"vacuum analyze {layer.name}")
