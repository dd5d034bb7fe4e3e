"""One ``[[layer]]`` of ``study.toml`` as the very text that stands there, so that it can be put back byte for byte.

An entry begins with its header and ends with its last key; blank lines and comments after that belong to what follows.
"""

from __future__ import annotations

import re
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from layers import write
from layers.problems import PucError
from layers.reference import LayerRef
from layers.source import unreadable
from puc_tool.studies import study_editing, study_reading
from puc_tool.studies.study_refusals import not_utf8
from puc_tool.study import FILE

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ENTRY = re.compile(r"\s*\[\[\s*layer\s*\]\]")
_OTHER_TABLE = re.compile(r"\s*\[(?!\s*layer\s*\.)")
MARK = "\ufeff"
_ALONE = "version = 1\n\n"


def read(folder: Path) -> str:
    """Return ``study.toml`` as it stands, ends of lines and all; raises PucError if it can't be read or understood."""
    study_reading.read(folder)
    return text_of(folder)


def text_of(folder: Path) -> str:
    """Return ``study.toml`` as it stands, understood or not; raises PucError if it can't be read."""
    try:
        return (folder / FILE).read_bytes().decode("utf-8")
    except OSError as error:
        raise PucError(unreadable(folder / FILE)) from error
    except UnicodeDecodeError as error:
        raise PucError(not_utf8()) from error


def save(text: str, folder: Path) -> None:
    """Write ``text`` as ``study.toml``, atomically; raises PucError if it does not state a study."""
    study_reading.from_document(tomlkit.parse(text.removeprefix(MARK)), folder)
    write.text(folder / FILE, text)


def entry_of(text: str, ref: LayerRef) -> str:
    """Return the entry of ``ref``; raises PucError if there is none, or the layers stand in one line."""
    lines, first, last = _parted(text, ref)
    return "".join(lines[first:last])


def with_entry(text: str, ref: LayerRef, entry: str) -> str:
    """Return ``text`` with ``entry`` in the place of that of ``ref``."""
    lines, first, last = _parted(text, ref)
    return "".join([*lines[:first], entry, *lines[last:]])


def said(entry: str, ref: LayerRef) -> str:
    """Return ``entry`` changed to say ``ref``, with the comments of what stays."""
    document = tomlkit.parse(entry)
    study_editing.put_layer(document, ref, replace=True)
    return tomlkit.dumps(document)


def meaning(entry: str, folder: Path) -> LayerRef | None:
    """Return the layer that ``entry`` names, or None if it does not name exactly one, without a fault."""
    try:
        document = tomlkit.parse(_ALONE + entry)
        layers = study_reading.from_document(document, folder).layers
    except (PucError, TOMLKitError):
        return None
    return layers[0] if len(layers) == 1 and set(document) == {"version", "layer"} else None


def _parted(text: str, ref: LayerRef) -> tuple[list[str], int, int]:
    """Return the lines of ``text``, where the entry of ``ref`` begins among them, and where it has ended."""
    lines = _LINE.findall(text)
    document = tomlkit.parse(text.removeprefix(MARK))
    headers = [at for at, line in enumerate(lines) if _ENTRY.match(line)]
    first = headers[study_editing.place_of(document, ref.role, ref.year)]
    end = next((at for at in range(first + 1, len(lines)) if _OTHER_TABLE.match(lines[at])), len(lines))
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return lines, first, end
