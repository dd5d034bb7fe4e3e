"""What a page says of two maps that are compared: their names, and what parts them."""

from __future__ import annotations

from typing import Any

from puc_tool.maps.compared_drawing import PLATE_PT, plates
from puc_tool.maps.halves import BETWEEN_MM
from puc_tool.maps.layout import Layout
from puc_tool.maps.sheet import Sheet


def compared_page(sheet: Sheet, layout: Layout) -> dict[str, Any] | None:
    """Return what ``page.typ`` prints over two maps; None where the map is one."""
    if not layout.halves:
        return None
    return {
        "plates": [
            {
                "x": plate.box[0],
                "y": plate.box[1],
                "width": plate.box[2] - plate.box[0],
                "height": plate.box[3] - plate.box[1],
                "lines": list(plate.lines),
            }
            for plate in plates(sheet.map, layout, sheet.lang)
        ],
        "size": PLATE_PT,
        "at": layout.halves[0].frame.width_mm,
        "between": BETWEEN_MM if layout.is_beside else 0.0,
    }
