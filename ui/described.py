"""The map for who does not see it: its description follows what it shows, and can be read aloud and copied."""

from __future__ import annotations

from collections.abc import Iterator

from geopandas import GeoDataFrame
from PySide6.QtCore import QObject, QTimer

from layers.text import NOTHING, Lang, Text
from puc_tool.working.map_summary import Looked, Seen, summary
from puc_tool.working.session import Session
from ui.map.view import MapView
from ui.panels.status import rounded

_SETTLE_MS, _M_AN_INCH = 400, 0.0254


class Described(QObject):
    """Keeps the accessible description of a map that of what it shows."""

    def __init__(self, session: Session, view: MapView, lang: Lang) -> None:
        super().__init__(view)
        self._session, self._map, self._lang = session, view, lang
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self.tell)
        view.looked.connect(self._settle)
        session.layer_changed.connect(self._settle)
        session.layers_arranged.connect(self._start)
        session.result_shown.connect(self._settle)
        session.selection_changed.connect(self._start)

    def tell(self) -> Text:
        """Describe the map as it is now, and return the words; nothing before there is a map."""
        said = self._summary()
        self._map.setAccessibleDescription(said.to(self._lang))
        return said

    def _summary(self) -> Text:
        view = self._map.view
        if view is None:
            return NOTHING
        left, bottom, right, top = view.bounds
        names = tuple(
            each.unit.called
            for each in self._map.units
            if each.unit.name and left <= each.point[0] <= right and bottom <= each.point[1] <= top
        )
        looked = Looked(view.bounds, rounded(view.metres * self._map.physicalDpiX() / _M_AN_INCH), names)
        return summary(list(self._seen()), looked, [unit.called for unit in self._session.selection])

    def _seen(self) -> Iterator[Seen]:
        """Yield the themes of the results and the layers that the map shows, the topmost first."""
        for result in self._map.shown_results:
            yield Seen(result.theme.title, result.picture)
        pictures, covered = self._map.scene.pictures, self._session.covered
        for entry in self._session.entries:
            key, layer = entry.ref.key, entry.intake.layer
            if entry.is_visible and key in pictures and key not in covered:
                yield Seen(entry.title, pictures[key], len(layer) if isinstance(layer, GeoDataFrame) else None)

    def _settle(self, _: object) -> None:
        self._start()

    def _start(self) -> None:
        self._settling.start()
