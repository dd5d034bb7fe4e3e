"""How the window looks at the moment: tokens of the chosen theme, fonts, icons. Handed to whoever paints."""

from __future__ import annotations

from pathlib import Path

import fontpkg_inter
import qtawesome
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from ui.style import style_sheet
from ui.tokens import DARK, LIGHT, TYPE, Tokens

FAMILY = "Inter"
_TABULAR, _WEIGHT = QFont.Tag("tnum"), QFont.Tag("wght")


class Look(QObject):
    """The theme. ``changed`` is emitted when every painter must paint anew, ``switched`` when somebody wanted it."""

    changed = Signal()
    switched = Signal()

    def __init__(self, app: QApplication, *, dark: bool = False) -> None:
        super().__init__()
        self._app = app
        self.tokens: Tokens = LIGHT
        _load_fonts()
        app.setStyle("Fusion")
        app.setFont(font("body"))
        self.set_dark(dark)

    @property
    def is_dark(self) -> bool:
        """Tell which of the two themes is on."""
        return self.tokens is DARK

    def set_dark(self, dark: bool) -> None:
        """Put on the dark theme, or the light one."""
        self.tokens = DARK if dark else LIGHT
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens))
        self.changed.emit()

    def switch(self) -> None:
        """Put on the other theme, because somebody wants it so."""
        self.set_dark(not self.is_dark)
        self.switched.emit()

    def colour(self, token: str) -> QColor:
        """Return the colour of a token."""
        return QColor(getattr(self.tokens, token))

    def icon(self, name: str, token: str = "ink2", *, on: str = "") -> QIcon:
        """Return a Phosphor icon in the colour of ``token``; a checked button shows it in that of ``on``."""
        pale = _between(self.colour("border"), self.colour("control"))
        colours = {"color": getattr(self.tokens, token), "color_disabled": pale}
        return qtawesome.icon(f"ph.{name}", **colours, color_on=getattr(self.tokens, on or token))


def font(role: str) -> QFont:
    """Return the font of a role of `ui.tokens.TYPE`, with figures of equal width."""
    px, weight = TYPE[role]
    made = QFont(FAMILY)
    made.setPixelSize(px)
    # The file is one variable font: its weights are reached by the axis, not by QFont's own weight.
    made.setVariableAxis(_WEIGHT, weight)
    made.setFeature(_TABULAR, 1)
    return made


def _between(one: QColor, other: QColor) -> str:
    """Return the colour half way between two."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(sum(pair) // 2 for pair in pairs)).name()


def _load_fonts() -> None:
    for name in ("Inter[opsz,wght].ttf", "Inter-Italic[opsz,wght].ttf"):
        path = Path(fontpkg_inter.ROOT) / "files" / name
        QFontDatabase.addApplicationFont(str(path))


def _palette(c: Tokens) -> QPalette:
    """Return the palette, for what no style sheet reaches: placeholder words, Qt's own dialogs."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.surface,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.raised,
        QPalette.ColorRole.Button: c.surface,
        QPalette.ColorRole.WindowText: c.ink,
        QPalette.ColorRole.Text: c.ink,
        QPalette.ColorRole.ButtonText: c.ink,
        QPalette.ColorRole.PlaceholderText: c.ink3,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
        QPalette.ColorRole.ToolTipBase: c.surface,
        QPalette.ColorRole.ToolTipText: c.ink,
        QPalette.ColorRole.Link: c.accent_text,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette
