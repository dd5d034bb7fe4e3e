"""What can be done to the layers of the list: adding, mending, styling. Each has its panel at the right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog

from layers.text import Lang, Text
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.layer_desk import LayerDesk
from ui.look import Look
from ui.map.view import MapView
from ui.panels.layers import LayersPanel
from ui.side.adding import AddPanel
from ui.side.mending import MendPanel
from ui.side.scenario import ScenarioPanel
from ui.side.side_panel import SidePanel, SidePanels
from ui.side.styling import StylePanel

CHOOSE = Text("Scegli il file di un livello", "Choose the file of a layer")


@dataclass(frozen=True)
class Parts:
    """What of the window the panels act on."""

    layers: LayersPanel
    map_view: MapView


class Workbench(SidePanels):
    """Joins the list of layers with the panels of what is done to them."""

    def __init__(self, session: Session, desk: Desk, parts: Parts, look: Look, lang: Lang) -> None:
        super().__init__()
        layers = parts.layers
        self._session, self._layers, self._lang = session, layers, lang
        self.desk = LayerDesk(session, desk)
        self.adding = AddPanel(session, self.desk, look, lang)
        self.mending = MendPanel(session, self.desk, look, lang)
        self.styling = StylePanel(session, desk, look, lang)
        self.scenario = ScenarioPanel(session, desk, parts.map_view, look, lang)
        for panel in (self.adding, self.mending, self.styling, self.scenario):
            self.hold(panel)
        self.adding.wanted.connect(lambda: self.bring(self.adding))
        self.desk.done.connect(self.closed)
        layers.adding_wanted.connect(self.add)
        layers.mending_wanted.connect(self.mend)
        layers.style_wanted.connect(self.style_chosen)
        layers.tree.chosen_changed.connect(self._follow_chosen)
        desk.opened.connect(self.styling.show_scene)
        self.desk.reread.connect(self.styling.show_scene)

    @property
    def can_change(self) -> bool:
        """Tell whether the layers of the study may be changed here."""
        return not self._session.is_read_only

    @property
    def has_layer(self) -> bool:
        """Tell whether a layer of the study is chosen in the list."""
        return self._layers.tree.chosen is not None

    @property
    def can_style(self) -> bool:
        """Tell whether something that has a style is chosen in the list: a layer, or a theme of the results."""
        return self.has_layer or self._layers.tree.chosen_result is not None

    def add(self) -> None:
        """Choose a file and show what it can be for the study."""
        folder = str(self._session.study.folder)
        name, _ = QFileDialog.getOpenFileName(self, CHOOSE.to(self._lang), folder)
        if name and self.can_change:
            self.desk.offer(Path(name))

    def mend(self) -> None:
        """Show what can be mended in the chosen layer."""
        row = self._layers.tree.chosen
        if row is not None:
            self.mending.ask(row)
            self.bring(self.mending)

    def style_chosen(self) -> None:
        """Show the style of the chosen layer, or of the chosen theme of the results."""
        if self.can_style:
            self._show_style()
            self.bring(self.styling)

    def _show_style(self) -> None:
        row, result = self._layers.tree.chosen, self._layers.tree.chosen_result
        if row is not None:
            self.styling.show_layer(row)
        elif result is not None:
            self.styling.show_result(result)

    def edit_scenario(self) -> None:
        """Show the scenarios of the districts, to be edited."""
        self.bring(self.scenario)
        self.scenario.begin()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Take what is being drawn off the map."""
        self.scenario.end()
        super().hideEvent(event)

    def bring(self, panel: SidePanel) -> None:
        """Show ``panel`` instead of the one before."""
        if panel is not self.scenario:
            self.scenario.end()
        super().bring(panel)

    def _follow_chosen(self) -> None:
        """Keep the style shown that of what is chosen."""
        if self.can_style and self.styling.isVisible():
            self._show_style()
