"""The borough with its soil computed: one analysis has results, the others have none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from puc_tool import study_reading
from puc_tool.cli import main
from puc_tool.report.findings import findings
from puc_tool.report.map_figures import MapDesk
from puc_tool.report.study import study_document
from puc_tool.shelf import Shelf


@pytest.fixture(scope="session")
def ran(town_template, tmp_path_factory) -> Path:
    """Return a copy of the borough whose soil consumption has been computed; not to be written into."""
    folder = shutil.copytree(town_template, tmp_path_factory.mktemp("calcolato") / "borgo")
    assert main(["run", str(folder), "soil-consumption", "--quiet"]) == 0
    return folder


@pytest.fixture(scope="session")
def found(ran):
    return findings(study_reading.read(ran))


@pytest.fixture(scope="session")
def documents(ran, found):
    """Return the study of the borough by language."""
    shelf = Shelf(study_reading.read(ran))
    return {
        lang: study_document(shelf, found, MapDesk(shelf, found, lang).maps_of, lang, None) for lang in ("it", "en")
    }
