"""A document with words that every form can hold: no control characters, no letters that the font lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from layers.text import Text
from puc_tool.maps import fonts

T = TypeVar("T")


def printable(value: T) -> T:
    """Return ``value``, a document or any part of one, with every Text in it as it can be printed."""
    return _clean(value)


def _clean(value: Any) -> Any:
    if isinstance(value, Text):
        return replace(value, it=fonts.printable(value.it), en=fonts.printable(value.en))
    if isinstance(value, tuple):
        return tuple(_clean(each) for each in value)
    if isinstance(value, Mapping):
        return {name: _clean(each) for name, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{part.name: _clean(getattr(value, part.name)) for part in fields(value)})
    return value
