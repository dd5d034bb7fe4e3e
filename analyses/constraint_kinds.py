"""What each kind of constraint is called, what it does to building, and by which norm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers.codelist import Row, is_verified, label, rows
from layers.text import Text, say

UNVERIFIED = Text("(non verificato)", "(not verified)")
RESOURCE = Text("risorsa", "resource")
_EFFECTS = {
    "authorisation": Text("serve l'autorizzazione paesaggistica", "needs landscape consent"),
    "no building": Text("non si costruisce", "no building"),
    "conditioned": Text("condizionato", "conditioned"),
    "excluded": Text("escluso", "excluded"),
    "resource": RESOURCE,
    "as written": Text("come scritto nel vincolo", "as written"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of ``constraint_kinds.csv``; a norm that was not read at its source is marked so."""

    label: Text
    effect: Text
    norm: Text


def _kind(row: Row) -> Kind:
    # What stands behind a semicolon is a remark of whoever keeps the list.
    written = row["source"].partition(";")[0]
    norm = Text(written.replace(" and ", " e ").replace("practice", "prassi"), written)
    marked = norm if is_verified(row) else say("{n} {u}", "{n} {u}", n=norm, u=UNVERIFIED)
    return Kind(label(row), _EFFECTS[row["effect"]], marked)


KINDS: Mapping[str, Kind] = {row["kind"]: _kind(row) for row in rows("constraint_kinds")}
