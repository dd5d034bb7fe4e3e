"""What an item of the layer list answers when a view asks it for words, pictures, signs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from layers.text import Lang, number, say
from ui.panels.layer_rows import EDITS, Row, hectares_of

PICTURE_ROLE, CLASS_ROLE, AMOUNT_ROLE, SEVERITY_ROLE, OPACITY_ROLE, EDITS_ROLE = (
    int(Qt.ItemDataRole.UserRole) + place for place in range(6)
)


def layer_data(row: Row, role: int, lang: Lang) -> Any:
    """Return what a layer says in a role of Qt's or of ours."""
    if role == Qt.ItemDataRole.CheckStateRole:
        return Qt.CheckState.Checked if row.is_visible else Qt.CheckState.Unchecked
    if role == Qt.ItemDataRole.AccessibleTextRole:
        edits = say(EDITS.it, EDITS.en, n=number(row.edits())).to(lang) if row.edits() else ""
        return " ".join(filter(None, (row.title(lang), row.amount(lang), edits)))
    if role == EDITS_ROLE:
        return row.edits()
    read = {
        int(Qt.ItemDataRole.DisplayRole): row.title, int(Qt.ItemDataRole.EditRole): row.title,
        AMOUNT_ROLE: row.amount,
        int(Qt.ItemDataRole.ToolTipRole): row.tip,
    }.get(role)  # fmt: skip
    if read is not None:
        return read(lang)
    return {PICTURE_ROLE: row.picture, SEVERITY_ROLE: row.severity(), OPACITY_ROLE: row.opacity}.get(role)


def class_data(row: Row, place: int, role: int, lang: Lang) -> Any:
    """Return what class ``place`` of a layer says."""
    picture = row.picture
    assert picture is not None, "only a layer with a picture has classes"
    if role == Qt.ItemDataRole.DisplayRole:
        return picture.classes[place].legend.to(lang)
    if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        return picture.classes[place].label.to(lang)
    if role == AMOUNT_ROLE:
        return hectares_of(picture.areas_m2[place]).to(lang)
    return {PICTURE_ROLE: picture, CLASS_ROLE: place, OPACITY_ROLE: row.opacity}.get(role)
