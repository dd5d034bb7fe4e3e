"""How the sheet is laid out: paper, frame, and what stands over the map, the stamp and the box with scale and north."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from layers.problems import Problem, PucError
from layers.text import Text
from puc_tool.maps.frame import Frame, Paper, bar_breaks, frame_round, paper, with_panel
from puc_tool.maps.geometry import whole_on_paper
from puc_tool.maps.halves import Half, halves
from puc_tool.maps.sheet import MapContent

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres from the frame's upper left corner."""

_FROM_EDGE_MM = 4.0
_STAMP_MM = (60.0, 5.0)  # room for the longer language; the box itself is as wide as its words
_BESIDE_BAR_MM, _LEAST_WIDTH_MM, _BOX_HEIGHT_MM = 27.0, 76.0, 20.0
_UNSEEN_MM2 = 1.0


_NO_BOUNDARY = Problem(
    "sheet-no-boundary",
    Text("Tavola", "Sheet"),
    Text("il confine comunale è vuoto.", "the municipal boundary is empty."),
    Text("Non c'è nulla da inquadrare.", "There is nothing to frame."),
    Text("Caricare il confine del comune nello studio.", "Load the municipal boundary into the study."),
)


@dataclass(frozen=True)
class Layout:
    """The paper, the map's frame on it, and where the stamp (if any) and the scale box stand in the frame ``hand``.

    ``halves`` are the two maps of a comparison; ``is_beside``: each shows the same ground. ``names`` is the room that
    their names take, in the frame ``hand`` too.
    """

    paper: Paper
    frame: Frame
    stamp: Box | None
    scale: Box
    halves: tuple[Half, ...] = ()
    is_beside: bool = False
    names: tuple[Box, ...] = ()

    @property
    def grounds(self) -> tuple[Half, ...]:
        """Every map that shows a ground of its own: two side by side, else the whole frame."""
        return self.halves if self.is_beside else (Half(0.0, self.frame),)

    @property
    def seen(self) -> Frame:
        """The frame of the ground that is looked at: side by side that of one map, else the whole."""
        return self.grounds[0].frame

    @property
    def hand(self) -> Frame:
        """The frame as the map is drawn in it, before it is enlarged to its paper."""
        return self.frame.in_hand(self.paper.enlargement)

    @property
    def taken(self) -> tuple[Box, ...]:
        """The room in the frame that no name may enter."""
        return (*self.names, self.scale) if self.stamp is None else (*self.names, self.stamp, self.scale)


def lay_out(content: MapContent, is_demonstration: bool, size: Paper | None = None) -> Layout:
    """Choose scale and frame for what the view shows, then the corners for stamp and scale box.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    if content.boundary.is_empty:
        raise PucError(_NO_BOUNDARY)
    view = content.context.view
    sheet = size or with_panel(paper(view.paper), content.panel_mm)
    shown = view.ground or content.boundary
    frame = frame_round(shown.bounds, content.crs, sheet, content.denominator or view.denominator)
    hand = frame.in_hand(sheet.enlargement)
    stamp = _corner_box(hand, _STAMP_MM, "left", "top") if is_demonstration else None
    scale = _scale_box(hand, whole_on_paper(content.boundary, hand))
    if content.compared is None:
        return Layout(sheet, frame, stamp, scale)
    pair = halves(frame, content.compared.curtain_x)
    if content.compared.curtain_x is not None:
        return Layout(sheet, frame, stamp, scale, pair)
    return Layout(sheet, frame, stamp, _between(scale, hand), pair, is_beside=True)


def _scale_box(frame: Frame, boundary_mm: shapely.Geometry) -> Box:
    """Return the lower left corner, or the one where the box hides least of the commune."""
    bar_mm = bar_breaks(frame.denominator)[-1] / frame.metres_a_mm
    size = max(_LEAST_WIDTH_MM, bar_mm + _BESIDE_BAR_MM), _BOX_HEIGHT_MM
    places = (("left", "bottom"), ("right", "bottom"), ("right", "top"))
    corners = [_corner_box(frame, size, *place) for place in places]
    hidden_mm2 = [shapely.box(*box).intersection(boundary_mm).area for box in corners]
    return corners[min(range(len(corners)), key=lambda index: (max(hidden_mm2[index], _UNSEEN_MM2), index))]


def _between(box: Box, frame: Frame) -> Box:
    """Return the scale box over what parts two maps side by side, whose scale it is alike."""
    width, height = box[2] - box[0], box[3] - box[1]
    left, top = (frame.width_mm - width) / 2, frame.height_mm - _FROM_EDGE_MM - height
    return left, top, left + width, top + height


def _corner_box(frame: Frame, size: tuple[float, float], side: str, end: str) -> Box:
    width, height = size
    left = _FROM_EDGE_MM if side == "left" else frame.width_mm - _FROM_EDGE_MM - width
    top = _FROM_EDGE_MM if end == "top" else frame.height_mm - _FROM_EDGE_MM - height
    return left, top, left + width, top + height
