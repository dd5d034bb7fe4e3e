"""The borough with a plan that needs mending, and what the tests of mending ask of it."""

from __future__ import annotations

import geopandas
import pytest
import shapely

from layers.problems import PucError
from layers.reference import LayerRef
from puc_tool.shelf import Shelf
from puc_tool.sources import trust
from puc_tool.studies import study_editing, study_reading

WEST, SOUTH = 4_306_000.0, 2_336_000.0


def ground(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


@pytest.fixture
def given_layer(town, brought):
    """Let the borough's study name a file of the given features; return how."""

    def of(frame, role="zoning", name="dato.gpkg", **words):
        frame.to_file(brought / name, layer="tabella", driver="GPKG")
        ref = LayerRef(role, f"../scaricati/{name}", "tabella", **words)
        document = study_reading.document(town)
        study_editing.put_layer(document, ref, replace=True)
        study_editing.save(document, town)
        trust.agree(brought / name)
        return ref

    return of


def zones(*geometry, **columns):
    return geopandas.GeoDataFrame(columns, geometry=list(geometry), crs=3035)


@pytest.fixture
def plan(given_layer):
    """Return two zones with a gap of 0.2 m x 1000 m and an overlap with a third of 0.3 m x 1000 m, and a copy."""
    geometry = [ground(0, 0, 1000, 400), ground(0, 400.2, 1000, 700), *[ground(0, 699.7, 1000, 1000)] * 2]
    return given_layer(zones(*geometry, zone=["R1", "AG", "PA", "PA"]))


@pytest.fixture
def study(town, plan):
    return study_reading.read(town)


@pytest.fixture
def remarks(town):
    """Return what is said of a layer whenever it is read, by code."""

    def of(role="zoning"):
        study = study_reading.read(town)
        return {problem.code: problem for problem in Shelf(study).intake(study.of_role(role)[0]).problems}

    return of


@pytest.fixture
def refuses():
    """Run work that must be refused; return the codes of the problems."""

    def of(work, *words):
        with pytest.raises(PucError) as refusal:
            work(*words)
        return [problem.code for problem in refusal.value.problems]

    return of
