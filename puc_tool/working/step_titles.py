"""What the steps of the history are called that are done to layers: «Nascondi Zone del piano»."""

from __future__ import annotations

from layers import roles
from layers.reference import LayerRef
from layers.text import Text, same, say

SHOW, HIDE = Text("Mostra {l}", "Show {l}"), Text("Nascondi {l}", "Hide {l}")
FADE, RENAME = Text("Opacità di {l}", "Opacity of {l}"), Text("Rinomina {l}", "Rename {l}")
MOVE, REMOVE = Text("Sposta {l}", "Move {l}"), Text("Togli {l}", "Remove {l}")
ADD, REPLACE = Text("Aggiungi {l}", "Add {l}"), Text("Sostituisci {l}", "Replace {l}")
MEND = Text("Rimedia {l}", "Mend {l}")
STYLE, RESTORE = Text("Stile di {l}", "Style of {l}"), Text("Ripristina lo stile di {l}", "Restore the style of {l}")


def title_of(ref: LayerRef, name: str = "") -> Text:
    """Return what a layer is called: its name, else the title of its role, with the year where the role has years."""
    title = same(name) if name else roles.BY_ID[ref.role].title
    return say("{t} {y}", "{t} {y}", t=title, y=ref.year) if ref.year else title
