"""The results of the analysis in hand as they are shown: which themes, how opaque, in which style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psygnal import Signal

from analyses.analysis import Analysis
from layers.text import Text, same, say
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.maps.dressing import DressedPictures
from puc_tool.maps.result_style import result_style
from puc_tool.maps.result_themes import BY_ANALYSIS, theme_of
from puc_tool.study import Study
from puc_tool.working import layer_style, view
from puc_tool.working.history import History, Place, Value
from puc_tool.working.layer_style import OFFICIAL, LayerStyle
from puc_tool.working.step_titles import FADE, RESTORE, STYLE
from puc_tool.working.view import ThemeKey


class ShownResults:
    """Themes of results by the state of a history. ``result_shown`` tells the id of one that looks otherwise now."""

    result_shown = Signal(str)
    history: History
    study: Study

    def __init__(self) -> None:
        self.results_shown: Mapping[str, bool] = {}
        self._dressed_results = DressedPictures()

    def show_result(self, theme: str, visible: bool) -> None:
        """Show or hide a theme of the results on the map."""
        self.results_shown = {**self.results_shown, theme: visible}
        self.result_shown.emit(theme)

    def style_result(self, key: ThemeKey, values: Mapping[Place, Value]) -> None:
        """Draw a theme otherwise; further changes of the same places go on with the step."""
        self.history.do(_of(STYLE, key), values, joins=True)

    def restore_result(self, key: ThemeKey) -> None:
        """Draw a theme as it is declared."""
        self.history.do(_of(RESTORE, key), dict.fromkeys(layer_style.places_of(self.history.state, key)))

    def fade_result(self, key: ThemeKey, opacity_pct: int) -> None:
        """Make a theme see-through; the moves of one slider are one step."""
        wanted = max(0, min(view.OPAQUE_PCT, opacity_pct))
        self.history.do(_of(FADE, key), {view.of_layer(view.OPACITY, key): wanted}, joins=True)

    def result_opacity_pct(self, result: ResultPicture) -> int:
        """Return how opaque somebody wants a theme (%)."""
        return view.OPAQUE_PCT if result.key is None else layer_style.opacity_of(self.history.state, result.key)

    def own_result_style(self, result: ResultPicture) -> LayerStyle:
        """Return what somebody said of a theme's style."""
        return OFFICIAL if result.key is None else layer_style.style_of(self.history.state, result.key)

    def dressed_result(self, result: ResultPicture) -> Picture:
        """Return the picture of a theme in its style, which is that of the layer it comes from where it has none."""
        cloth = result.cloth
        if result.key is None or cloth is None:
            return result.picture
        style = result_style(self.study, self.history.state, result.key)
        return self._dressed_results.dressed(result.key, result.picture, lambda: cloth, style)

    def follow_results(self, places: Sequence[Place], analysis: Analysis) -> None:
        """Let a change of these places of the state take effect on results: theirs, or those of their layers."""
        if any(place[0] == view.OPACITY or layer_style.is_style(place) for place in places):
            for theme in BY_ANALYSIS.get(analysis.id, ()):
                self.result_shown.emit(theme.id)


def _of(title: Text, key: ThemeKey) -> Text:
    theme = theme_of(key)
    return say(title.it, title.en, l=theme.title if theme else same(key.theme))
