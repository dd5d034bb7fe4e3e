"""The rules of PDF/UA-1 that can be read off the file, on a sheet, the atlas, the study and a notebook.

After the Matterhorn Protocol 1.1 (PDF Association); the numbers in brackets are its checkpoints.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from puc_tool.cli import main

PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "sh", "Do", "INLINE IMAGE"}
STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private",
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead",
    "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula",
    "Form",
}  # fmt: skip
WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
    "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"},
}  # fmt: skip
"""Where an element may stand (09-004 to 09-006)."""

NAMES = {
    "sheet": "export/01_consumo-suolo.pdf", "small sheet": "export/03_pericolosita.pdf", "atlas": "export/atlas.pdf",
    "study": "report/studio_preliminare.pdf", "notebook": "report/quaderni/levante.pdf",
}  # fmt: skip


@pytest.fixture(scope="module")
def pack(peopled, tmp_path_factory) -> Path:
    """Return the folder of the whole pack of the borough."""
    folder = shutil.copytree(peopled, tmp_path_factory.mktemp("ua") / "borgo")
    assert main(["deliver", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture(params=list(NAMES))
def pdf(pack, request) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(pack / NAMES[request.param]) as opened:
        yield opened


def elements(pdf: pikepdf.Pdf) -> list[tuple[pikepdf.Object, str]]:
    """Return every structure element with the type of its parent, in reading order."""
    found = []

    def walk(element, parent):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            kind = str(element.S)[1:]
            found.append((element, parent))
            for kid in kids(element):
                walk(kid, kind)

    for kid in kids(pdf.Root.StructTreeRoot):
        walk(kid, "")
    return found


def kids(element):
    below = element.get("/K", [])
    return below if isinstance(below, pikepdf.Array) else [below]


def kind(element):
    return str(element.S)[1:]


def test_that_the_file_says_that_it_is_tagged_titled_and_in_which_language(pdf):
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert not root.MarkInfo.get("/Suspects", False)
    assert str(root.Lang).startswith("it")
    assert root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"]
    assert not pdf.is_encrypted
    assert "/AcroForm" not in root
    assert "/JavaScript" not in root.get("/Names", {})


def test_that_whatever_is_painted_is_content_with_a_tag_or_an_artifact(pdf):
    # 01-003 to 01-005
    for page in pdf.pages:
        assert list(untagged(page)) == []


def untagged(holder) -> Iterator[str]:
    """Yield what is painted outside of tagged content and artifacts."""
    marks = list[bool]()
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            operands = instruction.operands
            is_told = str(operands[0]) == "/Artifact" or (len(operands) > 1 and "/MCID" in operands[1])
            marks.append(is_told)
        elif operator == "EMC":
            marks.pop()
        elif operator in PAINTING and not any(marks):
            yield operator


def test_that_every_mark_of_a_page_belongs_to_an_element_and_to_one_alone(pdf):
    tree = pdf.Root.StructTreeRoot.ParentTree
    owners = {int(key): value for key, value in numbers(tree)}
    for page in pdf.pages:
        found = [
            int(each.operands[1].MCID)
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "BDC" and "/MCID" in each.operands[1]
        ]
        assert len(found) == len(set(found))
        assert all("/S" in owners[int(page.obj.StructParents)][mark] for mark in found)


def numbers(node) -> Iterator[tuple[int, pikepdf.Object]]:
    told = list(node.get("/Nums", []))
    yield from zip(told[::2], told[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from numbers(kid)


def test_that_every_element_is_of_a_standard_type_where_it_may_stand(pdf):
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    for element, parent in elements(pdf):
        name = kind(element)
        assert name in STANDARD or str(roles.get(f"/{name}"))[1:] in STANDARD
        assert parent in WITHIN.get(name, {parent}), f"{name} in {parent}"


def test_that_headings_begin_at_the_first_level_and_skip_none(pdf):
    # 14-002, 14-003
    levels = [int(kind(each)[1]) for each, _ in elements(pdf) if kind(each)[:1] == "H" and kind(each)[1:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_that_every_figure_says_in_words_what_it_shows(pdf):
    # 13-004
    figures = [each for each, _ in elements(pdf) if kind(each) == "Figure"]
    assert figures
    assert all(len(str(each.Alt)) > 20 for each in figures)


def test_that_every_figure_holds_what_it_shows_and_knows_its_page(pdf):
    """One with nothing in it is passed over by readers: they find a figure by the content it marks."""
    pages = {page.obj.objgen for page in pdf.pages}
    for figure in (each for each, _ in elements(pdf) if kind(each) == "Figure"):
        holders = [each for each in (figure, *below(figure)) if any(isinstance(kid, int) for kid in kids(each))]
        assert holders
        assert all(each.Pg.objgen in pages for each in holders)


def test_that_every_table_has_headers_that_say_what_they_head(pdf):
    # 15-003
    tables = [each for each, _ in elements(pdf) if kind(each) == "Table"]
    assert tables
    for table in tables:
        heads = [each for each in below(table) if kind(each) == "TH"]
        assert heads
        assert all(scope(each) in ("/Column", "/Row", "/Both") for each in heads)


def below(element) -> Iterator[pikepdf.Object]:
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def scope(head) -> str:
    told = head.get("/A", [])
    attributes = told if isinstance(told, pikepdf.Array) else [told]
    return next((str(each.Scope) for each in attributes if "/Scope" in each), "")


def test_that_items_of_a_list_have_a_body(pdf):
    # 16-003 and ISO 32000-1 table 336
    for element, _ in elements(pdf):
        if kind(element) == "L":
            assert {kind(each) for each in kids(element) if "/S" in each} <= {"LI", "Caption", "L"}
        if kind(element) == "LI":
            assert "LBody" in {kind(each) for each in kids(element) if "/S" in each}


def test_that_links_say_where_they_lead_and_are_read_in_the_order_of_the_text(pdf):
    # 28-004, 28-009, 28-011, 28-012
    for page in pdf.pages:
        links = [each for each in page.obj.get("/Annots", []) if each.Subtype == "/Link"]
        if links:
            assert page.obj.Tabs == "/S"
        assert all(str(each.get("/Contents", "")) for each in links)
        assert all("/StructParent" in each for each in links)


def test_that_every_font_is_embedded_and_its_text_can_be_searched(pdf):
    # 31-009, 10-001
    fonts = {font.objgen: font for font in pdf.objects if is_font(font)}
    assert fonts
    for font in fonts.values():
        assert "/ToUnicode" in font
        for each in font.DescendantFonts:
            descriptor = each.FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def is_font(each) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and "/DescendantFonts" in each
