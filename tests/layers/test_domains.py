"""What a source says its codes mean, read without touching it."""

import hashlib
import sqlite3

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely import Point

from layers.formats import domains
from layers.source import locate

SCHEMA = """
CREATE TABLE gpkg_data_columns (table_name TEXT, column_name TEXT, name TEXT, title TEXT, description TEXT,
    mime_type TEXT, constraint_name TEXT);
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT, constraint_type TEXT, value TEXT, min NUMERIC,
    min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT);
INSERT INTO gpkg_data_columns (table_name, column_name, constraint_name) VALUES ('zone', 'COD', 'tipi');
INSERT INTO gpkg_data_columns (table_name, column_name, constraint_name) VALUES ('altra', 'COD', 'altri');
INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description)
    VALUES ('tipi', 'enum', '1', 'Residenziale'), ('tipi', 'enum', '2', 'Agricola'), ('tipi', 'enum', '3', NULL),
           ('tipi', 'range', NULL, 'di troppo'), ('altri', 'enum', '1', 'Altro');
"""


@pytest.fixture
def with_domains(tmp_path):
    path = tmp_path / "piano.gpkg"
    gpd.GeoDataFrame({"COD": [1, 2]}, geometry=[Point(0, 0), Point(1, 1)], crs=7791).to_file(path, layer="zone")
    database = sqlite3.connect(path)
    database.executescript(SCHEMA)
    database.close()
    return path


def test_that_the_words_of_a_geopackage_are_read_for_its_table_alone(with_domains):
    assert domains.domains(locate(with_domains), "zone") == {"COD": {"1": "Residenziale", "2": "Agricola"}}


def test_that_reading_them_leaves_no_trace(with_domains):
    before = hashlib.sha256(with_domains.read_bytes()).hexdigest()
    domains.domains(locate(with_domains), "zone")
    assert hashlib.sha256(with_domains.read_bytes()).hexdigest() == before
    assert [path.name for path in with_domains.parent.iterdir()] == ["piano.gpkg"]


def test_that_a_geopackage_without_the_extension_has_none(tmp_path):
    path = tmp_path / "piano.gpkg"
    gpd.GeoDataFrame({"COD": [1]}, geometry=[Point(0, 0)], crs=7791).to_file(path, layer="zone")
    assert domains.domains(locate(path), "zone") == {}


def test_that_other_formats_have_none(tmp_path):
    path = tmp_path / "piano.geojson"
    gpd.GeoDataFrame({"COD": [1]}, geometry=[Point(0, 0)], crs=4326).to_file(path)
    assert domains.domains(locate(path), None) == {}


DOMAIN = """<?xml version="1.0"?><typens:GPCodedValueDomain2 xmlns:typens="http://www.esri.com/schemas/ArcGIS/10.3">
<DomainName>Tipi</DomainName><CodedValues><CodedValue><Name>Residenziale</Name><Code>1</Code></CodedValue>
<CodedValue><Name>Agricola</Name><Code>2</Code></CodedValue></CodedValues></typens:GPCodedValueDomain2>"""
TABLE = """<typens:DEFeatureClassInfo xmlns:typens="http://www.esri.com/schemas/ArcGIS/10.3"><Name>zone</Name>
<GPFieldInfoExs><GPFieldInfoEx><Name>NOTE</Name></GPFieldInfoEx>
<GPFieldInfoEx><Name>COD</Name><DomainName>Tipi</DomainName></GPFieldInfoEx></GPFieldInfoExs>
</typens:DEFeatureClassInfo>"""
ENTITIES = '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'


def test_that_the_words_of_a_file_geodatabase_are_read_from_its_items(tmp_path, monkeypatch):
    (tmp_path / "piano.gdb").mkdir()
    items = pd.DataFrame({"Definition": [None, "", "<cut off", ENTITIES, DOMAIN, TABLE]})
    monkeypatch.setattr(pyogrio, "read_dataframe", lambda *_, **__: items)
    source = locate(tmp_path / "piano.gdb")
    assert domains.domains(source, "zone") == {"COD": {"1": "Residenziale", "2": "Agricola"}}
    assert domains.domains(source, "altra") == {}


def test_that_a_real_file_geodatabase_without_domains_has_none(real_data):
    source = locate(real_data / "stress" / "broken_zips" / "testopenfilegdb.gdb.zip")
    assert domains.domains(source, "polygon") == {}
