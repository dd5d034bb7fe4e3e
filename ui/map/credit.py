"""The line of sources at the map's edge: what is shown, and whether it is made up."""

from __future__ import annotations

from layers import roles
from layers.text import Lang, Text
from puc_tool.session import Session
from ui.map.scene import Scene

DEMONSTRATION = Text("dati dimostrativi", "demonstration data")


def credit(session: Session, scene: Scene, lang: Lang) -> str:
    """Return the titles of the visible layers and, for a demonstration, that its data are."""
    shown = [entry for entry in session.entries if entry.is_visible and entry.ref.key in scene.pictures]
    titles = ", ".join(entry.title.to(lang) for entry in shown if entry.ref.role != roles.BOUNDARY.id)
    made_up = DEMONSTRATION.to(lang) if session.study.is_demonstration else ""
    return " · ".join(filter(None, (titles, made_up)))
