"""A sheet as one SVG that any viewer draws: its map is inside, not a picture of it."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from puc_tool.maps.inlined import inlined
from puc_tool.maps.render import render

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
CREST = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><style>path{fill:red}</style></svg>"


@pytest.fixture(scope="module")
def page(sheet) -> bytes:
    return render(sheet, ("svg",)).files["svg"]


@pytest.fixture(scope="module")
def tree(page) -> ElementTree.Element:
    return ElementTree.fromstring(page)


def test_that_every_drawing_is_inside_and_only_cells_are_a_picture(page, tree):
    kinds = {each.get(LINK, "").partition(";")[0] for each in tree.iter(f"{SVG}image")}
    assert kinds == {"data:image/png"}
    assert b"data:image/svg+xml" not in page


def test_that_no_name_stands_twice_and_every_reference_finds_its_own(page, tree):
    names = [each.get("id") for each in tree.iter() if each.get("id")]
    wanted = {each.get(LINK, "")[1:] for each in tree.iter() if each.get(LINK, "").startswith("#")}
    wanted |= set(re.findall(r"url\(#([^)]+)\)", page.decode()))
    assert len(names) == len(set(names))
    assert wanted <= set(names)


def test_that_nothing_is_fetched_from_elsewhere(tree):
    links = [each.get(LINK) for each in tree.iter() if each.get(LINK)]
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in links)
    assert not list(tree.iter(f"{SVG}style"))


def test_that_a_halo_lies_below_its_letters_and_is_not_read_twice(tree):
    texts = [each for each in tree.iter(f"{SVG}text") if (each.text or "").startswith("MONTEBELLO")]
    assert [each.get("aria-hidden") for each in texts] == ["true", None]
    assert texts[0].get("stroke") == texts[0].get("fill") != texts[1].get("fill")
    assert texts[1].get("stroke") is None
    assert [each.get("paint-order") for each in texts] == [None, None]


def test_that_a_drawing_has_the_size_of_its_picture():
    drawing = (
        '<svg xmlns:xlink="x" width="200pt" height="100pt" viewBox="0 0 200 100" xmlns="y">\n <defs>\n'
        '  <style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>\n </defs>\n'
        '<g id="a"><use href="#a"/></g></svg>\n'
    )
    uri = b64encode(drawing.encode()).decode()
    image = f'<image transform="translate(3 4)" xlink:href="data:image/svg+xml;base64,{uri}" width="50" height="10"/>'
    # 200 × 100 units on 50 × 10: each is 0.25 wide and 0.1 high.
    made = inlined(f"<svg>{image}{image}</svg>".encode()).decode()
    assert made.count('<g transform="scale(0.25 0.1)">') == 2
    assert made.count('<g transform="translate(3 4)">') == 2
    assert '<g id="d1-a"><use href="#d1-a"/></g>' in made
    assert '<g id="d2-a"><use href="#d2-a"/></g>' in made


def test_that_a_coat_of_arms_with_a_style_sheet_of_its_own_stays_apart(sheet):
    made = render(replace(sheet, crest=("crest.svg", CREST)), ("svg",)).files["svg"]
    assert made.count(b"data:image/svg+xml") == 1
    assert b"path{fill:red}" not in made
