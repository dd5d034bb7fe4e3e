"""Every official code says where it comes from, and whether that was read or remembered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODELISTS = sorted((ROOT / "layers" / "codelists").glob("*.csv"))
STATUSES = {
    "verified", "verified_code_only", "verified_article_list", "threshold_verified", "partly_verified",
    "derived", "own_knowledge", "not_found",
}  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_that_there_are_codelists():
    assert CODELISTS


@pytest.mark.parametrize("path", CODELISTS, ids=lambda path: path.stem)
def test_that_every_row_says_its_status_and_its_source(path):
    silent = [
        (number, row)
        for number, row in enumerate(rows(path), start=2)
        if row["status"] not in STATUSES or not row["source"].strip()
    ]
    assert silent == []


@pytest.mark.parametrize("path", CODELISTS, ids=lambda path: path.stem)
def test_that_the_rows_are_as_wide_as_the_header(path):
    # DictReader puts what is too much under the key None and what is missing as the value None.
    assert [row for row in rows(path) if None in row or None in row.values()] == []
