"""QML and SLD of a layer in its style, with conditions that its source's own columns meet."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers import roles
from layers.intake import Intake
from layers.problems import PucError
from layers.reference import LayerRef
from puc_tool.maps.canvas.pictures import picture
from puc_tool.maps.dressing import cloth_of, dressed
from puc_tool.printing.style_export import Dressed, classes_of, save
from puc_tool.working.layer_entry import Entry
from puc_tool.working.layer_style import LayerStyle


def entry(style: LayerStyle) -> Entry:
    """Return four squares of zones whose source calls the letter LETT, A as AC."""
    columns = {"zone": ["A1", "A2", "B1", "C1"], "dm1444": ["A", "A", "B", "C"], "floors": [1.0, 2.0, 9.0, np.nan]}
    squares = [shapely.box(20 * place, 0, 20 * place + 9, 9) for place in range(4)]
    ref = LayerRef("zoning", "x.gpkg", fields={"dm1444": "LETT", "floors": "PIANI"}, codes={"AC": "A", "AS": "A"})
    return Entry(Intake(ref, roles.ZONING, GeoDataFrame(columns, geometry=squares, crs=7791)), True, style=style)


def classes(style: LayerStyle):
    made = entry(style)
    seen = picture(made.intake, CRS(7791))
    assert seen is not None
    cloth = cloth_of(made.intake)
    worn = dressed(seen, cloth, style)
    return Dressed(made.title, cloth, style, worn, 1.0, made.ref), worn


def test_that_a_class_asks_for_what_the_source_says_not_for_the_role_s_word():
    made, _ = classes(LayerStyle(colours={"A": "#123456"}))
    found = list(classes_of(made))
    assert found[0].look.colour == "#123456"
    assert [(each.column, each.any_of) for each in found[0].conditions] == [("LETT", ("AC", "AS"))]
    assert [each.conditions[0].any_of for each in found[1:]] == [("B",), ("C",)]


def test_that_ranges_hold_every_amount_once():
    made, _ = classes(LayerStyle(field="floors", scheme="quantiles", classes=2))
    ranges = [(each.low, each.high) for found in classes_of(made) for each in found.conditions]
    assert [[low <= value < high for low, high in ranges] for value in (1.0, 2.0, 9.0)] == [
        [True, False], [True, False], [False, True],
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["qml", "sld"])
def test_that_the_file_is_xml_with_a_rule_for_each_class(tmp_path, ending):
    made, seen = classes(LayerStyle(fill="rising"))
    save(tmp_path / f"zone.{ending}", made, "it")
    text = (tmp_path / f"zone.{ending}").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text.partition("\n")[2] if ending == "qml" else text)
    rules = [each for each in root.iter() if each.tag.lower().endswith("rule")]
    assert len(rules) == len(seen.classes)
    assert "AC" in text
    assert "AS" in text


@pytest.mark.parametrize("name", ["zone.txt", "zone"])
def test_that_another_ending_is_refused_with_a_sentence(tmp_path, name):
    made, _ = classes(LayerStyle())
    with pytest.raises(PucError) as refused:
        save(Path(tmp_path / name), made, "it")
    assert [each.code for each in refused.value.problems] == ["style-not-exported"]
    assert list(tmp_path.iterdir()) == []
