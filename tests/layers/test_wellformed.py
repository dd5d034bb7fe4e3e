import pytest

from layers.formats.vector import read, tables
from layers.problems import PucError
from layers.source import locate

POINT = "<Placemark><name>P</name><Point><coordinates>9.8,44.1</coordinates></Point></Placemark>"
KML = f'<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Folder><name>a</name>\n{POINT}\n{POINT}\n'


@pytest.mark.parametrize("road", [tables, lambda source: read(source, "a")])
def test_that_xml_that_ends_half_way_is_refused_with_its_line(tmp_path, road):
    # By itself GDAL would give the first of the two places, and be silent about the second.
    (tmp_path / "a.kml").write_text(KML[: KML.rindex("<Point>")], encoding="utf-8")
    with pytest.raises(PucError) as told:
        road(locate(tmp_path / "a.kml"))
    assert told.value.problems[0].sentence("it") == (
        "a.kml: l'XML è rovinato o finisce a metà, alla riga 4. Si leggerebbero solo gli elementi che vengono prima: "
        "il livello non entra nello studio. Chiedere una nuova copia del dato."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_that_sound_xml_passes_in_the_encoding_it_states(tmp_path, encoding):
    text = f"{KML}</Folder></kml>".replace('"1.0"?', f'"1.0" encoding="{encoding}"?').replace(">P<", ">Forlì<")
    (tmp_path / "a.kml").write_bytes(text.encode(encoding))
    layer, _ = read(locate(tmp_path / "a.kml"), "a")
    assert list(layer["Name"]) == ["Forlì", "Forlì"]
