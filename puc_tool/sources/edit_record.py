"""What a run's record says of the values edited in a layer: their file, how many hold, which wait and why."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from layers.edit_following import Followed, Waiting
from layers.edit_remarks import file_of
from layers.edit_waiting_remarks import feature
from layers.reference import LayerRef
from puc_tool.sources import edit_files


def edits_told(ref: LayerRef) -> Mapping[str, object] | None:
    """Return the file of a layer's edits, its SHA-256 as the program writes it, and how many values it has."""
    if ref.edits is None:
        return None
    said = hashlib.sha256(edit_files.text(ref.edits).encode()).hexdigest()
    return {"file": file_of(*ref.key), "sha256": said, "values": len(ref.edits.values)}


def followed_told(held: Followed) -> Mapping[str, object]:
    """Return what became of edits beside the source as it is: how many hold, and one by one those that wait."""
    return {
        "applied": len(held.applied),
        "found_again": held.found,
        "not_applied": [_told(each) for each in held.waiting],
    }


def _told(waiting: Waiting) -> Mapping[str, object]:
    edit = waiting.edit
    values = {"before": edit.before, "after": edit.after}
    return {"feature": feature(edit).it, "field": edit.field, **values, "why": waiting.why.value}
