"""Real plans, as they were delivered, are mended and lose nothing."""

from __future__ import annotations

import json

import geopandas
import pytest

from layers import roles
from layers.mends import registry
from layers.reference import LayerRef
from puc_tool.mends import mending, receipts
from puc_tool.sources import trust
from puc_tool.studies import study_editing, study_entries, study_reading


@pytest.fixture
def study_of(real_data, tmp_path):
    """Return a study in its own folder that names one real file, and how it names it."""

    def of(name, crs, role="zoning", **words):
        trust.agree(real_data / name)
        (tmp_path / "study.toml").write_text(
            f'version = 1\n[study]\ntitle = "Prova"\ncrs = "{crs}"\n', encoding="utf-8"
        )
        document = study_reading.document(tmp_path)
        study_editing.put_layer(document, LayerRef(role, (real_data / name).as_posix(), **words))
        study_editing.save(document, tmp_path)
        study = study_reading.read(tmp_path)
        return study, study.layers[0]

    return of


def test_that_real_zones_lose_exactly_what_was_twice(study_of, real_data):
    study, ref = study_of("zoning/plu_41175_ZONE_URBA.shp", "EPSG:2154", fields={"zone": "LIBELLE"})
    before = study_entries.read(study.folder)
    done = mending.apply(study, ref, {"settle-overlaps": ["5"]})
    (settled,) = done.lines
    assert settled.before_m2 - settled.after_m2 == pytest.approx(settled.area_m2, abs=1e-4)
    # 4 709 m² lie under two zones; what is wider than 5 m stays.
    assert 0 < settled.area_m2 < 4_709.2
    step = receipts.read(study.folder, done.copy).last
    assert step["features"] == step["copy"]["features"]
    # Outside of the entry, whose words are the study's own, no path is told.
    assert str(real_data) not in json.dumps({**step, "entry": ""})
    mending.undo(study_reading.read(study.folder), done.ref)
    assert study_entries.read(study.folder) == before


@pytest.mark.parametrize(
    ("name", "role", "crs"),
    [
        ("services/bari_quartieri.geojson", "neighbourhoods", "EPSG:7792"),
        ("services/bari_localita.geojson", "neighbourhoods", "EPSG:7792"),
        ("services/piemonte_osm_postoffices.geojson", "services", "EPSG:7791"),
        ("osm_network/prato_ciclabili.geojson", "streets", "EPSG:7791"),
        ("stress/qgis/polys_overlapping.shp", "districts", "EPSG:5070"),
    ],
)
def test_that_every_mend_at_once_leaves_a_copy_that_can_be_read(name, role, crs, study_of):
    study, ref = study_of(name, crs, role)
    wanted = {mend.id: () for mend in registry.ALL if mend.suits(roles.BY_ID[role])}
    done = mending.apply(study, ref, wanted)
    told = {line.mend: line for line in done.lines}
    gone = told["dedupe"].features + told["drop-empty"].features
    if not done.copy:
        return
    step = receipts.read(study.folder, done.copy).last
    assert step["area_m2"] is not None  # of degrees, that of the layer once it is in metres
    copy = geopandas.read_file(study.folder / done.copy)
    assert len(copy) == step["copy"]["features"] == step["features"] - gone
    assert copy.geometry.is_valid.all()
    lines = [line for line in done.lines if line.before_m2 is not None]
    assert [each.before_m2 for each in lines[1:]] == [each.after_m2 for each in lines[:-1]]
