from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import CRS

from layers.problems import PucError
from layers.text import same
from puc_tool.maps.drawing import Drawing, draw
from puc_tool.maps.frame import Frame
from puc_tool.maps.geometry import on_paper
from puc_tool.maps.layout import lay_out
from puc_tool.maps.sheet import Areas, Context, Labels, Lines, MapContent, Marks, Numbers
from puc_tool.maps.style import COMMUNE, FREE_LAND, NEIGHBOUR, NEIGHBOURHOOD, NUMBER, RARE_CELLS, SEA, Fill
from puc_tool.maps.surroundings import borders, outline, surroundings

TOWN = shapely.box(0, 0, 4000, 3000)
RED = Fill("#be0019")
ALONE = Context()
LEADER = f"stroke: {NUMBER.colour}; stroke-width: 15"


def of(*layers, boundary=TOWN, context=ALONE, denominator=None) -> MapContent:
    return MapContent(boundary, CRS(7791), layers, context, denominator)


def drawn(content: MapContent) -> Drawing:
    return draw(content, lay_out(content, is_demonstration=True), "it")


def paths_of(drawing: Drawing, look: str) -> list[str]:
    return re.findall(rf'<path d="([^"]*)" style="fill: none; [^"]*{look}', svg_of(drawing))


def svg_of(drawing: Drawing) -> str:
    return "".join(p.content.decode() for p in drawing.pictures if p.name.endswith(".svg"))


def test_that_fills_around_a_raster_keep_their_order(soil, boundary):
    red = Areas((boundary.buffer(-500),), RED)
    drawing = drawn(of(Areas((boundary,), FREE_LAND), soil, red, boundary=boundary))
    assert [picture.name for picture in drawing.pictures] == ["map-0.svg", "map-1.png", "map-2.svg"]
    assert FREE_LAND.colour in drawing.pictures[0].content.decode()
    assert RED.colour in drawing.pictures[2].content.decode()


def test_that_a_class_outside_the_frame_is_not_drawn():
    far = Areas((shapely.box(90_000, 0, 91_000, 1000),), RED)
    assert RED not in drawn(of(far)).drawn


def test_that_a_border_between_two_areas_is_dashed_once():
    west, east = shapely.box(0, 0, 2000, 3000), shapely.box(2000, 0, 4000, 3000)
    (path,) = paths_of(drawn(of(Lines((west, east), NEIGHBOURHOOD))), f"stroke: {NEIGHBOURHOOD.colour}")
    assert path.count("M") == 1


def test_that_rare_cells_inside_the_frame_get_their_square():
    near, far = shapely.Point(1000, 1000), shapely.Point(90_000, 0)
    assert RARE_CELLS in drawn(of(Marks((near,), RARE_CELLS))).drawn
    assert RARE_CELLS not in drawn(of(Marks((far,), RARE_CELLS))).drawn


def test_that_of_two_names_in_a_full_place_the_less_important_is_left_out_and_named():
    crowd = Labels((shapely.Point(2000, 1500),) * 30, tuple(same(f"Borgo {number}") for number in range(30)))
    drawing = drawn(of(crowd))
    assert "Borgo 0</text>" in svg_of(drawing)
    assert drawing.left_out[-1] == "Borgo 29"
    assert len(drawing.left_out) + svg_of(drawing).count(">Borgo ") == 30


def test_that_only_what_borders_on_the_town_can_be_sea():
    # Land lies all along the north; beyond it a gap nobody gave us, and south of the town the open sea.
    north = shapely.box(-20_000, 3000, 24_000, 3500)
    content = of(context=Context((north,), ("Montebello",), coastal=True))
    frame = lay_out(content, is_demonstration=False).frame
    gap, strip, sea = shapely.points(frame.to_mm(np.array([[2000.0, 4000.0], [2000.0, 3200.0], [2000.0, -500.0]])))
    land = surroundings(content, frame).land
    assert shapely.contains(land, [gap, strip, sea]).tolist() == [True, True, False]
    assert SEA in svg_of(drawn(content))


def test_that_without_a_coast_there_is_no_sea():
    assert SEA not in svg_of(drawn(of()))


def test_that_the_town_has_no_border_along_the_coast():
    north = shapely.box(-20_000, 3000, 24_000, 20_000)
    content = of(context=Context((north,), ("Montebello",), coastal=True))
    (path,) = paths_of(drawn(content), f"stroke: {COMMUNE.colour}")
    # 1:20 000: the northern border of 4 km is 200 mm long, level, and all that is left.
    x, y, end, level = map(int, re.findall(r"-?\d+", path))
    assert (abs(end - x), level - y) == (pytest.approx(20_000, abs=60), 0)


def test_that_the_sea_of_the_commune_is_sea_also_where_the_unit_does_not_touch_it():
    unit = shapely.box(1500, 1000, 2500, 2000)
    rest = Context((TOWN.difference(unit),), ("Borgo",), coastal=True)
    alone = of(boundary=unit, context=rest, denominator=20_000)
    frame = lay_out(alone, is_demonstration=False).frame
    (sea,) = shapely.points(frame.to_mm(np.array([[2000.0, -500.0]])))
    assert not shapely.contains(surroundings(replace(alone, within=TOWN), frame).land, sea)
    assert shapely.contains(surroundings(alone, frame).land, sea)


def test_that_a_dock_that_an_islet_fills_leaves_no_scrap_of_border_on_the_coast():
    # 1:20 000: a dock of 12 × 12 m, an islet in it, 2 m of water between: 0,1 mm of paper
    town = TOWN.difference(shapely.box(2000, 0, 2012, 12)).union(shapely.box(2002, 0, 2010, 10))
    north = shapely.box(-20_000, 3000, 24_000, 20_000)
    content = of(boundary=town, context=Context((north,), ("Montebello",), coastal=True))
    frame = lay_out(content, is_demonstration=False).frame
    (middle,) = shapely.points(frame.to_mm(np.array([[2006.0, 0.0]])))
    assert borders(surroundings(content, frame)).commune.distance(middle) > 100


def test_that_slivers_and_specks_in_the_town_get_no_border_but_stay_open():
    # At 1:20 000 a millimetre is 20 m. A speck of 10 × 10 m, a slit of 4 m by 1 km, and a true enclave of 200 × 200 m.
    speck, slit = shapely.box(500, 500, 510, 510), shapely.box(1000, 1000, 1004, 2000)
    enclave = shapely.box(3000, 1000, 3200, 1200)
    open_town = TOWN.difference(shapely.union_all([speck, slit, enclave]))
    frame = lay_out(of(boundary=open_town), is_demonstration=False).frame
    paper = shapely.transform(open_town, frame.to_mm)
    assert len(outline(paper).geoms) == 2  # the town's own ring and the enclave's
    (path,) = paths_of(drawn(of(boundary=open_town)), f"stroke: {COMMUNE.colour}")
    assert path.count("M") == 2
    assert paper.area == pytest.approx(open_town.area / 400)


def test_that_a_border_between_units_is_not_lost_at_a_sliver_of_the_town():
    slit = shapely.box(1990, 1000, 1994, 2000)
    halves = (shapely.box(0, 0, 2000, 3000), shapely.box(2000, 0, 4000, 3000))
    drawing = drawn(of(Lines(halves, NEIGHBOURHOOD), boundary=TOWN.difference(slit)))
    (path,) = paths_of(drawing, f"stroke: {NEIGHBOURHOOD.colour}")
    assert path.count("M") == 1


def test_that_a_number_moves_off_a_mark_and_far_from_its_place_has_a_line_to_it():
    point = shapely.Point(2000, 1500)
    alone = drawn(of(Marks((point,), RARE_CELLS), Numbers((point,), ("1",))))
    assert svg_of(alone).count(LEADER) == 0
    x, y = map(int, re.search(r'<text x="(\d+)" y="(\d+)"[^>]*>1<', svg_of(alone)).groups())
    half = RARE_CELLS.size_mm / 2 + NUMBER.size_mm / 2
    middle = lay_out(of(), True).frame.to_mm(np.array([[2000.0, 1500.0]]))[0] * 100
    assert np.hypot(x - middle[0], y - 75 - middle[1]) > half * 100
    crowd = drawn(of(Numbers((point,) * 30, tuple(map(str, range(30))))))
    assert svg_of(crowd).count(LEADER) == 1


def test_that_a_spit_of_land_as_thin_as_the_seam_is_drawn():
    # From a true coast, in millimetres of paper: GEOS widens both, and drawing their union in again crosses itself.
    town = shapely.Polygon([
        (21.277220323112832, 14.629605809518134), (21.31725501755756, 14.62507698153399),
        (21.360550323229084, 14.62417121593878), (20.949697947076782, 14.241035122126524),
    ])  # fmt: skip
    west = shapely.Polygon([
        (20.949697947076782, 14.241035122126524), (21.360550323229084, 14.62417121593878),
        (21.971756165349557, 13.727469941789122),
    ])  # fmt: skip
    frame = Frame(CRS(7791), 0.0, 0.0, 40.0, 30.0, 1000)
    ground = [shapely.transform(each, frame.to_metres) for each in (town, west)]
    content = of(boundary=ground[0], context=Context((ground[1],), ("Ponente",), coastal=True))
    land = surroundings(content, frame).land
    assert land.is_valid
    assert shapely.contains(land, [town.centroid, west.centroid, shapely.Point(1, 1)]).tolist() == [True, True, False]


def test_that_a_narrow_gap_between_sources_of_different_detail_is_no_sea():
    # The neighbour's outline stays 40 m (2 mm) short of the town along 3 km; south of both lies the open sea.
    west = shapely.box(-20_000, 0, -40, 20_000)
    others = shapely.union_all([shapely.box(0, 3000, 20_000, 20_000), shapely.box(4000, 0, 20_000, 3000)])
    content = of(context=Context((west, others), ("Ponente", "Monte"), coastal=True))
    frame = lay_out(content, is_demonstration=False).frame
    gap, sea = shapely.points(frame.to_mm(np.array([[-20.0, 1500.0], [2000.0, -500.0]])))
    assert shapely.contains(surroundings(content, frame).land, [gap, sea]).tolist() == [True, False]


def test_that_a_neighbour_is_named_in_its_own_land_and_clear_of_the_stamp():
    west = shapely.box(-9000, -9000, 0, 12_000)
    content = of(context=Context((west,), ("Riccò",)))
    layout = lay_out(content, is_demonstration=True)
    drawing = draw(content, layout, "it")
    x, y = map(int, re.search(r'<text x="(\d+)" y="(\d+)"[^>]*>RICCÒ', svg_of(drawing)).groups())
    assert x / 100 < layout.frame.to_mm(np.array([[0.0, 0.0]]))[0, 0]
    assert not shapely.box(*layout.stamp).contains(shapely.Point(x / 100, y / 100))
    assert NEIGHBOUR in drawing.drawn


def test_that_the_scale_box_leaves_the_corner_where_the_town_is():
    # A foot reaches along the whole lower edge: both lower corners hide some of it.
    boot = shapely.union_all([shapely.box(0, 0, 500, 5000), shapely.box(0, 0, 4900, 500)])
    layout = lay_out(of(boundary=boot), is_demonstration=True)
    left, _, _, bottom = layout.scale
    assert left > layout.frame.width_mm / 2
    assert bottom < layout.frame.height_mm / 2


def test_that_an_empty_boundary_is_refused_with_a_remedy():
    with pytest.raises(PucError, match="Caricare il confine del comune"):
        lay_out(of(boundary=shapely.Polygon()), is_demonstration=False)


def test_that_a_self_crossing_area_is_drawn_mended():
    bow_tie = shapely.Polygon([(0, 0), (2000, 2000), (2000, 0), (0, 2000)])
    frame = lay_out(of(), False).frame
    # Two triangles of 1 km² each; at 1:20 000 a square kilometre is 2 500 mm².
    assert on_paper([bow_tie], frame, dimension=2).area == pytest.approx(5000, rel=1e-3)


def test_that_the_geometries_handed_in_are_left_as_they_were():
    content = of(Areas((TOWN,), FREE_LAND), Lines((TOWN,), NEIGHBOURHOOD))
    before = TOWN.wkb
    draw(content, lay_out(content, False), "it")
    assert TOWN.wkb == before


def test_that_a_fixed_scale_is_kept():
    assert lay_out(replace(of(), denominator=10_000), False).frame.denominator == 10_000
