"""The papers of the house agree with each other and with what is shipped."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("layers", "analyses", "puc_tool", "ui")
DATA = {".csv", ".gpkg", ".geojson", ".json", ".tif", ".parquet", ".xlsx", ".png", ".svg", ".jpg", ".ttf", ".otf"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict[str, object]:
    return tomllib.loads(read("pyproject.toml"))["project"]


@pytest.fixture(scope="module")
def publiccode() -> dict[str, object]:
    return yaml.safe_load(read("publiccode.yml"))


def newest_release() -> tuple[str, date]:
    found = re.search(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", read("CHANGELOG.md"), re.MULTILINE)
    assert found, "CHANGELOG.md has no «## [x.y.z] - YYYY-MM-DD»"
    return found[1], date.fromisoformat(found[2])


def test_that_the_version_is_the_same_everywhere(publiccode):
    version, released = newest_release()
    assert (project()["version"], publiccode["softwareVersion"]) == (version, version)
    assert publiccode["releaseDate"] == released


def test_that_the_licence_is_the_same_everywhere(publiccode):
    assert project()["license"] == publiccode["legal"]["license"] == "EUPL-1.2"
    text = read("LICENSE")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert re.findall(r"^(\d+)\.[A-Z]", text, re.MULTILINE) == [str(number) for number in range(1, 16)]


def test_that_the_catalogue_file_has_what_its_standard_asks_for(publiccode):
    # publiccode.yml 0.4: the keys marked mandatory there, with maintenance «internal».
    mandatory = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert mandatory <= publiccode.keys()
    assert {"type", "contacts"} <= publiccode["maintenance"].keys()
    assert publiccode["localisation"].keys() == {"localisationReady", "availableLanguages"}


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_catalogue_describes_the_tool_within_the_lengths_it_allows(publiccode, lang):
    words = publiccode["description"][lang]
    assert 0 < len(words["shortDescription"]) <= 150
    assert 150 <= len(words["longDescription"]) <= 10_000
    assert words["features"]


def shipped() -> set[str]:
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.suffix in DATA)
    return {path.relative_to(ROOT).as_posix() for path in paths}


def test_that_every_data_file_shipped_has_its_credit_and_no_other_has():
    credited = re.findall(r"^\| `([^`]+)` \|", read("docs/crediti.md"), re.MULTILINE)
    assert len(credited) == len(set(credited))
    assert set(credited) == shipped()


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):.*## ", read("Makefile"), re.MULTILINE))


def commands(name: str) -> set[str]:
    """Return the targets that a document tells to make, as whole commands between backquotes or in a code block."""
    return set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", read(name), re.MULTILINE))


def test_that_the_documents_only_tell_to_make_what_can_be_made():
    assert commands("README.md") | commands("CONTRIBUTING.md") <= targets()


def test_that_everything_that_can_be_made_is_told():
    assert commands("README.md") | commands("CONTRIBUTING.md") == targets()


def decisions() -> list[Path]:
    return sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_that_decisions_are_numbered_without_a_gap():
    assert [path.name[:4] for path in decisions()] == [f"{number:04}" for number in range(1, len(decisions()) + 1)]


@pytest.mark.parametrize("path", decisions(), ids=lambda path: path.stem)
def test_that_a_decision_says_why_what_and_what_it_cost(path):
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "What we gave up"]


LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/crediti.md", "docs/glossario.md"]
)
def test_that_every_link_to_a_file_leads_to_one(name):
    folder = (ROOT / name).parent
    assert [link for link in LINK.findall(read(name)) if not (folder / link).exists()] == []


def rooms() -> list[tuple[str, str]]:
    """Return floor and name of everything that the table of rooms in ARCHITECTURE.md names as a file or a folder."""
    rows = re.findall(r"^\| `(\w+)/` \|(.*)\|$", read("ARCHITECTURE.md"), re.MULTILINE)
    assert [floor for floor, _ in rows] == list(PACKAGES)
    return [(floor, name) for floor, told in rows for name in re.findall(r"`([a-z_/…]+)`", told)]


@pytest.mark.parametrize("floor", PACKAGES)
def test_that_every_room_the_map_names_is_there(floor):
    paths = [path.relative_to(ROOT / floor).with_suffix("") for path in (ROOT / floor).rglob("*")]
    there = {path.name for path in paths} | {path.as_posix() for path in paths}
    named = [name.rstrip("/") for at, name in rooms() if at == floor]
    patterns = {name: name.replace("…", ".+") for name in named if not (ROOT / name).exists()}
    lost = [name for name, pattern in patterns.items() if not any(re.fullmatch(pattern, each) for each in there)]
    assert named
    assert lost == []


def test_that_the_arrows_of_the_drawing_stand_under_their_lines():
    lines = read("ARCHITECTURE.md").splitlines()
    heads = [(row, at) for row, line in enumerate(lines) for at, sign in enumerate(line) if sign == "▼"]
    assert heads
    assert [(lines[row], at) for row, at in heads if lines[row - 1][at : at + 1] != "│"] == []
