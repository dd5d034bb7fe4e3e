"""The style sheet of the whole window: one string from one set of tokens. Fonts are not in it, see `ui.look`."""

from __future__ import annotations

from pathlib import Path

from ui.tokens import (
    CARD_H,
    CONTROL_H,
    DARK,
    GAP_4,
    GAP_8,
    GAP_12,
    GAP_24,
    ICON,
    INSET,
    KNOB,
    RADIUS_BADGE,
    RADIUS_CARD,
    RADIUS_CONTROL,
    ROW_H,
    TOOL,
    Tokens,
)

_PICTURES = Path(__file__).with_name("pictures")


def style_sheet(c: Tokens) -> str:
    """Return the style sheet for ``c``; widgets ask for a rule by the properties kind, box, ink and severity."""
    return _ground(c) + _words(c) + _buttons(c) + _fields(c) + _views(c) + _menus(c) + _cards(c)


def _ground(c: Tokens) -> str:
    return f"""
QWidget {{color: {c.ink}; background: transparent; selection-background-color: {c.accent_soft};
    selection-color: {c.ink}}}
QMainWindow, QDialog, QMessageBox, QWidget[box=surface] {{background: {c.surface}}}
QWidget[box=app] {{background: {c.app}}}
QFrame[box=line] {{background: {c.border}; border: none}}
QFrame[box=floating] {{background: {c.surface}; border: none; border-radius: {RADIUS_CARD}px}}
QFrame[box=plate] {{background: {c.surface}; border: none; border-radius: {RADIUS_BADGE}px}}
QFrame[box=palette] {{background: {c.surface}; border: 1px solid {c.control}}}
QSplitter::handle {{background: {c.border}}}
QScrollArea {{border: none}}
QDialogButtonBox {{dialogbuttonbox-buttons-have-icons: 0}}
QToolTip {{background: {c.surface}; color: {c.ink}; border: 1px solid {c.border}; padding: {GAP_4}px}}
"""


def _words(c: Tokens) -> str:
    inks = {"ink2": c.ink2, "ink3": c.ink3, "accent": c.accent_text, "error": c.error, "warn": c.warn, "info": c.info}
    return "".join(f"QLabel[ink={name}] {{color: {colour}}}\n" for name, colour in inks.items())


def _buttons(c: Tokens) -> str:
    inner = CONTROL_H - 2
    return f"""
QPushButton {{border-radius: {RADIUS_CONTROL}px; min-height: {inner}px; padding: 0 {GAP_12}px;
    background: {c.surface}; border: 1px solid {c.control}}}
QPushButton:hover {{background: {c.hover}}}
QPushButton:focus {{border: 2px solid {c.accent}; padding: 0 {GAP_12 - 1}px; min-height: {inner - 2}px}}
QPushButton:disabled {{color: {c.ink3}; border-color: {c.border}; background: {c.raised}}}
QPushButton[kind=primary] {{background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent}}}
QPushButton[kind=primary]:hover {{background: {c.accent_hover}}}
QPushButton[kind=primary]:focus {{border: 2px solid {c.ink}}}
QPushButton[kind=primary]:disabled {{background: {c.raised}; color: {c.ink3}; border: 1px solid {c.border}}}
QPushButton[kind=link] {{background: transparent; border: none; color: {c.accent_text}; padding: 0; text-align: left}}
QPushButton[kind=find] {{text-align: left; color: {c.ink2}; padding: 0 {GAP_8}px}}
QPushButton[kind=find]:focus {{padding: 0 {GAP_8 - 1}px}}
QPushButton[kind=picker] {{text-align: left; padding: 0 {GAP_24}px 0 {GAP_8}px}}
QToolButton {{background: transparent; border: none; border-radius: {RADIUS_CONTROL}px; padding: {GAP_4}px}}
QToolButton:hover {{background: {c.hover}}}
QToolButton:focus {{border: 2px solid {c.accent}; padding: {GAP_4 - 2}px}}
QToolButton::menu-indicator {{image: none; width: 0}}
QToolButton[kind=tool] {{min-width: {TOOL - 8}px; min-height: {TOOL - 8}px}}
QToolButton[kind=tool]:checked {{background: {c.accent_soft}}}
QToolButton[kind=workspace] {{padding: {GAP_8 - 2}px {GAP_12}px; color: {c.ink2}}}
QToolButton[kind=workspace]:checked {{background: {c.accent_soft}; color: {c.accent_text}}}
QFrame[box=segments] {{background: {c.hover}; border-radius: {RADIUS_CONTROL}px}}
QToolButton[kind=segment] {{padding: 3px {GAP_8 - 1}px; color: {c.ink2}; border: 1px solid transparent}}
QToolButton[kind=segment]:checked {{background: {c.surface}; color: {c.ink}; border: 1px solid {c.border}}}
QPushButton[kind=card] {{background: {c.surface}; border: 1px solid {c.border}; border-radius: {RADIUS_CARD}px;
    min-height: {CARD_H}px}}
QPushButton[kind=card]:hover {{background: {c.hover}}}
QPushButton[kind=card]:focus {{border: 2px solid {c.accent}; min-height: {CARD_H - 2}px}}
"""


def _fields(c: Tokens) -> str:
    return _lines(c) + _lists(c) + _ticks(c) + _amounts(c)


def _lines(c: Tokens) -> str:
    """Return the rules of what is typed into."""
    inner = CONTROL_H - 2
    return f"""
QFrame[box=field] {{background: {c.surface}; border: 1px solid {c.control}; border-radius: {RADIUS_CONTROL}px}}
QFrame[box=field][focused=true] {{border: 2px solid {c.accent}}}
QFrame[box=field]:disabled {{background: {c.raised}; border: 1px solid {c.border}}}
QLineEdit:disabled, QCheckBox:disabled {{color: {c.ink3}}}
QFrame[box=field][faulty=true] {{border: 1px solid {c.error}}}
QFrame[box=field] QLineEdit, QFrame[box=field] QLineEdit:focus {{border: none; background: transparent; padding: 0;
    min-height: {inner - 2}px}}
QLineEdit {{background: {c.surface}; border: 1px solid {c.control}; border-radius: {RADIUS_CONTROL}px;
    min-height: {inner}px; padding: 0 {GAP_8}px; placeholder-text-color: {c.ink3}}}
QLineEdit:focus {{border: 2px solid {c.accent}; min-height: {inner - 2}px; padding: 0 {GAP_8 - 1}px}}
QLineEdit[kind=quiet] {{border: 1px solid transparent; background: transparent; min-height: 22px; padding: 0 3px}}
QLineEdit[kind=quiet]:hover {{border: 1px solid {c.control}}}
QLineEdit[kind=quiet]:focus {{border: 2px solid {c.accent}; min-height: 20px; padding: 0 2px}}
QLineEdit[kind=cell], QLineEdit[kind=cell]:focus, QComboBox[kind=cell], QComboBox[kind=cell]:focus {{
    border: 2px solid {c.accent}; border-radius: 0; min-height: 0; padding: 0 {GAP_4}px}}
QComboBox[kind=cell] QLineEdit, QComboBox[kind=cell] QLineEdit:focus {{border: none; min-height: 0; padding: 0}}
"""


def _lists(c: Tokens) -> str:
    """Return the rules of what is chosen out of a list."""
    inner = CONTROL_H - 2
    return f"""
QComboBox {{background: {c.surface}; border: 1px solid {c.control}; border-radius: {RADIUS_CONTROL}px;
    min-height: {inner}px; padding: 0 {GAP_8}px}}
QComboBox:hover {{background: {c.hover}}}
QComboBox:focus {{border: 2px solid {c.accent}; min-height: {inner - 2}px; padding: 0 {GAP_8 - 1}px}}
QComboBox:disabled {{color: {c.ink3}; border: 1px solid {c.border}; background: {c.raised}}}
QComboBox::drop-down {{border: none; width: {GAP_24}px}}
"""


def _ticks(c: Tokens) -> str:
    """Return the rules of what is ticked."""
    check = (_PICTURES / ("check-dark.svg" if c is DARK else "check-light.svg")).as_posix()
    return f"""
QCheckBox {{spacing: {GAP_8}px; min-height: 24px}}
QCheckBox::indicator {{width: {ICON - 2}px; height: {ICON - 2}px; border: 1px solid {c.control};
    border-radius: {RADIUS_BADGE}px; background: {c.surface}}}
QCheckBox::indicator:hover {{border: 1px solid {c.accent}}}
QCheckBox::indicator:checked {{border: 1px solid {c.accent}; background: {c.accent}; image: url({check})}}
QCheckBox::indicator:checked:disabled {{border: 1px solid {c.border}; background: {c.control}}}
QCheckBox::indicator:focus {{border: 2px solid {c.accent}; width: {ICON - 4}px; height: {ICON - 4}px}}
QCheckBox::indicator:checked:focus {{border: 2px solid {c.ink}}}
QTableWidget::indicator {{width: {ICON - 2}px; height: {ICON - 2}px; border: 1px solid {c.control};
    border-radius: {RADIUS_BADGE}px; background: {c.surface}}}
QTableWidget::indicator:checked {{border: 1px solid {c.accent}; background: {c.accent}; image: url({check})}}
QRadioButton {{spacing: {GAP_8}px; min-height: 24px}}
QRadioButton::indicator {{width: {ICON - 2}px; height: {ICON - 2}px; border: 1px solid {c.control};
    border-radius: {ICON // 2}px; background: {c.surface}}}
QRadioButton::indicator:hover, QRadioButton::indicator:focus {{border: 1px solid {c.accent}}}
QRadioButton::indicator:checked {{border: 4px solid {c.accent}; width: {ICON - 8}px; height: {ICON - 8}px;
    background: {c.on_accent}}}
"""


def _amounts(c: Tokens) -> str:
    """Return the rules of what shows an amount by its length."""
    return f"""
QSlider {{min-height: 24px}}
QSlider::groove:horizontal {{height: 4px; border-radius: 2px; background: {c.border}}}
QSlider::sub-page:horizontal {{height: 4px; border-radius: 2px; background: {c.accent}}}
QSlider::sub-page:horizontal:disabled {{background: {c.border}}}
QSlider::handle:horizontal {{width: {KNOB - 4}px; height: {KNOB - 4}px; margin: -{KNOB // 2 - 2}px 0;
    border: 2px solid {c.accent}; border-radius: {KNOB // 2}px; background: {c.surface}}}
QSlider::handle:horizontal:hover {{background: {c.accent_soft}}}
QSlider::handle:horizontal:disabled {{border-color: {c.border}}}
QSlider:focus {{border: none}}
QSlider::handle:horizontal:focus {{background: {c.accent}}}
QProgressBar {{background: {c.line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px}}
QProgressBar::chunk {{background: {c.accent}; border-radius: 3px}}
"""


def _views(c: Tokens) -> str:
    return f"""
QAbstractItemView {{background: {c.surface}; border: none; outline: none; alternate-background-color: {c.surface}}}
QAbstractItemView::item {{min-height: {ROW_H}px}}
QListView {{border: 1px solid {c.border}}}
QListView[box=rows] {{border: none}}
QHeaderView, QHeaderView::section {{background: {c.raised}; border: none}}
QTableWidget QHeaderView::section {{padding: 0 3px; color: {c.ink2}}}
QAbstractScrollArea::corner {{background: {c.surface}; border: none}}
QScrollBar:vertical {{background: transparent; width: 10px; margin: 2px}}
QScrollBar:horizontal {{background: transparent; height: 10px; margin: 2px}}
QScrollBar::handle {{background: {c.border}; border-radius: 3px; min-height: 32px; min-width: 32px}}
QScrollBar::handle:hover {{background: {c.control}}}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{background: transparent;
    width: 0; height: 0}}
"""


def _menus(c: Tokens) -> str:
    return f"""
QMenuBar {{background: {c.surface}; padding: 0 {GAP_12}px}}
QMenuBar::item {{padding: {GAP_4 + 2}px 10px; border-radius: {RADIUS_BADGE}px; background: transparent}}
QMenuBar::item:selected {{background: {c.hover}}}
QMenu {{background: {c.surface}; border: 1px solid {c.border}; padding: {GAP_4}px}}
QMenu::item {{padding: {GAP_4 + 2}px {INSET + GAP_8}px; border-radius: {RADIUS_BADGE}px}}
QMenu::item:selected {{background: {c.accent_soft}; color: {c.ink}}}
QMenu::item:disabled {{color: {c.ink3}}}
QMenu::separator {{height: 1px; background: {c.line}; margin: {GAP_4}px}}
"""


def _cards(c: Tokens) -> str:
    grounds = {"error": c.error_soft, "warning": c.warn_soft, "info": c.info_soft}
    inset = (
        f"QFrame[box=inset] {{background: {c.raised}; border: 1px solid {c.border}; border-radius: {RADIUS_CARD}px}}\n"
    )
    badges = {
        "ok": (c.ok, c.ok_soft),
        "warning": (c.warn, c.warn_soft),
        "error": (c.error, c.error_soft),
        "here": (c.accent_text, c.accent_soft),
        "quiet": (c.ink2, c.hover),
    }
    return (
        inset
        + "".join(
            f"QLabel[badge={name}] {{color: {ink}; background: {ground}; border-radius: {RADIUS_BADGE}px;"
            f" padding: 2px {GAP_8 - 2}px}}\n"
            for name, (ink, ground) in badges.items()
        )
        + "".join(
            f"QFrame[box=finding][severity={name}] {{background: {ground}; border: none;"
            f" border-radius: {RADIUS_CARD}px}}\n"
            f"QFrame[box=notice][severity={name}] {{background: {ground}; border: none}}\n"
            for name, ground in grounds.items()
        )
    )
