"""A page as one plain SVG: Typst puts drawings in as data URIs, which some viewers leave blank; here they are inlined.

A drawing becomes a group with its own clip and its own names, so that nothing of it reaches another. A picture that is
not ours (an SVG coat of arms may bring a style sheet along) stays a data URI.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable

from puc_tool.maps import fonts

_NUMBER = r"[-+.\de]+"
_IMAGE = re.compile(r'<image((?: [\w-]+="[^"]*")*?) xlink:href="data:image/svg\+xml;base64,([^"]+)"([^>]*?)/>')
_DRAWING = re.compile(
    r"<svg xmlns:xlink=[^>]*? width=\"(\d+)pt\" height=\"(\d+)pt\" viewBox=\"0 0 \1 \2\"[^>]*>\s*<defs>\s*"
    r"<style type=\"text/css\">\*\{stroke-linejoin: round; stroke-linecap: butt\}</style>\s*</defs>(.*)</svg>\s*$",
    re.DOTALL,
)
_SIDE = re.compile(rf'(width|height)="({_NUMBER})"')
_NAMED = re.compile(r'(\bid="|\burl\(#|href="#)')
_HALO = re.compile(
    r'<text ([^>]*?) fill="[^"]*"([^>]*?) stroke="([^"]*)"( stroke-width="[^"]*" stroke-linejoin="round") '
    r'paint-order="stroke">([^<]*)</text>'
)
_FAMILY = f'font-family="{fonts.FAMILY}"'
_INSTEAD = f"font-family=\"'{fonts.FAMILY}', 'Noto Sans', Arial, sans-serif\""


def inlined(page: bytes) -> bytes:
    """Return an SVG page that holds its drawings itself. Same page, same bytes."""
    return _IMAGE.sub(_numbered(_group), page.decode()).encode()


def _numbered(write: Callable[[re.Match[str], int], str]) -> Callable[[re.Match[str]], str]:
    count = 0

    def counted(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return write(found, count)

    return counted


def _group(image: re.Match[str], number: int) -> str:
    """Return the drawing of an image as a group, or the image itself where it is none of ours."""
    drawing = _DRAWING.search(b64decode(image[2]).decode("utf-8", "replace"))
    if drawing is None:
        return image[0]
    width, height, content = drawing.groups()
    side = {name: float(value) for name, value in _SIDE.findall(image[3])}
    scale = f"scale({side['width'] / float(width):.9g} {side['height'] / float(height):.9g})"
    clip = f"drawing-{number}"
    return (
        f'<g{image[1]}><defs><clipPath id="{clip}"><path d="M 0 0H {width}V {height}H 0Z"/></clipPath></defs>'
        f'<g transform="{scale}"><g clip-path="url(#{clip})" stroke-linejoin="round">'
        f"{_own(content, number)}</g></g></g>"
    )


def _own(content: str, number: int) -> str:
    """Return a drawing whose names are its own, in letters that any viewer finds and haloes that any viewer draws."""
    named = _NAMED.sub(rf"\g<1>d{number}-", content)
    return _HALO.sub(_halo_below, named).replace(_FAMILY, _INSTEAD)


def _halo_below(text: re.Match[str]) -> str:
    """Return the halo as a text of its own below the letters: ``paint-order`` is not known everywhere."""
    before, after, halo, stroke, words = text.groups()
    letters = text[0].replace(f' stroke="{halo}"{stroke} paint-order="stroke"', "")
    return f'<text aria-hidden="true" {before} fill="{halo}"{after} stroke="{halo}"{stroke}>{words}</text>{letters}'
