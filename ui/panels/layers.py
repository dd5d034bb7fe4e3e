"""The panel of layers: the tree, how it is ordered, and below it how opaque the chosen layer is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from layers.text import Lang, Text
from puc_tool.maps.canvas.results import ResultPicture
from puc_tool.working.session import Session
from ui.forms.percent import OPACITY, PercentSlider
from ui.look import Look
from ui.map.scene import Scene
from ui.panels.layer_groups import BY_ORDER, BY_THEME
from ui.panels.layer_tree import TITLE, LayerTree
from ui.panels.panel import Panel
from ui.parts import IconButton, inset, words
from ui.tokens import GAP_12, INSET

EMPTY = Text("Leggo i livelli dello studio.", "Reading the study's layers.")
ORDER = Text("Ordine sulla mappa: trascina, o Alt con le frecce", "Order on the map: drag, or Alt with the arrow keys")
ADD = Text("Aggiungi un livello… (Ctrl+Maiusc+A)", "Add a layer… (Ctrl+Shift+A)")
MEND = Text("Rimedia il livello (Ctrl+Maiusc+R)", "Mend the layer (Ctrl+Shift+R)")
TABLE = Text("Attributi del livello (F4)", "Attributes of the layer (F4)")
STYLE = Text("Stile del livello (Ctrl+L)", "Style of the layer (Ctrl+L)")


class LayersPanel(Panel):
    """The left panel. It asks for another layer, and for attributes, style or mending of the chosen one."""

    attributes_wanted = Signal()
    style_wanted = Signal()
    adding_wanted = Signal()
    mending_wanted = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._session = session
        self.tree = LayerTree(session, look, lang)
        self.by_order = IconButton(look, "stack", ORDER.to(lang), on="accent_text")
        self.by_order.setCheckable(True)
        self.by_order.toggled.connect(lambda on: self.tree.group(BY_ORDER if on else BY_THEME))
        self.head.addWidget(self.by_order)
        self.table_button = IconButton(look, "table", TABLE.to(lang))
        self.table_button.clicked.connect(self.attributes_wanted)
        self.head.addWidget(self.table_button)
        add = IconButton(look, "plus", ADD.to(lang))
        add.clicked.connect(self.adding_wanted)
        self.head.addWidget(add)
        self._empty = words(EMPTY.to(lang), "note", "ink3", wrap=True)
        self._empty.setContentsMargins(INSET, GAP_12, INSET, 0)
        self.column.addWidget(self._empty)
        self.put_body(self.tree, scrolls=False)
        inset(self.column, 0, 0, 0, 0)
        self._put_opacity(look, lang)
        session.layer_added.connect(self._fill)
        session.layer_changed.connect(self._follow)
        session.layers_arranged.connect(self._follow)
        session.result_shown.connect(self._follow)
        self.tree.chosen_changed.connect(self._follow)
        self._follow()

    def show_scene(self, scene: Scene) -> None:
        """Take the legends from ``scene``."""
        self.tree.show_scene(scene)

    def show_results(self, results: tuple[ResultPicture, ...]) -> None:
        """List other results above the layers."""
        self.tree.model_of_layers.show_results(results)

    def _put_opacity(self, look: Look, lang: Lang) -> None:
        """Pin the opacity of the chosen layer, and the way to its style, to the bottom."""
        foot = QHBoxLayout()
        self._opacity_title = words(OPACITY.to(lang), "label", "ink2")
        self.opacity = PercentSlider(OPACITY.to(lang))
        self.opacity.moved.connect(self._fade)
        self.mend_button = IconButton(look, "wrench", MEND.to(lang))
        self.mend_button.clicked.connect(self.mending_wanted)
        self.style_button = IconButton(look, "palette", STYLE.to(lang))
        self.style_button.clicked.connect(self.style_wanted)
        foot.addWidget(self._opacity_title)
        foot.addWidget(self.opacity, 1)
        foot.addWidget(self.mend_button)
        foot.addWidget(self.style_button)
        self.put_foot(foot)

    def _fill(self, row: int) -> None:
        self._empty.hide()
        self._follow()

    def _fade(self, opacity_pct: int) -> None:
        result = self.tree.chosen_result
        if self.tree.chosen is not None:
            self._session.fade(self.tree.chosen, opacity_pct)
        elif result is not None and result.key is not None:
            self._session.fade_result(result.key, opacity_pct)

    def _follow(self, _: object = None) -> None:
        """Show the opacity of the chosen layer or theme; without one there is nothing to change."""
        row, result = self.tree.chosen, self.tree.chosen_result
        for part in (self._opacity_title, self.opacity, self.style_button):
            part.setEnabled(row is not None or result is not None)
        for part in (self.table_button, self.mend_button):
            part.setEnabled(row is not None)
        if row is not None:
            self.opacity.put(self._session.entries[row].opacity_pct)
        elif result is not None:
            self.opacity.put(self._session.result_opacity_pct(result))
