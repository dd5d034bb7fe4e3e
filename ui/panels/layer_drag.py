"""Dragging layers in the list: what is carried, and which row it comes to where it is dropped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt

KIND = "application/x-puc-layer"
OF_RESULT = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
OF_LAYER = OF_RESULT | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
OF_HEADING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled


def dragged(row: int | None) -> QMimeData:
    """Return the session's row of a layer as something to drag."""
    data = QMimeData()
    if row is not None:
        data.setData(KIND, str(row).encode())
    return data


def row_of(data: QMimeData) -> int | None:
    """Return the row that is carried, or None if it is no layer."""
    said = bytes(data.data(KIND).data())
    return int(said) if said.isdigit() else None


def landed(moved: int, rows: Sequence[int], place: int) -> int:
    """Return the row that ``moved`` gets when it is put before place ``place`` of ``rows``, or behind the last."""
    if not 0 <= place < len(rows):
        last = rows[-1]
        return last if last >= moved else last + 1
    before = rows[place]
    return before - 1 if before > moved else before
