"""The line of sources at the map's edge: what is shown, and whether it is made up."""

from __future__ import annotations

from collections.abc import Sequence

from layers import roles
from layers.text import Lang, Text
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.session import Session
from ui.map.scene import Scene

DEMONSTRATION = Text("dati dimostrativi", "demonstration data")


def credit(session: Session, scene: Scene, results: Sequence[ResultPicture], lang: Lang) -> str:
    """Return the titles of the visible results and layers and, for a demonstration, that its data are."""
    shown = [
        entry
        for entry in session.entries
        if entry.is_visible and entry.ref.key in scene.pictures.keys() - session.covered
    ]
    layers = [entry.title.to(lang) for entry in shown if entry.ref.role != roles.BOUNDARY.id]
    titles = ", ".join(dict.fromkeys([*(each.theme.title.to(lang) for each in results), *layers]))
    return noted(titles, session, lang)


def noted(titles: str, session: Session, lang: Lang) -> str:
    """Return what is shown and, for a demonstration, that its data are made up."""
    made_up = DEMONSTRATION.to(lang) if session.study.is_demonstration else ""
    return " · ".join(filter(None, (titles, made_up)))
