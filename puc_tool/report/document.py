"""A report as data: chapters of paragraphs, tables, charts and maps. Three writers print the very same document.

A number in a sentence carries the id of the result it was read from («soil-consumption/suolo_consumato_ha»), so that
every writer can say where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter
from types import MappingProxyType

from layers.text import NOTHING, Lang, Text


@dataclass(frozen=True)
class Number:
    """A printed number and the id of the result it is."""

    words: Text
    result: str


@dataclass(frozen=True)
class Stretch:
    """Words of a sentence in one language; ``result`` is the id of the result they print, if they are a number."""

    words: str
    result: str = ""


@dataclass(frozen=True)
class Sentence:
    """A template in both languages whose slots are filled with numbers and with names."""

    template: Text
    slots: Mapping[str, Number | Text] = field(default_factory=lambda: MappingProxyType({}))

    def stretches(self, lang: Lang) -> Iterator[Stretch]:
        """Yield the sentence piece by piece."""
        for words, name, _, _ in Formatter().parse(self.template.to(lang)):
            if words:
                yield Stretch(words)
            if name is not None:
                slot = self.slots[name]
                number = isinstance(slot, Number)
                yield Stretch(slot.words.to(lang), slot.result) if number else Stretch(slot.to(lang))  # type: ignore[union-attr]

    def to(self, lang: Lang) -> str:
        """Return the words alone."""
        return "".join(stretch.words for stretch in self.stretches(lang))


def plain(words: Text) -> Sentence:
    """Return a sentence without slots: braces in it are braces."""
    return Sentence(Text(*(each.replace("{", "{{").replace("}", "}}") for each in (words.it, words.en))))


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together. ``is_lead``: it opens its chapter, in larger type."""

    sentences: tuple[Sentence, ...]
    is_lead: bool = False


@dataclass(frozen=True)
class Head:
    """The head of a column; a column of numbers stands to the right."""

    label: Text
    unit: Text = NOTHING
    is_number: bool = False

    def to(self, lang: Lang) -> str:
        """Return the label with its unit."""
        return f"{self.label.to(lang)} ({self.unit.to(lang)})" if self.unit else self.label.to(lang)


@dataclass(frozen=True)
class Table:
    """Rows under heads; ``result`` is the table they were read from, ``note`` what a reader must know of them.

    ``is_register``: its first column holds the marks that numbers refer to.
    """

    caption: Text
    heads: tuple[Head, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: Text = NOTHING
    result: str = ""
    is_register: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: ``value`` is its length, ``words`` the number as it is printed."""

    label: Text
    value: float
    words: Text


@dataclass(frozen=True)
class Chart:
    """Bars from zero, the first on top; ``longest`` is the value as wide as the page, the largest where it is 0.

    ``alt`` says in words what it shows; the numbers stand beside the bars.
    """

    caption: Text
    alt: Text
    bars: tuple[Bar, ...]
    result: str
    longest: float = 0.0

    @property
    def full(self) -> float:
        """The value of a bar as wide as the page."""
        return self.longest or max((abs(bar.value) for bar in self.bars), default=0.0) or 1.0


@dataclass(frozen=True)
class Key:
    """One item of a map's legend: its swatch as SVG, its meaning, how much of it there is, under which heading."""

    swatch: bytes
    label: Text
    amount: Text = NOTHING
    group: Text = NOTHING

    def to(self, lang: Lang) -> str:
        """Return the whole item in words: under which heading, what, how much."""
        named = f"{self.group.to(lang)}: {self.label.to(lang)}" if self.group else self.label.to(lang)
        return f"{named} ({self.amount.to(lang)})" if self.amount else named


@dataclass(frozen=True)
class Map:
    """A map: ``pictures`` (SVG and PNG by name) lie one over the other, each ``size_mm`` large."""

    caption: Text
    alt: Text
    pictures: Mapping[str, bytes]
    size_mm: tuple[float, float]
    legend: tuple[Key, ...]
    result: str


@dataclass(frozen=True)
class Note:
    """A box beside the text: how something was computed, or (``warns``) what is missing or not verified."""

    heading: Text
    items: tuple[Text, ...]
    warns: bool = False


@dataclass(frozen=True)
class Entry:
    """A term and its explanation."""

    term: Text
    words: Text


@dataclass(frozen=True)
class Entries:
    """A list of terms: the glossary."""

    entries: tuple[Entry, ...]


Block = Paragraph | Table | Chart | Map | Note | Entries


@dataclass(frozen=True)
class Section:
    """A heading of the second level and what stands under it."""

    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Chapter:
    """A heading of the first level, its own blocks and its sections; a short one need not begin a page."""

    title: Text
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    begins_page: bool = True

    def every_block(self) -> Iterator[Block]:
        """Yield the blocks of the chapter and of its sections, in the order they are read."""
        yield from self.blocks
        for section in self.sections:
            yield from section.blocks


@dataclass(frozen=True)
class Document:
    """A whole report. ``day`` is the study's date, never that of printing; ``stamp`` marks made-up data."""

    title: Text
    subtitle: Text
    authority: Text
    day: date | None
    stamp: Text
    chapters: tuple[Chapter, ...]

    def every_block(self) -> Iterator[Block]:
        """Yield every block in the order it is read."""
        for chapter in self.chapters:
            yield from chapter.every_block()

    def results(self) -> tuple[str, ...]:
        """Return the ids of the results printed, in order of first appearance."""
        return tuple(dict.fromkeys(result for block in self.every_block() for result in _results_of(block)))


def _results_of(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        for sentence in block.sentences:
            yield from (stretch.result for stretch in sentence.stretches("it") if stretch.result)
    elif isinstance(block, Table | Chart | Map) and block.result:
        yield block.result
