import pytest

from layers import roles
from layers.recognise import guesses, source_field
from layers.text import Text


def first(name, geometry, fields=()):
    return guesses(name, geometry, fields)[0]


@pytest.mark.parametrize(
    ("name", "geometry", "fields", "role"),
    [
        ("PUC_zonizzazione", "MultiPolygon", ["ZONA", "DESCR"], "zoning"),
        ("quartieri_2020", "Polygon", ["NOME"], "neighbourhoods"),
        ("usodelsuolo_2019", "Polygon", ["COD_USO"], "land_use"),
        ("dtm_5m", "Raster", [], "elevation"),
        ("consumosuolo_2023", "Raster", [], "soil_consumption"),
        ("grafo_strade", "LineString", ["highway"], "streets"),
        ("farmacie", "3D Point", ["tipo"], "services"),
    ],
)
def test_that_a_dataset_is_known_by_its_name_and_fields(name, geometry, fields, role):
    assert first(name, geometry, fields).role.id == role


def test_that_a_role_that_does_not_take_the_shape_is_never_guessed():
    assert all(roles.Shape.LINE in guess.role.shapes for guess in guesses("zone puc", "LineString", ["zona"]))


def test_that_a_guess_says_why_and_how_sure_it_is():
    # Name 0.45, its one required field 0.45, one field known 0.02: 0.92.
    guess = first("prg", "Polygon", ["ZTO"])
    assert guess.confidence == pytest.approx(0.92)
    assert guess.why == Text("nome («prg») e campi: ZTO", "name (“prg”) and fields: ZTO")


def test_that_the_likeliest_guess_comes_first_and_the_unlikely_are_left_out():
    sure = [guess.confidence for guess in guesses("zone", "Polygon", ["zona", "nome", "codice"])]
    assert sure == sorted(sure, reverse=True)
    assert min(sure) >= 0.3


def test_that_nothing_is_guessed_of_a_name_and_fields_that_say_nothing():
    assert guesses("layer1", "Polygon", ["a", "b"]) == ()


def test_that_a_table_of_unknown_geometry_may_play_any_vector_role():
    found = {guess.role.id for guess in guesses("farmacie", "Unknown", ["tipo"])}
    assert "services" in found
    assert not found & {"elevation", "soil_consumption"}


def test_that_a_delivered_field_is_found_by_its_own_name_before_a_usual_one():
    zone = roles.ZONING.field("zone")
    assert source_field(zone, ["ZONA", "Zone"]) == "Zone"
    assert source_field(zone, ["FID", "COD_AMB"]) == "COD_AMB"
    assert source_field(zone, ["FID"]) is None
