"""The maps of sheets as figures of the report."""

from __future__ import annotations

from dataclasses import replace

from puc_tool.report.map_figures import map_figure


def test_that_the_figure_of_a_sheet_of_a_part_shows_the_part_at_no_larger_a_scale_than_the_sheet(sheet):
    site = sheet.map.boundary.centroid.buffer(10.0)
    context = replace(sheet.map.context, view=replace(sheet.map.context.view, ground=site))
    framed = replace(sheet, map=replace(sheet.map, context=context, denominator=2000))
    assert "1:2.000" in map_figure(framed, "garden-suitability", "it").caption.it
    assert "1:2.000" not in map_figure(sheet, "garden-suitability", "it").caption.it
