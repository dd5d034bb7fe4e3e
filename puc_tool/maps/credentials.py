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


def sources(refs: Iterable[LayerRef]) -> Iterator[SourceLine]:
    """Yield what each layer is and whose: its credit, else its file."""
    for ref in refs:
        title = BY_ID[ref.role].title
        named = same(ref.credit) if ref.credit else say("file {f}", "file {f}", f=PurePosixPath(ref.source).name)
        dated = say("{t} {y}", "{t} {y}", t=title, y=ref.year) if ref.year else title
        yield SourceLine(dated, say("{n}.", "{n}.", n=_without_stop(named)))


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
    return defaults | {key: same(value) for key, value in study.sheet.items()}


def end_of(year: int | None) -> date | None:
    """Return the last day of the data's year; never today."""
    return None if year is None else date(year, 12, 31)


def _without_stop(words: Text) -> Text:
    return Text(words.it.rstrip("."), words.en.rstrip("."))
