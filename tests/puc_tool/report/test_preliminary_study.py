"""The preliminary study: what it says is what was found, and each of its three forms says the same."""

from __future__ import annotations

import io
import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser

import docx as word
import pikepdf
import pytest

from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.problems import Problem, PucError
from layers.text import Text
from puc_tool.printing import sheets
from puc_tool.report.changes import changes
from puc_tool.report.document import Chapter, Chart, Head, Map, Note, Paragraph, Table, plain
from puc_tool.report.docx_writer import docx
from puc_tool.report.html_writer import html
from puc_tool.report.map_figures import MapDesk
from puc_tool.report.methods import register
from puc_tool.report.pdf_writer import pdf
from puc_tool.report.printable import printable
from puc_tool.report.versions import Version, kept, read, version_of
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

LANGS = ("it", "en")


@pytest.fixture(scope="module")
def made(documents):
    """Return the bytes of each form in each language."""
    writers = {"pdf": pdf, "docx": docx, "html": html}
    return {(form, lang): write(documents[lang], lang) for form, write in writers.items() for lang in LANGS}


class Page(HTMLParser):
    """What a screen reader meets in a page: heading levels, alternative texts, link targets, ids."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.levels, self.alts, self.links, self.ids = list[int](), list[str | None](), list[str](), list[str]()
        self.tags, self.words, self.lang = list[str](), "", ""
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))
        if tag == "img":
            self.alts.append(told.get("alt"))
        if tag == "a":
            self.links.append(told["href"])
        if tag == "html":
            self.lang = told["lang"]
        if "id" in told:
            self.ids.append(told["id"])

    def handle_data(self, data):
        self.words += data


def numbers(document):
    return [
        slot
        for block in document.every_block()
        if isinstance(block, Paragraph)
        for sentence in block.sentences
        for slot in sentence.slots.values()
        if not isinstance(slot, Text)
    ]


def test_that_a_sentence_says_the_figure_that_was_found(documents):
    # 2023: 20 × 20 + 10 × 10 cells of 100 m² = 5 ha of 100; net: + 1 ha − 0,25 ha over 11 years
    words = " ".join(
        sentence.to("it")
        for block in documents["it"].every_block()
        if isinstance(block, Paragraph)
        for sentence in block.sentences
    )
    assert "Il suolo consumato misura 5,00\u00a0ha, il 5,0\u00a0% del territorio" in words
    assert "Fra il 2012 e il 2023 il consumo netto è stato di 0,75\u00a0ha, 0,07\u00a0ha all'anno" in words
    assert "fra 1,00\u00a0ha di nuovo consumo e 0,25\u00a0ha di suolo ripristinato" in words


def test_that_every_number_in_the_text_is_the_result_it_names(documents, ran):
    shown = numbers(documents["it"])
    assert len(shown) > 10
    for number in shown:
        analysis, _, name = number.result.partition("/")
        content = json.loads((ran / "results" / analysis / "figures.json").read_text(encoding="utf-8"))
        figures = {figure["id"]: figure["value"] for figure in content["figures"]}
        if name in figures:
            digits = float(
                number.words.it.split("\u00a0")[0].split("'")[-1].split()[-1].replace(".", "").replace(",", ".")
            )
            last = 10.0 ** -len(number.words.it.split("\u00a0")[0].partition(",")[2])
            assert digits == pytest.approx(figures[name], abs=0.5 * last + 1e-9), number


def test_that_a_figure_without_a_value_is_named_with_what_is_missing(documents):
    notes = [item.it for block in documents["it"].every_block() if isinstance(block, Note) for item in block.items]
    assert any(item.startswith("Maglia effettiva (CBC): serve il raster fino a 10 km") for item in notes)


def test_that_an_analysis_not_run_is_named_with_the_command_that_runs_it(documents):
    notes = {item for block in documents["en"].every_block() if isinstance(block, Note) for item in block.items}
    told = " ".join(item.en for item in notes)
    for analysis in ("hazard-exposure", "service-coverage", "garden-suitability", "transformation-districts"):
        assert f"puc-tool run STUDY {analysis}" in told


def test_that_a_chapter_without_any_figure_says_once_what_is_missing(documents):
    environment = documents["it"].chapters[1]
    said, note = environment.blocks
    assert environment.sections == ()
    assert "non ha ancora cifre" in said.sentences[0].to("it")
    assert len(note.items) == len(set(note.items)) == 3  # hazard, standards, districts


def test_that_a_study_that_prints_no_figure_has_no_empty_table(found):
    assert [type(block) for block in register(found, ()).blocks] == [Paragraph]


def test_that_the_register_has_a_row_for_every_mark_in_the_text(documents):
    register = next(each for each in documents["it"].every_block() if isinstance(each, Table) and each.is_register)
    assert [row[0].it for row in register.rows] == [f"r{n}" for n in range(1, len(documents["it"].results()) + 1)]


def test_that_maps_and_charts_say_in_words_what_they_show(documents):
    for lang in LANGS:
        alts = [each.alt.to(lang) for each in documents[lang].every_block() if isinstance(each, Chart | Map)]
        assert alts
        assert all(len(alt) > 30 and alt.endswith(".") for alt in alts)


def test_that_a_map_in_the_study_says_the_scale_of_its_caption_and_points_to_no_table_beside_it(documents):
    maps = [each for each in documents["it"].every_block() if isinstance(each, Map)]
    assert maps
    for each in maps:
        (scale,) = re.findall(r"1:[\d.]+\d", each.caption.it)
        assert re.findall(r"1:[\d.]+\d", each.alt.it) in ([], [scale])
        assert "tabella a lato" not in each.alt.it


@pytest.mark.parametrize("lang", LANGS)
def test_that_the_pdf_is_tagged_titled_and_in_its_language(made, lang):
    with pikepdf.open(io.BytesIO(made["pdf", lang])) as pages:
        assert str(pages.Root.Lang).startswith(lang)
        assert pages.Root.MarkInfo.Marked
        assert pages.Root.ViewerPreferences.DisplayDocTitle
        with pages.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
        kinds, alts = set(), []
        for element in structure(pages.Root.StructTreeRoot):
            kinds.add(str(element.S))
            if str(element.S) == "/Figure":
                alts.append(str(element.get("/Alt", "")))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/P", "/Link"} <= kinds
    assert alts
    assert all(alts)


def structure(element):
    """Yield every element of the structure tree."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


@pytest.mark.parametrize("lang", LANGS)
def test_that_the_docx_opens_with_headings_header_rows_and_alternative_texts(made, documents, lang):
    opened = word.Document(io.BytesIO(made["docx", lang]))
    heads = [each.text for each in opened.paragraphs if each.style.name == "Heading 1"]
    assert heads == [f"{n} {each.title.to(lang)}" for n, each in enumerate(documents[lang].chapters, start=1)]
    assert len(opened.tables) == sum(isinstance(each, Table) for each in documents[lang].every_block())
    assert all(table.rows[0]._tr.trPr.findall(word.oxml.ns.qn("w:tblHeader")) for table in opened.tables)
    drawn = [each for each in documents[lang].every_block() if isinstance(each, Chart | Map)]
    pictures = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert [alt for alt in pictures if alt] == [each.alt.to(lang) for each in drawn]
    assert pictures.count("") == sum(len(each.legend) for each in drawn if isinstance(each, Map))
    assert opened.core_properties.language[:2] == lang


def said(element) -> str:
    """Return the words in an element of a DOCX."""
    return "".join(text.text for text in element.iter(word.oxml.ns.qn("w:t")))


@pytest.mark.parametrize("lang", LANGS)
def test_that_the_docx_lists_its_contents_and_each_entry_leads_to_its_heading(made, lang):
    body = word.Document(io.BytesIO(made["docx", lang])).element.body
    qn = word.oxml.ns.qn
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marked = {mark.get(qn("w:name")): said(mark.getparent()) for mark in body.iter(qn("w:bookmarkStart"))}
    entries = [said(link) for link in body.iter(qn("w:hyperlink"))]
    assert len(links) > 10
    assert entries == [marked[anchor] for anchor in links]
    marks = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("separate") == marks.count("end") == len(links) + 1


@pytest.mark.parametrize("lang", LANGS)
def test_that_the_html_has_headings_in_order_and_leads_nowhere_but_into_itself(made, lang):
    page = Page(made["html", lang])
    assert page.lang == lang
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    assert None not in page.alts
    assert any(page.alts)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert not {"script", "iframe", "link"} & set(page.tags)


@pytest.mark.parametrize("ground", ["page", "stripe", "told", "warned"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_that_the_html_can_be_read_by_light_and_by_dark(made, scheme, ground):
    roots = re.findall(r":root {(.*?)}", made["html", "it"].decode(), re.DOTALL)
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", roots[scheme]))
    for ink in ("ink", "ink-2", "accent", "warning"):
        assert contrast(colours[ink], colours[ground]) >= 4.5, ink  # WCAG 2.2, 1.4.3


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 has it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("lang", LANGS)
def test_that_every_table_of_the_html_has_a_caption_heads_and_scrolls_by_itself(made, documents, lang):
    page = made["html", lang].decode()
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) == sum(isinstance(each, Table | Chart) for each in documents[lang].every_block())
    for each in tables:
        assert "<caption>" in each
        assert each.count('scope="col"') >= 2
        assert each.count('scope="row"') == each.split("<tbody>")[1].count("<tr>")
    assert page.count('<div class="table" role="region" tabindex="0"') == page.count("<table>")
    assert [page.count(f"<{mark}") for mark in ("main", "nav", "header>", "footer")] == [1, 1, 1, 1]


@pytest.mark.parametrize("lang", LANGS)
def test_that_all_three_forms_print_the_same_sentences(made, documents, lang):
    with_marks = Page(made["html", lang]).words
    in_word = "\n".join(each.text for each in word.Document(io.BytesIO(made["docx", lang])).paragraphs)
    for block in documents[lang].every_block():
        for sentence in block.sentences if isinstance(block, Paragraph) else ():
            for stretch in sentence.stretches(lang):
                assert stretch.words in with_marks
                assert stretch.words in in_word


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_that_the_same_study_gives_the_same_bytes(made, documents, form):
    write = {"pdf": pdf, "docx": docx, "html": html}[form]
    assert write(documents["it"], "it") == made[form, "it"]


def test_that_a_changed_figure_stands_beside_what_it_was(found):
    now = version_of(found)
    name = "soil-consumption/suolo_consumato_ha"
    (table,) = changes(found, replace(now, figures={**now.figures, name: now.figures[name] - 2.0})).blocks
    assert [[cell.it for cell in row] for row in table.rows] == [
        ["Suolo consumato", "3,00\u00a0ha", "5,00\u00a0ha", "+2,00\u00a0ha"]
    ]


def test_that_a_first_version_and_an_unchanged_one_say_so(found):
    assert "prima versione" in changes(found, None).blocks[0].sentences[0].to("it")
    assert "Nessuna cifra" in changes(found, version_of(found)).blocks[0].sentences[0].to("it")


def test_that_what_a_figure_changed_from_is_told_with_it(found):
    now = version_of(found)
    before = replace(
        now,
        parameters={**now.parameters, "soil-consumption/sdg_logarithmic": "true"},
        sources={**now.sources, "boundary/": "another", "zoning/1987": "gone"},
    )
    del before.sources["neighbourhoods/"]
    said, *notes = changes(found, before).blocks
    assert "Nessuna cifra" in said.sentences[0].to("it")
    assert [[item.it for item in note.items] for note in notes] == [
        ["SDG 11.3.1 con il tasso logaritmico (Consumo di suolo): prima sì, ora no."],
        ["Confine comunale: il suo contenuto è cambiato.", "Quartieri: prima non c'era.",
         "Zonizzazione del piano, 1987: non c'è più."],
    ]  # fmt: skip


def test_that_a_figure_no_more_found_keeps_its_name_and_one_that_prints_alike_is_no_change(found):
    now = version_of(found)
    name = "soil-consumption/suolo_consumato_ha"
    before = replace(
        now, figures={**now.figures, name: now.figures[name] + 1e-9, "standards/standard_totale_m2_per_person": 15.5}
    )
    (table,) = changes(found, before).blocks
    assert [[cell.it for cell in row] for row in table.rows] == [["Totale: dotazione", "15,50", "n.d.", "n.d."]]


@pytest.mark.parametrize("told", [None, {}, [], "x", {"figures": 3}, {"figures": {"a/b": "x"}, "parameters": 1}])
def test_that_a_manifest_that_somebody_changed_tells_what_it_can(told):
    version = read(told)
    assert version is None or version.figures == {}


def test_that_the_version_before_is_read_as_it_was_kept_and_as_the_tool_kept_it_once(found):
    now = version_of(found)
    assert read(json.loads(json.dumps(kept(now)))) == now
    assert read({"a/b": 1.0}) == Version({"a/b": 1.0})


ITALIAN = Text("Zona di completamento", "Zona di completamento", spoken="it")


@pytest.fixture(scope="module")
def foreign(documents):
    """Return the English study of a title and of a cell in Italian."""
    chapter = Chapter(Text("Zone", "Zones"), (Table(Text("Zone", "Zones"), (Head(ITALIAN),), ((ITALIAN,),)),))
    return printable(replace(documents["en"], subtitle=ITALIAN, chapters=(chapter,)))


def test_that_the_english_html_marks_what_is_italian(foreign):
    page = html(foreign, "en").decode()
    assert '<p class="subtitle" lang="it">Zona' in page
    assert '<th scope="row" lang="it">Zona' in page
    assert ' lang="it"' not in html(foreign, "it").decode().partition("<head>")[2]


def test_that_the_english_pdf_marks_what_is_italian(foreign):
    def tongues(lang):
        with pikepdf.open(io.BytesIO(pdf(foreign, lang))) as pages:
            return {str(each.get("/Lang", ""))[:2] for each in structure(pages.Root.StructTreeRoot)}

    assert "it" in tongues("en")
    assert "it" not in tongues("it")


def test_that_the_english_docx_marks_what_is_italian(foreign):
    qn = word.oxml.ns.qn
    body = word.Document(io.BytesIO(docx(foreign, "en"))).element.body
    marked = [
        said(mark.getparent().getparent()) for mark in body.iter(qn("w:lang")) if mark.get(qn("w:val")) == "it-IT"
    ]
    assert marked == ["Zona di completamento", "Zona di completamento"]


def test_that_a_parameter_is_told_once_and_marked_once(documents):
    tables = [
        each
        for each in documents["it"].every_block()
        if isinstance(each, Table) and each.caption.it == "Parametri usati"
    ]
    rows = [row for each in tables for row in each.rows]
    assert rows
    assert len(rows) == len(set(rows))


def test_that_braces_in_plain_words_are_printed():
    assert plain(Text("nel campo {zona}", "in field {zona}")).to("it") == "nel campo {zona}"


def test_that_words_no_form_can_hold_do_not_stop_any(documents):
    odd = Text("riga\x01 con \x00 segni \u2603 {strani} <b> & \u202e", "odd\x01 {words} <b> & \x0c")
    chapter = Chapter(odd, (Paragraph((plain(odd),)), Note(odd, (odd,)), Table(odd, (Head(odd),), ((odd,),))))
    strange = printable(replace(documents["it"], title=odd, subtitle=odd, authority=odd, chapters=(chapter,)))
    assert pdf(strange, "it").startswith(b"%PDF")
    assert word.Document(io.BytesIO(docx(strange, "it"))).paragraphs
    page = html(strange, "it").decode()
    assert "{strani} &lt;b&gt; &amp;" in page
    assert "\x01" not in page


def test_that_a_map_that_cannot_be_drawn_is_told_in_its_place(ran, found, monkeypatch):
    def refuse(*_):
        raise PucError(Problem("odd", Text("a", "a"), Text("manca un livello.", "a layer is missing.")))

    kinds = (replace(sheets.BY_ID["consumo-suolo"], build=refuse),)
    monkeypatch.setattr(sheets, "ALL", kinds)
    (note,) = MapDesk(Shelf(study_reading.read(ran)), found, "it").maps_of(SOIL_CONSUMPTION)
    assert note.items[0].it.startswith("Carta del consumo di suolo: manca un livello.")


def test_that_a_boundary_lost_since_the_run_is_told_where_a_map_would_be(ran, found, tmp_path):
    folder = shutil.copytree(ran, tmp_path / "borgo")
    (folder / "data" / "borgo.gpkg").write_bytes(b"cut off")
    (note,) = MapDesk(Shelf(study_reading.read(folder)), found, "it").maps_of(SOIL_CONSUMPTION)
    assert note.items[0].it.startswith("Carta del consumo di suolo: lo studio non ha un confine comunale leggibile.")
