"""What sheets are drawn of: the whole ground, its units or sites one by one, or a *quadro di unione*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import shapely
from geopandas import GeoDataFrame

from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.units import Units, units
from layers import roles
from layers.problems import Problem, PucError
from layers.spec import Role
from layers.text import NOTHING, Text, same, say
from puc_tool.file_words import file_word, unlike
from puc_tool.maps import quadro
from puc_tool.maps.frame import fitting_scale, paper, standard_scales
from puc_tool.maps.garden_facts import facts
from puc_tool.maps.view import View
from puc_tool.shelf import Shelf
from puc_tool.written import written

GRID, SITE = "grid", "site"


@dataclass(frozen=True)
class Cut:
    """How sheets are cut: the paper, the scale (None: the largest that fits) and the coverage («»: the whole)."""

    paper: str = "A3"
    denominator: int | None = None
    coverage: str = ""


WHOLE = Cut()


@dataclass(frozen=True)
class Part:
    """One sheet of a set: what its file is called after, the unit's code, how it looks at the ground, and its title."""

    suffix: str
    code: str
    view: View
    title: Text = NOTHING


@dataclass(frozen=True)
class _UnitKind:
    """Units that sheets may go by; ``code`` and ``name`` are the role's fields."""

    role: Role
    code: str
    one: Text


_UNITS: Mapping[str, _UnitKind] = {
    "neighbourhood": _UnitKind(roles.NEIGHBOURHOODS, "code", Text("Quartiere", "Neighbourhood")),
    "district": _UnitKind(roles.DISTRICTS, "code", Text("Distretto", "District")),
    "zone": _UnitKind(roles.ZONING, "zone", Text("Zona", "Zone")),
}
COVERAGES = (*_UNITS, SITE, GRID)


def parts(shelf: Shelf, cut: Cut) -> tuple[Part, ...]:
    """Return the sheets that ``cut`` makes of the study; raises PucError if it has no such units, or no boundary."""
    whole = View(cut.paper, cut.denominator)
    ground = shelf.ground().boundary
    if cut.coverage in _UNITS:
        return _numbered(_of_units(shelf, cut, whole))
    if cut.coverage == SITE:
        return _numbered(list(_of_sites(shelf, whole)))
    if ground is None or ground.is_empty:
        return (Part("", "", whole),)
    scale = cut.denominator or _one_step_larger(ground, cut) if cut.coverage == GRID else cut.denominator
    if scale is None or (cut.coverage != GRID and quadro.fits(ground, paper(cut.paper), scale)):
        return (Part("", "", whole),)
    tiles = quadro.tiles(ground, paper(cut.paper), scale)
    return _numbered([Part("", "", replace(whole, denominator=scale, ground=tile, tiles=tiles)) for tile in tiles])


def _numbered(found: list[Part]) -> tuple[Part, ...]:
    """Return the parts with their number, and file names that no two share."""
    suffixes = unlike(part.suffix or f"f{place:02d}" for place, part in enumerate(found, start=1))
    return tuple(
        replace(
            part, suffix=suffix, view=replace(part.view, number=place, count=len(found)),
            title=part.title or say("Foglio {n}", "Sheet {n}", n=place),
        )
        for place, (part, suffix) in enumerate(zip(found, suffixes, strict=True), start=1)
    )  # fmt: skip


def _one_step_larger(ground: shapely.Geometry, cut: Cut) -> int:
    """Return the scale next to the one at which the ground fits: of a grid there is more than one sheet."""
    fits = fitting_scale(ground.bounds, paper(cut.paper).frame_mm)
    return max((scale for scale in standard_scales() if scale < fits), default=fits)


def _of_units(shelf: Shelf, cut: Cut, whole: View) -> list[Part]:
    kind = _UNITS[cut.coverage]
    found = _units(shelf, cut.coverage, kind)
    frame = found.frame[(found.frame["code"] != "") & ~found.frame.geometry.is_empty]
    return list(_parts_of(frame, kind, whole))


def _parts_of(frame: GeoDataFrame, kind: _UnitKind, whole: View) -> Iterator[Part]:
    for code, name, ground in zip(frame["code"], frame["name"], frame.geometry, strict=True):
        words = same(code if kind.code == "zone" else name or code)
        called = say("{k} {n}", "{k} {n}", k=kind.one, n=words)
        view = replace(whole, ground=ground, is_unit=True, name=called, code=str(code))
        yield Part(file_word(words.it) or file_word(str(code)), str(code), view, words)


def _of_sites(shelf: Shelf, whole: View) -> Iterator[Part]:
    """Yield the sites for gardens that the sheets list, best first; raises PucError without results or without one."""
    listed = facts(written(GARDEN_SUITABILITY, shelf.study)).sites
    if listed is None or listed.empty:
        raise PucError(_no_sites())
    for place, row in enumerate(listed.to_dict("records"), start=1):
        name = str(row["name"] or row["site"])
        called = say("Sito per orti {n}, {s}", "Site for gardens {n}, {s}", n=place, s=same(name))
        view = replace(whole, ground=row["geometry"], is_unit=True, name=called, code=str(row["site"]))
        yield Part(file_word(f"{place:02d} {name}"), str(row["site"]), view, same(name))


def _units(shelf: Shelf, coverage: str, kind: _UnitKind) -> Units:
    ground = shelf.ground().boundary
    refs = shelf.study.of_role(kind.role.id)
    layer = shelf.intake(refs[-1]).layer if refs else None
    if not isinstance(layer, GeoDataFrame) or ground is None:
        raise PucError(_no_units(kind))
    return units(coverage, layer, ground, code=kind.code)


def _no_sites() -> Problem:
    return Problem(
        "coverage-lacking",
        GARDEN_SUITABILITY.title,
        Text("nessun sito è risultato idoneo.", "no site proved suitable."),
        Text("Non ci sono siti di cui disegnare le tavole.", "There are no sites to draw sheets of."),
        Text("Rivedere esclusioni e superficie minima.", "Look at exclusions and minimum size."),
    )


def _no_units(kind: _UnitKind) -> Problem:
    return Problem(
        "coverage-lacking",
        kind.role.title,
        Text("lo studio non ha questo livello.", "the study does not have this layer."),
        Text("Non ci sono unità di cui disegnare le tavole.", "There are no units to draw sheets of."),
        say("Aggiungerlo con «puc-tool add STUDIO {r}».", "Add it with “puc-tool add STUDY {r}”.", r=kind.role.id),
    )
