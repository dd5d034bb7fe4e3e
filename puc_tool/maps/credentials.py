"""What every sheet says of itself: sources, the communes around, the title block's own fields, the data's date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

from geopandas import GeoDataFrame

from layers import crs as coordinate_systems
from layers.communes import CREDIT
from layers.reference import LayerRef
from layers.roles import BOUNDARY, BY_ID
from layers.text import Text, same, say
from puc_tool.maps.authority import authority
from puc_tool.maps.sheet import Context, SourceLine
from puc_tool.shelf import Shelf

_ENGLISH = "_en"
"""Behind the name of a field of ``[sheet]``: the same in English, where it is not said alike."""


def sources(refs: Iterable[LayerRef]) -> Iterator[SourceLine]:
    """Yield what each layer is and whose: its credit, else its file."""
    for ref in refs:
        title = BY_ID[ref.role].title
        dated = say("{t} {y}", "{t} {y}", t=title, y=ref.year) if ref.year else title
        yield SourceLine(dated, say("{n}.", "{n}.", n=named(ref)))


def named(ref: LayerRef) -> Text:
    """Return whose a layer is, without a full stop: its credit, else its file."""
    return _without_stop(ref.credited) or say("file {f}", "file {f}", f=PurePosixPath(ref.source).name)


def around(context: Context) -> Iterator[SourceLine]:
    """Yield the credit of the communes around, if any are drawn."""
    if context.neighbours:
        yield SourceLine(Text("Comuni intorno", "Municipalities around"), Text(f"{CREDIT.it}.", f"{CREDIT.en}."))


def title_block(shelf: Shelf) -> dict[str, Text]:
    """Return the fields the study can answer, those of its ``[sheet]`` before the usual ones."""
    study = shelf.study
    boundary = shelf.of_roles((BOUNDARY,))[0].layer
    assert isinstance(boundary, GeoDataFrame), "results of this study exist, so its boundary can be read"
    defaults = {
        "ente": authority(sorted(set(boundary["name"].dropna().astype(str)))),
        "piano": Text("PIANO URBANISTICO COMUNALE", "MUNICIPAL URBAN PLAN"),
        "fase": Text("Studio preliminare", "Preliminary study"),
        "revisione": same("0"),
        "licenza": same("CC BY 4.0"),
        "crs": same(f"{study.crs.name} ({coordinate_systems.name_of(study.crs)})"),
    }
    given = {key: Text(value, study.sheet.get(key + _ENGLISH, value)) for key, value in study.sheet.items()}
    return defaults | {key: words for key, words in given.items() if not key.endswith(_ENGLISH)}


def end_of(year: int | None) -> date | None:
    """Return the last day of the data's year; never today."""
    return None if year is None else date(year, 12, 31)


def _without_stop(words: Text) -> Text:
    return Text(words.it.rstrip("."), words.en.rstrip("."))
