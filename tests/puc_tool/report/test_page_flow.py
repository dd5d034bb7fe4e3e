"""How the pages of a report fill: no gaps before figures, their order kept, headings with what they head."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layers.text import NOTHING, same
from puc_tool.report import pdf_writer, printing
from puc_tool.report.document import (
    Bar,
    Block,
    Chapter,
    Chart,
    Document,
    Head,
    Map,
    Note,
    Paragraph,
    Section,
    Table,
    plain,
)

DPI, PAGE_MM, TOP_MM, FOOT_MM = 20, 297, 22, 277
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}"><path fill="{c}" d="M0 0H{w}V{h}H0Z"/></svg>'


def paragraph(lines: int) -> Paragraph:
    return Paragraph((plain(same("Il piano si legge a partire da qui. " * 3 * lines)),))


def table(rows: int) -> Table:
    cells = tuple((same(f"Voce {row}"), same("1,00")) for row in range(rows))
    return Table(same("Tabella di prova"), (Head(same("Voce")), Head(same("Valore"), is_number=True)), cells)


def chart(bars: int) -> Chart:
    drawn = tuple(Bar(same(f"Barra {bar}"), bar + 1.0, same("1")) for bar in range(bars))
    return Chart(same("Grafico di prova"), same("Un grafico di prova, con le sue barre."), drawn, "")


def map_of(width: float, height: float, number: int = 0) -> Map:
    """Return a map in a colour of its own."""
    drawn = PICTURE.format(w=width, h=height, c=f"#00{number:02x}ff").encode()
    alt = same("Una carta di prova, tutta blu.")
    return Map(same("Carta di prova"), alt, {"a.svg": drawn}, (width, height), (), "")


def sections(*blocks: tuple[Block, ...]) -> Document:
    told = tuple(Section(same("Un argomento"), each) for each in blocks)
    last = Chapter(same("Ultimo"), (paragraph(1),))
    return Document(same("Studio"), same("Prova"), NOTHING, None, NOTHING, (Chapter(same("Primo"), (), told), last))


def pages(document: Document) -> Iterator[np.ndarray]:
    """Yield the pages of the first chapter as pictures."""
    content = dict[str, bytes]()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(printing, "pdf", lambda template, files, day: content.update(files))
        pdf_writer.pdf(document, "it")
    with printing.ROOM.compiler(pdf_writer.TEMPLATE, content) as compiler:
        made = compiler.compile(format="png", ppi=float(DPI))
    for page in made[2:-1]:  # after cover and contents, before the last chapter
        yield np.asarray(Image.open(io.BytesIO(page)).convert("RGB"))


def filled(page: np.ndarray) -> float:
    """Return how far down the text goes, as a share of its room."""
    top, foot = (round(mm / 25.4 * DPI) for mm in (TOP_MM, FOOT_MM))
    inked = np.flatnonzero((page[top:foot] < 250).any(axis=(1, 2)))
    return (inked[-1] + 1) / (foot - top)


def met(page: np.ndarray) -> list[int]:
    """Return the numbers of the maps of a page from the top down, read off their colours."""
    reds, greens, blues = np.moveaxis(page.astype(int), -1, 0)
    is_map = (reds == 0) & (blues == 255)
    return list(dict.fromkeys(greens[is_map].tolist()))


LONG = {
    "a map that does not fit is followed by text that does": sections(
        (paragraph(20), map_of(168, 112), paragraph(20), paragraph(20), map_of(168, 112), paragraph(10))
    ),
    "maps in a row": sections((paragraph(6), *[map_of(118, 112)] * 5), (paragraph(8), table(30), paragraph(20))),
    "a long table between figures": sections(
        (paragraph(12), chart(12), table(40), map_of(118, 112), table(9), chart(10), paragraph(9)), (chart(12),)
    ),
    "one figure after another": sections((chart(12),), (chart(12), chart(12)), (chart(12), chart(9))),
}


@pytest.mark.parametrize("told", list(LONG))
def test_that_every_page_but_the_last_of_a_chapter_is_two_thirds_full(told):
    shares = [filled(page) for page in pages(LONG[told])]
    assert len(shares) > 1
    assert min(shares[:-1]) >= 2 / 3, shares


def test_that_a_heading_that_leads_to_a_figure_waits_for_the_figures_before_it():
    # Two maps wait after the table, each for a page of its own; the third, small one may not stand beside the first.
    waiting = (paragraph(11), table(11), map_of(118, 128, 0), map_of(118, 114, 1))
    shown = [each for page in pages(sections(waiting, (map_of(118, 20, 2),))) for each in met(page)]
    assert shown == [0, 1, 2]


block = st.one_of(
    st.integers(1, 20).map(paragraph),
    st.integers(1, 40).map(table),
    st.tuples(st.sampled_from((118, 168)), st.integers(20, 130)).map(lambda size: map_of(*size)),
    st.integers(1, 12).map(lambda items: Note(same("Nota"), (same("Una cosa da sapere."),) * items)),
)


@given(st.lists(st.lists(block, min_size=1, max_size=6).map(tuple), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_that_each_map_stands_once_in_the_order_of_the_text(blocks):
    number = itertools.count()
    told = (
        tuple(map_of(*each.size_mm, next(number)) if isinstance(each, Map) else each for each in told)
        for told in blocks
    )
    shown = [each for page in pages(sections(*told)) for each in met(page)]
    assert shown == list(range(next(number)))
