"""The preliminary study as a document: four components, methods, doubts, changes, the register of numbers, glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from layers.codelist import label, rows
from layers.text import NOTHING, Lang, Text, say
from puc_tool.maps import credentials
from puc_tool.report import glossary
from puc_tool.report.changes import changes
from puc_tool.report.components.environment import ENVIRONMENT
from puc_tool.report.components.society import SOCIETY
from puc_tool.report.components.soil import SOIL
from puc_tool.report.components.technology import TECHNOLOGY
from puc_tool.report.composing import MISSING, MapsOf, blocks, lead
from puc_tool.report.document import (
    Block,
    Chapter,
    Chart,
    Document,
    Entries,
    Map,
    Note,
    Paragraph,
    Section,
    Table,
    plain,
)
from puc_tool.report.findings import Findings
from puc_tool.report.methods import methods, register, unverified
from puc_tool.report.printable import printable
from puc_tool.report.telling import Component
from puc_tool.report.versions import Version
from puc_tool.results import DEMONSTRATION
from puc_tool.shelf import Shelf

COMPONENTS = {component.id: component for component in (ENVIRONMENT, TECHNOLOGY, SOCIETY, SOIL)}
TITLE = Text("Studio preliminare", "Preliminary study")
_GLOSSARY = Text("Glossario", "Glossary")
_NO_FIGURE = Text("Questo capitolo non ha ancora cifre.", "This chapter has no figures yet.")  # fmt: skip
_FOREWORD = Text(
    "Questo studio accompagna il piano urbanistico comunale e ne raccoglie le "
    "analisi in quattro componenti. Ogni numero "
    "porta la sigla del risultato da cui è letto (r1, r2, …): l'elenco in fondo dice in quale file sta e come è "
    "calcolato. Le cifre che non si sono potute calcolare sono nominate, con quello che manca.",
    "This study accompanies the municipal plan and gathers its analyses in four "
    "components. Every number carries the mark "
    "of the result it was read from (r1, r2, …): the list at the end says in which "
    "file it stands and how it is computed. "
    "Figures that could not be computed are named, with what is missing.",
)


def study_document(shelf: Shelf, findings: Findings, maps_of: MapsOf, lang: Lang, before: Version | None) -> Document:
    """Return the study; ``before`` is its last version, None for the first."""
    study = shelf.study
    told = tuple(_component(COMPONENTS[row["id"]], _title(row), findings, maps_of)
                 for row in rows("study_components"))  # fmt: skip
    printed = _printed(told)
    chapters = (
        Chapter(
            Text("Come leggere questo studio", "How to read this study"),
            (Paragraph((plain(_FOREWORD),)),),
            begins_page=False,
        ),
        *told,
        methods(findings),
        unverified(findings, printed),
        changes(findings, before),
        register(findings, printed),
    )
    terms = tuple(glossary.used_in(" ".join(words for chapter in chapters for words in _words(chapter, lang)), lang))
    whole = Document(
        TITLE,
        study.named,
        credentials.title_block(shelf)["ente"],
        study.day,
        DEMONSTRATION if study.is_demonstration else NOTHING,
        (*chapters, Chapter(_GLOSSARY, (Entries(terms),))) if terms else chapters,
    )
    return printable(whole)


def _title(row: Mapping[str, str]) -> Text:
    """Return the heading of a component: the codelist names most of them by an adjective alone."""
    name = label(row, "component")
    if row["id"] not in _ADJECTIVES:
        return name
    return Text(f"Componenti {name.it[0].lower()}{name.it[1:]}", f"{name.en} components")


_ADJECTIVES = ("env", "tech", "soc")


def _component(component: Component, title: Text, findings: Findings, maps_of: MapsOf) -> Chapter:
    sections = (
        Section(indicator.title, tuple(blocks(indicator.contents, findings, maps_of)))
        for indicator in component.indicators
    )
    told = tuple(each for each in sections if each.blocks)
    missing = [block for section in told for block in section.blocks]
    if all(isinstance(block, Note) and block.heading == MISSING for block in missing):
        return Chapter(title, (Paragraph((plain(_NO_FIGURE),)), *_at_once(missing)))
    return Chapter(title, tuple(lead(component.opening, findings)), told)


def _at_once(missing: Iterable[Block]) -> Iterator[Note]:
    """Yield one note of all that is missing, each thing once."""
    items = dict.fromkeys(item for block in missing if isinstance(block, Note) for item in block.items)
    if items:
        yield Note(MISSING, tuple(items), warns=True)


def _printed(chapters: tuple[Chapter, ...]) -> tuple[str, ...]:
    return Document(NOTHING, NOTHING, NOTHING, None, NOTHING, chapters).results()


def _words(chapter: Chapter, lang: Lang) -> Iterator[str]:
    """Yield the words of a chapter that a reader may want explained."""
    yield chapter.title.to(lang)
    yield from (section.title.to(lang) for section in chapter.sections)
    for block in chapter.every_block():
        yield from _words_of(block, lang)


def _words_of(block: Block, lang: Lang) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from (sentence.to(lang) for sentence in block.sentences)
    elif isinstance(block, Table):
        yield from (block.caption.to(lang), *(head.label.to(lang) for head in block.heads))
    elif isinstance(block, Chart | Map):
        yield block.caption.to(lang)
    elif isinstance(block, Note):
        yield from (item.to(lang) for item in block.items)


def subtitle(document: Document) -> Text:
    """Return the line under the title: whose study, of which study."""
    return (
        say("{a} · {s}", "{a} · {s}", a=document.authority, s=document.subtitle)
        if document.authority
        else document.subtitle
    )
