"""Files broken in every way: each ends in a problem in both languages, never in a crash, a hang or a wrong count.

Seven places in each format are cut, flipped, mixed with the files of five others. Reading happens in a process of its
own. What no reader can know is listed in ``UNKNOWABLE``, each with its reason.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent
FORMATS = {
    "asciigrid": "dtm.asc",
    "csv": "punti.csv",
    "csv-wkt": "zone.csv",
    "dxf": "zone.dxf",
    "filegdb": "zone.gdb",
    "flatgeobuf": "zone.fgb",
    "geojson": "zone.geojson",
    "geopackage": "zone.gpkg",
    "geoparquet": "zone.parquet",
    "geotiff": "dtm.tif",
    "geotiff-packed": "dtm.tif",
    "gml": "zone.gml",
    "gpx": "punti.gpx",
    "gtfs": "orario.zip",
    "hgt": "N44E009.hgt",
    "kml": "zone.kml",
    "kmz": "zone.kmz",
    "mapinfo-mif": "zone.mif",
    "mapinfo-tab": "zone.tab",
    "netcdf": "dtm.nc",
    "ods": "punti.ods",
    "osm": "rione.osm",
    "osm-gz": "rione.osm.gz",
    "shapefile": "zone.shp",
    "sqlite": "zone.sqlite",
    "topojson": "punti.json",
    "xlsx": "punti.xlsx",
    "zip": "zone.zip",
    "zip-in-zip": "zone.zip",
}
OTHER_ENDINGS = (
    ".gpkg",
    ".shp",
    ".geojson",
    ".csv",
    ".tif",
    ".kml",
    ".gml",
    ".fgb",
    ".parquet",
    ".xlsx",
    ".zip",
    ".tab",
)

PBF, PBF_FILE = "osm-pbf", "rione.osm.pbf"
PBF_SIDES = {"a": "osm_network/roma_via_montebello.osm.pbf", "b": "osm_network/rome_center.osm.pbf"}
"""Nothing here writes this format: two small real files stand in, where there are any."""

UNKNOWABLE = {
    ("csv", "cut"): "a text has no count: cut at the end of a row, or of a number, it is a shorter text",
    ("csv-wkt", "cut"): "as csv",
    ("csv", "bytes"): "a line end more or less makes other rows of the same text, a quote joins them",
    ("csv-wkt", "bytes"): "as csv",
    ("dxf", "bytes"): "an entity whose name is no longer one is another program's, to be passed over by the standard",
    ("osm", "bytes"): "a way whose key «highway» has another name is a way of another kind, as many are",
    ("gpx", "bytes"): "a waypoint whose attribute «lat» has another name is still XML, and has no place",
}
"""What can be wrong without anybody being able to tell from the file, by format and damage."""


@dataclass(frozen=True)
class Damage:
    """What is done to which file of a dataset. ``place`` (0 to 1) is where in the file, ``extra`` what else."""

    dataset: str
    kind: str
    part: int
    place: float
    extra: int


# One kind for all that changes single bytes, for which the same is knowable.
BYTES = ("flip", "flip-many", "insert", "drop")
KINDS = ("cut", "cut", *BYTES, "swap", "lose", "empty", "append", "rename")


def cut(content: bytes, place: float, extra: int) -> bytes:
    return content[: int(place * len(content))]


def flip(content: bytes, place: float, extra: int) -> bytes:
    return flipped(content, [place])


def flip_many(content: bytes, place: float, extra: int) -> bytes:
    return flipped(content, [(place * 7919 * (at + 1) + extra / 257) % 1 for at in range(1 + extra % 12)])


def flipped(content: bytes, places: list[float]) -> bytes:
    changed = bytearray(content)
    for place in places:
        at = place * len(content) * 8
        if content:
            changed[int(at / 8) % len(content)] ^= 1 << (int(at) % 8)
    return bytes(changed)


def insert(content: bytes, place: float, extra: int) -> bytes:
    at = int(place * len(content))
    more = (b"\0", b"\xff" * 4, b"<", b"x" * 100, b"\n", b'"')[extra % 6]
    return content[:at] + more + content[at:]


def drop(content: bytes, place: float, extra: int) -> bytes:
    at = int(place * len(content))
    return content[:at] + content[at + (1, 2, 8, 100)[extra % 4] :]


CHANGES = {"cut": cut, "flip": flip, "flip-many": flip_many, "insert": insert, "drop": drop}


@st.composite
def damages(draw: st.DrawFn, datasets: tuple[str, ...] = tuple(sorted(FORMATS))) -> Damage:
    places = st.one_of(st.floats(0, 1, exclude_max=True), st.floats(0, 0.05))
    return Damage(
        draw(st.sampled_from(datasets)),
        draw(st.sampled_from(KINDS)),
        draw(st.integers(0, 30)),
        draw(places),
        draw(st.integers(0, 255)),
    )


class Ward:
    """Sound datasets, and the process that reads broken ones."""

    def __init__(self, folder: Path, worker) -> None:
        self._folder, self._ask = folder, worker
        command = [sys.executable, str(HERE / "sound_files.py"), str(folder / "sound")]
        subprocess.run(command, check=True, env={"PYTHONPATH": str(HERE.parents[1]), "PATH": ""})
        self.mains = dict(FORMATS)
        self.sound = {name: self.read(folder / "sound" / "a" / name / main) for name, main in FORMATS.items()}

    def take(self, dataset: str, main: str, sides: Mapping[str, Path]) -> None:
        """Take files that lie elsewhere as both sides of a dataset."""
        for side, path in sides.items():
            folder = self._folder / "sound" / side / dataset
            folder.mkdir(exist_ok=True)
            (folder / main).write_bytes(path.read_bytes())
        self.mains[dataset] = main
        self.sound[dataset] = self.read(self._folder / "sound" / "a" / dataset / main)

    def read(self, path: Path) -> Mapping[str, Mapping[str, object]]:
        """Return the tables that are read of the dataset, by name; those that are refused with their refusal."""
        answer = self._ask(read=str(path))
        return {table.get("name", ""): table for table in answer.get("tables", [answer])}

    def inspect(self, path: Path) -> Mapping[str, object]:
        """Return exit code and answer of ``inspect``, which must say nothing besides."""
        answer = self._ask(argv=["inspect", str(path), "--json"])
        assert answer["code"] in (0, 1), answer["out"]
        assert answer["err"] == ""
        return json.loads(answer["out"])

    def broken(self, damage: Damage) -> tuple[Path, str]:
        """Write the damaged dataset; return it, and the name of the file that was damaged."""
        files, others = (self._files(side, damage.dataset) for side in "ab")
        name = sorted(files)[damage.part % len(files)]
        main = self.mains[damage.dataset]
        if damage.kind in CHANGES:
            files[name] = CHANGES[damage.kind](files[name], damage.place, damage.extra)
        elif damage.kind == "rename":
            main = Path(main).with_suffix(OTHER_ENDINGS[damage.extra % len(OTHER_ENDINGS)]).name
            files[main] = files.pop(name)
        else:
            files = {
                "swap": {**files, name: others.get(name, files[name])},
                "lose": {each: content for each, content in files.items() if each != name},
                "empty": {**files, name: b""},
                "append": {**files, name: files[name] + others.get(name, b"")},
            }[damage.kind]
        return self._written(files) / main, name

    def _files(self, side: str, dataset: str) -> dict[str, bytes]:
        folder = self._folder / "sound" / side / dataset
        return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}

    def _written(self, files: Mapping[str, bytes]) -> Path:
        folder = self._folder / "broken"
        shutil.rmtree(folder, ignore_errors=True)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return folder


@pytest.fixture(scope="module")
def ward(tmp_path_factory, worker) -> Ward:
    return Ward(tmp_path_factory.mktemp("ward"), worker)


def test_that_every_sound_file_is_read_whole_and_without_a_warning(ward):
    for name, tables in ward.sound.items():
        counts = {table["features"] for table in tables.values()}
        assert counts <= {0, 7, 47 * 64, 1201 * 1201}, (name, tables)
        assert all(said["severity"] == "info" for table in tables.values() for said in table["said"]), (name, tables)


def is_told(table: Mapping[str, object]) -> bool:
    return "refused" in table or any(said["severity"] != "info" for said in table["said"])


def has_texts(problems) -> bool:
    return all(each["it"] and each["en"] and each["code"] for each in problems)


def is_another_dataset(damage: Damage, name: str) -> bool:
    """Tell whether what lies there now is sound: another dataset, or (of two zips in a row) the last."""
    files = {"gml": 1, "asciigrid": 1, "shapefile": 5, "mapinfo-mif": 2, "mapinfo-tab": 4, "filegdb": 30}
    is_whole = files.get(damage.dataset, 1) == 1 and name in (*FORMATS.values(), PBF_FILE)
    return damage.kind in ("swap", "append", "rename") and is_whole


def is_knowable(damage: Damage) -> bool:
    return (damage.dataset, "bytes" if damage.kind in BYTES else damage.kind) not in UNKNOWABLE


def is_silently_wrong(damage: Damage, sound, read) -> bool:
    """Tell whether other features than the sound dataset's were read of a table, and nobody says so."""
    for name, table in read.items():
        if is_told(table):
            continue
        was = sound.get(name) or next(iter(sound.values()))
        if table["features"] != was["features"]:
            return True
        # Of a file that was cut or is missing, what is left must be what was there; a flipped bit can be anywhere.
        if damage.kind in ("cut", "lose", "empty") and Counter(table["shapes"]) != Counter(was["shapes"]):
            return True
    return False


def check(ward: Ward, damage: Damage) -> None:
    path, name = ward.broken(damage)
    read, seen = ward.read(path), ward.inspect(path)
    assert all(has_texts([*table.get("said", []), *table.get("refused", [])]) for table in read.values())
    assert all(each["code"] and each["where"] and each["message"] for each in seen["problems"])
    if is_knowable(damage) and not is_another_dataset(damage, name):
        assert not is_silently_wrong(damage, ward.sound[damage.dataset], read), (name, read)


def broken_files(examples: int):
    """Return the settings of a run of so many broken files; the worker's time limit stands in for a deadline."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


@broken_files(150)
@given(damage=damages())
def test_that_a_broken_file_ends_in_words(ward, damage):
    check(ward, damage)


@pytest.mark.slow
@broken_files(2000)
@given(damage=damages())
def test_that_two_thousand_broken_files_end_in_words(ward, damage):
    check(ward, damage)


@pytest.mark.slow
@broken_files(60)
@given(damage=damages((PBF,)))
def test_that_a_broken_real_extract_ends_in_words(real_data, ward, damage):
    if PBF not in ward.sound:
        ward.take(PBF, PBF_FILE, {side: real_data / name for side, name in PBF_SIDES.items()})
    check(ward, damage)
