"""The hash of all that a report's bytes depend on: an unchanged one is not set again, and a killed one resumes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

from layers import crs as coordinate_systems
from layers.reference import LayerRef
from layers.source import fingerprint
from layers.text import Lang
from puc_tool import edition, provenance
from puc_tool.printing.sheet_orders import crest_hash, drawing_versions
from puc_tool.report.findings import Findings
from puc_tool.sources import trust
from puc_tool.study import Study
from puc_tool.working import view

_LIBRARIES = ("python-docx", "lxml")


def key(found: Findings, lang: Lang, *more: object) -> str:
    """Return the hash of the results, the layers as they lie there, the study's words, and ``more``."""
    worn = sorted((str(place), str(value)) for place, value in view.read(found.study.folder).items())
    content = [_tools(), _study(found.study), _results(found), _layers(found.study), worn, lang, more]
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _tools() -> Mapping[str, Any]:
    ours = {name: provenance.installed(name) for name in _LIBRARIES}
    libraries = {**provenance.versions(), **drawing_versions(), **ours}
    return {"tool": provenance.tool_version(), "edition": edition.of_reports(), "libraries": libraries}


def _study(study: Study) -> list[object]:
    """Return the study as it is declared, without the place where it lies."""
    system = coordinate_systems.name_of(study.crs)
    named = [study.title, study.title_en, study.comuni, system, str(study.day), study.is_demonstration]
    return [*named, study.population, dict(study.sheet), crest_hash(study)]


def _results(found: Findings) -> list[object]:
    keys = {name: each.written.record["key"] for name, each in found.found.items()}
    return [keys, {name: each.sentence("it") for name, each in found.lacking.items()}]


def _layers(study: Study) -> list[object]:
    hashed = cache(fingerprint)

    def content(ref: LayerRef) -> tuple[str, ...]:
        """Return the hashes of a layer's files; nothing where they may not or can't be read: the report says why."""
        if trust.problems(study, ref):
            return ()
        try:
            return provenance.fingerprints(ref, study.folder, hashed)
        except OSError:
            return ()

    return [[provenance.plain(asdict(ref)), provenance.shown_source(ref.source), content(ref)] for ref in study.layers]
