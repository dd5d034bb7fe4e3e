"""What the map shows, one or two that are compared, as it is handed over to be printed: what is seen is printed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace

from analyses.registry import BY_ID
from layers.reference import LayerRef
from layers.text import Text
from puc_tool.maps.result_themes import BY_ANALYSIS
from puc_tool.printing.shown_view import Against, ShownLayer, ShownView
from puc_tool.working.session import Session
from puc_tool.working.step_titles import title_of
from ui.map.comparison import Comparison
from ui.map.view import MapView

_THEMES: Mapping[Hashable, tuple[str, Text]] = {
    theme.id: (analysis, theme.title) for analysis, themes in BY_ANALYSIS.items() for theme in themes
}


def shown_view(view: MapView, comparison: Comparison, session: Session) -> ShownView | None:
    """Return what is on the screen, in the order it lies there; None before there is anything."""
    if view.view is None:
        return None
    left = ShownView(tuple(_layers(view, session)), view.view.bounds)
    if comparison.beside is None:
        return left
    right = tuple(_layers(comparison.beside, session))
    return replace(left, against=Against(comparison.called, right, comparison.curtain_x))


def _layers(view: MapView, session: Session) -> Iterator[ShownLayer]:
    titles: Mapping[Hashable, Text] = {entry.ref.key: entry.title for entry in session.entries}
    refs: Mapping[Hashable, LayerRef] = {ref.key: ref for ref in session.study.layers}
    for laid in view.content.pictures:
        ref = refs.get(laid.name)
        title = titles.get(laid.name) or (title_of(ref) if ref is not None else _THEMES[laid.name][1])
        sources = (ref,) if ref is not None else tuple(_read_by(laid.name, session))
        yield ShownLayer(title, laid.picture, sources, laid.opacity)


def _read_by(theme: Hashable, session: Session) -> Iterator[LayerRef]:
    """Yield what the results of a theme were made from."""
    roles = {role.id for role in BY_ID[_THEMES[theme][0]].inputs}
    yield from (ref for ref in session.study.layers if ref.role in roles)
