"""Writing a receipt: what was done to a layer, by which program, how to go back. Nothing of clock, user or machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from layers import crs as coordinate_systems
from layers.mends import registry
from layers.mends.mend import Line, area_of
from layers.mends.registry import Mended
from layers.reference import LayerRef
from puc_tool import provenance
from puc_tool.mends import receipts
from puc_tool.mends.delivered import Delivered
from puc_tool.mends.edits_over_mends import ROWS, runs_of
from puc_tool.study import Study


def step(found: Delivered, mended: Mended, entry: str, copy: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return one step of a receipt. ``entry`` is the text of study.toml it takes the place of."""
    told = (*found.told, *(problem for line in mended.lines for problem in line.told))
    return {
        "tool": {"name": provenance.TOOL, "version": version(provenance.TOOL)},
        "libraries": provenance.versions(),
        "originals": list(found.originals),
        "entry": entry,
        "features": len(found.layer),
        ROWS: runs_of(mended.layer.index.tolist()),
        # Degrees have no area: then it is that of the layer once it is in the study's CRS.
        "area_m2": mended.lines[0].after_m2 if found.area_m2 is None else found.area_m2,
        "mends": [_mend(line) for line in mended.lines],
        "told": [receipts.problem_as_json(problem) for problem in told],
        "copy": {**copy, "features": len(mended.layer), "area_m2": area_of(mended.layer)},
    }


def content(study: Study, ref: LayerRef, last: Mapping[str, Any]) -> str:
    """Return the text of a receipt: the steps of the copy that was mended, if it was one, and the last."""
    before = receipts.read(study.folder, ref.source) if receipts.steps_of(ref) else None
    found = {
        "version": receipts.VERSION,
        "role": ref.role,
        "year": ref.year,
        "crs": coordinate_systems.name_of(study.crs),
        "steps": [*(before.steps if before else ()), last],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _mend(line: Line) -> Mapping[str, Any]:
    return {
        "mend": line.mend,
        "title": receipts.words_as_json(registry.BY_ID[line.mend].title),
        "words": list(line.words),
        "settings": dict(line.values),
        "features": line.features,
        "first": [{"row": row, "title": title} for row, title in line.first],
        "area_m2": line.area_m2,
        "before_m2": line.before_m2,
        "after_m2": line.after_m2,
        "left": [receipts.words_as_json(each) for each in line.left],
        "details": dict(line.details),
    }
