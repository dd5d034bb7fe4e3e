"""The fields that roles are declared with."""

from __future__ import annotations

from layers.spec import Field, Kind, Shape
from layers.text import Text
from layers.vocabulary import Vocabulary

NAME = ("nome", "denominazione", "denom", "descr", "descrizione", "label", "nome_it", "quartiere")
CODE = ("codice", "cod", "id", "istat", "pro_com", "objectid")
ANY_VECTOR = (Shape.POINT, Shape.LINE, Shape.POLYGON)
POPULATION = Field(
    "population",
    Text("Popolazione residente", "Residents"),
    Kind.NUMBER,
    unit="ab",
    low=0.0,
    seen_as=("popolazione", "pop", "residenti", "abitanti", "pop_tot", "p1"),
)


def text(
    name: str,
    it: str,
    en: str,
    *,
    required: bool = False,
    known_by: Vocabulary | None = None,
    seen_as: tuple[str, ...] = (),
) -> Field:
    """Return a field of words, or of a code that ``known_by`` tells from other fields by its values."""
    return Field(name, Text(it, en), required=required, known_by=known_by, seen_as=seen_as)


def coded(
    name: str, it: str, en: str, codes: Vocabulary, *, required: bool = False, seen_as: tuple[str, ...] = ()
) -> Field:
    """Return a field whose values are among ``codes``."""
    return Field(name, Text(it, en), required=required, codes=codes, seen_as=seen_as)


def amount(
    name: str, it: str, en: str, unit: str, *, high: float | None = None, seen_as: tuple[str, ...] = ()
) -> Field:
    """Return a field of numbers from zero to ``high``, in ``unit``."""
    return Field(name, Text(it, en), Kind.NUMBER, unit=unit, low=0.0, high=high, seen_as=seen_as)


def share(name: str, it: str, en: str) -> Field:
    """Return a field of percentages."""
    return amount(name, it, en, "%", high=100.0)
