"""Every word that a sheet prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from layers.text import Text, same


def texts_of(value: Any) -> Iterator[Text]:
    """Yield every Text inside a sheet, and plain words as Text; geometries and arrays hold none."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, str):
        yield same(value)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, dict):
        yield from texts_of(tuple(value.values()))
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts_of(getattr(value, part.name))
