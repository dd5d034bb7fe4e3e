"""The files of a sheet that goes on: a page a file, none left of a longer one, a manifest that is little trusted."""

from __future__ import annotations

import json

import pytest

from puc_tool.printing import page_files
from puc_tool.printing.export_manifest import Manifest

FILE = ("10_scheda_ip", "png")


@pytest.fixture
def folder(tmp_path):
    return Manifest(tmp_path / "export")


def lying(folder):
    return sorted(path.name for path in folder.folder.glob("*.png"))


def test_that_each_further_page_is_a_file_beside_the_first(folder):
    page_files.put(folder, FILE, (b"1", b"2", b"3"), {"key": "k"})
    assert page_files.names(folder, *FILE) == ("10_scheda_ip.png", "10_scheda_ip.p2.png", "10_scheda_ip.p3.png")
    assert all(folder.holds(name, "k") for name in page_files.names(folder, *FILE))
    assert (folder.folder / "10_scheda_ip.p3.png").read_bytes() == b"3"


def test_that_of_a_longer_sheet_no_page_stays(folder):
    page_files.put(folder, FILE, (b"1", b"2", b"3"), {"key": "k"})
    page_files.put(folder, FILE, (b"1", b"2"), {"key": "l"})
    assert lying(folder) == ["10_scheda_ip.p2.png", "10_scheda_ip.png"]
    page_files.put(folder, FILE, (b"1",), {"key": "m"})
    assert lying(folder) == ["10_scheda_ip.png"]
    assert "pages" not in folder["10_scheda_ip.png"]


def test_that_a_page_somebody_took_away_is_missed(folder):
    page_files.put(folder, FILE, (b"1", b"2"), {"key": "k"})
    (folder.folder / "10_scheda_ip.p2.png").unlink()
    again = Manifest(folder.folder)
    assert [again.holds(name, "k") for name in page_files.names(again, *FILE)] == [True, False]


@pytest.mark.parametrize("count", ["3", -1, 0, 10**9, None, [2]])
def test_that_a_count_nobody_wrote_is_one_page(folder, count):
    page_files.put(folder, FILE, (b"1",), {"key": "k"})
    path = folder.folder / "manifest.json"
    told = json.loads(path.read_text())
    told["files"]["10_scheda_ip.png"]["pages"] = count
    path.write_text(json.dumps(told))
    assert page_files.names(Manifest(folder.folder), *FILE) == ("10_scheda_ip.png",)
