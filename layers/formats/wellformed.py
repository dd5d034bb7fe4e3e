"""XML is read through once before GDAL sees it: its drivers take what comes before a fault for the whole."""

from __future__ import annotations

from xml.parsers import expat

from layers.formats import refusals
from layers.problems import PucError
from layers.source import Source, unreadable

_CHUNK = 1 << 20


def refuse_malformed(source: Source) -> None:
    """Raise PucError if ``source`` is XML by its format, and is damaged or ends half way; other formats pass."""
    if not source.format.xml_roots:
        return
    parser = expat.ParserCreate()
    try:
        with source.held.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise PucError(refusals.malformed(source, error.lineno)) from error
    except OSError as error:
        raise PucError(unreadable(source.path)) from error
