"""The edition of the code: what of it changes a key, and what does not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import puc_tool
from puc_tool import edition, provenance
from puc_tool.printing.sheet_orders import Wish, _common
from puc_tool.studies import study_reading

ONE = (("layers/a.py", b"x = 1\n"), ("layers/b.csv", b"code\n"))


def test_that_another_text_or_another_name_is_another_edition():
    assert edition.edition(ONE) != edition.edition((("layers/a.py", b"x = 2\n"), ONE[1]))
    assert edition.edition(ONE) != edition.edition((("layers/c.py", ONE[0][1]), ONE[1]))


def test_that_text_moved_from_one_file_to_the_next_is_another_edition():
    assert edition.edition((("a", b"xy"), ("b", b"z"))) != edition.edition((("a", b"x"), ("b", b"yz")))


def test_that_neither_order_nor_ends_of_lines_matter():
    as_elsewhere = tuple((name, text.replace(b"\n", b"\r\n")) for name, text in reversed(ONE))
    assert edition.edition(as_elsewhere) == edition.edition(ONE)


def test_that_what_computes_and_what_draws_each_have_theirs():
    assert edition.of_results() != edition.of_sheets()
    seen = {name for name, _ in edition._walked(edition.files("puc_tool").joinpath("maps"), "maps")}
    assert {"maps/page.typ", "maps/drawing.py"} <= seen
    assert not any(name.startswith("maps/canvas") for name in seen)


def test_that_every_module_on_the_road_of_a_run_is_one():
    walked = {Path(name).name for name, _ in edition._walked(edition.files("puc_tool"), "puc_tool")}
    assert {f"{name}.py" for name in edition._ROAD} <= walked


def test_that_a_copy_elsewhere_with_compiled_files_has_the_same_edition(tmp_path):
    home = Path(puc_tool.__file__).parents[1]
    for name in ("layers", "analyses", "puc_tool"):
        shutil.copytree(home / name, tmp_path / name, ignore=shutil.ignore_patterns("kernels-*", "*.nbi", "*.nbc"))
    asked = "from puc_tool import edition; print(edition.of_results(), edition.of_sheets())"
    told = subprocess.run([sys.executable, "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.split() == [edition.of_results(), edition.of_sheets()]


def test_that_sheets_of_other_code_are_not_the_same_sheets(town, monkeypatch):
    study, wish = study_reading.read(town), Wish(("pdf",))
    before = _common(study, {}, wish)
    monkeypatch.setattr(edition, "of_sheets", lambda: "another")
    assert _common(study, {}, wish) != before


def test_that_results_of_other_code_have_another_key(town, monkeypatch):
    study = study_reading.read(town)
    before = provenance.key(study, "soil-consumption", {}, ())
    monkeypatch.setattr(edition, "of_results", lambda: "another")
    assert provenance.key(study, "soil-consumption", {}, ()) != before
