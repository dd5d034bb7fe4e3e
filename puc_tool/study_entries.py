"""One ``[[layer]]`` of ``study.toml`` as the very text that stands there, so that it can be put back byte for byte.

An entry begins with its header and ends with its last key; blank lines and comments after that belong to what follows.
"""

from __future__ import annotations

import re
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.toml_document import TOMLDocument

from layers.problems import PucError
from layers.reference import LayerRef
from puc_tool import study_editing, study_reading

_ENTRY = re.compile(r"\s*\[\[\s*layer\s*\]\]")
_OTHER_TABLE = re.compile(r"\s*\[(?!\s*layer\s*\.)")
_ALONE = "version = 1\n\n"


def entry_of(document: TOMLDocument, ref: LayerRef) -> str:
    """Return the text of the entry of ``ref``; raises PucError if there is none, or the layers stand in one line."""
    lines = _lines(document)
    first, last = _span(lines, study_editing.place_of(document, ref.role, ref.year))
    return "".join(lines[first:last])


def with_entry(document: TOMLDocument, ref: LayerRef, entry: str) -> TOMLDocument:
    """Return the document with ``entry`` in the place of that of ``ref``."""
    lines = _lines(document)
    first, last = _span(lines, study_editing.place_of(document, ref.role, ref.year))
    return tomlkit.parse("".join([*lines[:first], entry, *lines[last:]]))


def said(entry: str, ref: LayerRef) -> str:
    """Return ``entry`` changed to say ``ref``, with the comments of what stays."""
    document = tomlkit.parse(entry)
    study_editing.put_layer(document, ref, replace=True)
    return tomlkit.dumps(document)


def meaning(entry: str, folder: Path) -> LayerRef | None:
    """Return the layer that ``entry`` names, or None if it does not name exactly one, without a fault."""
    try:
        study = study_reading.from_document(tomlkit.parse(_ALONE + entry), folder)
    except (PucError, TOMLKitError):
        return None
    return study.layers[0] if len(study.layers) == 1 and _ENTRY.match(entry) else None


def _lines(document: TOMLDocument) -> list[str]:
    return tomlkit.dumps(document).splitlines(keepends=True)


def _span(lines: list[str], place: int) -> tuple[int, int]:
    """Return where the lines of the entry number ``place`` begin, and where they have ended."""
    first = [at for at, line in enumerate(lines) if _ENTRY.match(line)][place]
    inside = range(first + 1, len(lines))
    end = next((at for at in inside if _OTHER_TABLE.match(lines[at])), len(lines))
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return first, end
