"""The style that results have: what somebody said of a theme, and below it what was said of the layer it comes from.

Window, sheets and open data all ask here, so that one thing has one look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from puc_tool.maps.result_themes import theme_of
from puc_tool.study import Study
from puc_tool.working.history import Place, Value
from puc_tool.working.layer_style import LayerStyle, style_of
from puc_tool.working.view import StyleKey, ThemeKey


def result_style(study: Study, state: Mapping[Place, Value], key: ThemeKey) -> LayerStyle:
    """Return the style of a theme as the state says it."""
    style, theme = style_of(state, key), theme_of(key)
    if theme is not None and theme.cells is not None and theme.cells.shares:
        style = style.over(style_of(state, ThemeKey(key.analysis, theme.cells.shares)), ("",))
    if theme is not None and theme.origin is not None:
        for layer in _layers_of(study, key):
            style = style.over(style_of(state, layer), theme.origin.fields)
    return style


def keys_of(study: Study, key: ThemeKey) -> Iterator[StyleKey]:
    """Yield everything whose style a theme's style depends on."""
    theme = theme_of(key)
    yield key
    if theme is not None and theme.cells is not None and theme.cells.shares:
        yield ThemeKey(key.analysis, theme.cells.shares)
    yield from _layers_of(study, key)


def _layers_of(study: Study, key: ThemeKey) -> Iterator[StyleKey]:
    theme = theme_of(key)
    if theme is not None and theme.origin is not None:
        yield from (ref.key for ref in study.of_role(theme.origin.role)[-1:])
