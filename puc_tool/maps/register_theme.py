"""How the register's sheet looks: its stages in the style that somebody gave the districts."""

from __future__ import annotations

from dataclasses import replace

from geopandas import GeoDataFrame

from layers import roles
from puc_tool.maps.recast import Looks
from puc_tool.maps.register_facts import STAGES, Facts
from puc_tool.maps.style import Fill
from puc_tool.maps.worn import MM_A_PX, Wardrobe, Worn

_STATE = "state"


def worn_looks(wardrobe: Wardrobe, shown: Facts, districts: GeoDataFrame | None) -> Looks:
    """Return for the look of each stage the one in the districts' style.

    Districts classed by their state give a stage the colour of the first state that stands for it; one colour for all
    of them, and their width, are those of the edge, so that stages are told apart whatever is chosen.
    """
    worn = wardrobe.layer(roles.DISTRICTS.id, _STATE).by_kind(districts)
    words = {stage.id: [each.word for each in shown.entries if each.stage == stage] for stage in STAGES}
    return {stage.style: _look(stage.style, worn, words[stage.id]) for stage in STAGES}


def _look(look: Fill, worn: Worn, states: list[str]) -> Fill:
    edge = "" if worn.style.field else worn.colour(("",))
    width = look.edge_mm if worn.style.width_px is None else worn.style.width_px * MM_A_PX
    return worn.look(replace(look, edge=edge or look.edge, edge_mm=width), *filter(None, states))
