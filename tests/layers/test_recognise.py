"""Which role a dataset plays: what is weighed, how sure it makes, what stays a question."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers import recognise, roles
from layers.cell_sample import CellSample
from layers.evidence import Evidence, normalised, service_in
from layers.formats.looking import Look
from layers.recognise import combined, guesses, is_clear, other_shape, source_field, tied
from layers.sampling import of_frame
from layers.spec import Shape
from layers.subject import Reach, Subject
from layers.text import NOTHING

UTM = 7791


def subject(name, geometry="Polygon", fields=(), **more):
    return Subject(name, geometry, tuple(fields), features=10, **more)


def sampled(name, side_m=100.0, count=4, gap_m=0.0, **columns):
    """Return a subject of ``count`` squares in a row, with their columns looked at."""
    step = side_m + gap_m
    squares = [shapely.box(5e5 + i * step, 4.8e6, 5e5 + i * step + side_m, 4.8e6 + side_m) for i in range(count)]
    frame = gpd.GeoDataFrame(columns, geometry=squares, crs=UTM)
    seen = Look("t", "Polygon", frame.crs, count, dict.fromkeys(columns, "str"), tuple(frame.total_bounds), "UTF-8")
    return Subject(name, "Polygon", tuple(columns), count, frame.crs, seen.extent, of_frame(frame, seen))


def first(*words, **more):
    return guesses(subject(*words, **more))[0]


@pytest.mark.parametrize(
    ("name", "geometry", "fields", "role"),
    [
        ("PUC_zonizzazione", "MultiPolygon", ["ZONA", "DESCR"], "zoning"),
        ("quartieri_2020", "Polygon", ["NOME"], "neighbourhoods"),
        ("UsoDelSuolo_2019", "Polygon", ["COD_USO"], "land_use"),
        ("dtm_5m", "Raster", [], "elevation"),
        ("consumo_suolo_2023", "Raster", [], "soil_consumption"),
        ("grafo_strade", "LineString", ["highway"], "streets"),
        ("farmacie", "3D Point", ["tipo"], "services"),
        ("mosaicatura", "Polygon", ["per_fr_ita"], "landslide_hazard"),
        ("mosaicatura", "Polygon", ["scenario"], "flood_hazard"),
        ("SUD_PO", "Polygon", ["CLASSE"], "landslide_hazard"),
        ("R07_21_WGS84", "Polygon", ["SEZ21_ID", "POP"], "census"),
        ("Com01012023_WGS84", "Polygon", ["PRO_COM_T", "COMUNE"], "boundary"),
        ("U2018_CLC2018_V2020_20u1", "Polygon", ["Code_18"], "land_use"),
        ("IT012L3_GENOVA_UA2018", "Polygon", ["code_2018"], "land_use"),
        ("SC_2023_LAEA", "Raster", [], "soil_consumption"),
        ("EDIFC", "Polygon", ["UN_VOL_AV"], "buildings"),
        ("N43E007", "Raster", [], "elevation"),
        ("linea_di_costa", "LineString", ["nome"], "coastline"),
        ("vincoli", "Polygon", ["tipo"], "constraints"),
    ],
)
def test_that_a_dataset_is_known_by_official_and_usual_names(name, geometry, fields, role):
    assert first(name, geometry, fields).role.id == role


def test_that_a_role_that_does_not_take_the_shape_is_never_guessed():
    of_ground = guesses(subject("zone puc lungo le strade", "Polygon", ["zona"]))
    of_lines = guesses(subject("zone puc lungo le strade", "LineString", ["zona"]))
    assert roles.ZONING in {guess.role for guess in of_ground}
    assert of_lines
    assert all(Shape.LINE in guess.role.shapes for guess in of_lines)


def test_that_a_name_whose_shape_is_another_is_told_apart():
    points = subject("quartieri", "Point", ["nome"])
    assert not is_clear(guesses(points))
    assert [role.id for role in other_shape(points)] == ["neighbourhoods"]


def test_that_nothing_is_guessed_of_a_name_and_fields_that_say_nothing():
    assert guesses(subject("layer1", "Polygon", ["a", "b"])) == ()


def test_that_a_table_without_geometry_plays_no_role():
    assert guesses(subject("sezioni_censimento", "None", ["SEZ2011", "P1"])) == ()


def test_that_a_table_of_unknown_geometry_may_play_any_vector_role():
    found = {guess.role.id for guess in guesses(subject("farmacie", "Unknown", ["tipo"]))}
    assert "services" in found
    assert not found & {"elevation", "soil_consumption"}


def test_that_the_likeliest_guess_comes_first_and_the_unlikely_are_left_out():
    sure = [guess.confidence for guess in guesses(subject("zone", "Polygon", ["zona", "nome", "codice"]))]
    assert sure == sorted(sure, reverse=True)
    assert min(sure) >= 0.3


def test_that_a_guess_says_its_strongest_reasons():
    why = first("prg", "Polygon", ["ZTO"]).why
    assert "ha il campo «ZTO»" in why.it
    assert "il nome («prg») è di: zone di piano" in why.it
    assert "the name (“prg”) is of: plan zones" in why.en


def test_that_values_make_a_field_known_whatever_it_is_called():
    hazard = sampled("consegna", GRADO=["Elevata P3", "Media P2", "Molto elevata P4", "Aree di Attenzione AA"])
    best = guesses(hazard)[0]
    assert best.role is roles.LANDSLIDE_HAZARD
    assert "il campo «GRADO» ha i valori di «Classe di pericolosità»: 4 di 4" in best.why.it
    assert [(match.field.name, match.column) for match in best.fields] == [("class", "GRADO")]


def test_that_values_two_roles_share_are_a_tie():
    # P1 to P3 are classes of floods as of landslides; nothing else speaks.
    found = guesses(sampled("consegna", CL=["P1", "P2", "P3", "P1"]))
    hazards = [guess for guess in found if guess.role in (roles.FLOOD_HAZARD, roles.LANDSLIDE_HAZARD)]
    assert hazards[0].confidence == hazards[1].confidence
    assert not is_clear(found)
    assert {guess.role.id for guess in tied(found)} >= {"flood_hazard", "landslide_hazard"}


@pytest.mark.parametrize("name", ["alluvioni", "frane"])
def test_that_the_name_settles_values_that_two_roles_share(name):
    found = guesses(sampled(name, classe=["P1", "P2", "P3", "P1"]))
    assert found[0].role.id == {"alluvioni": "flood_hazard", "frane": "landslide_hazard"}[name]
    assert is_clear(found)


def test_that_corine_codes_are_told_from_any_small_numbers():
    land = guesses(sampled("carta", a=["111", "211", "311", "512"]))
    assert land[0].role is roles.LAND_USE
    assert not any(guess.role is roles.LAND_USE for guess in guesses(sampled("carta", a=["1", "2", "3", "4"])))


@pytest.mark.parametrize(("side_m", "likely"), [(12.0, "buildings"), (3000.0, "neighbourhoods")])
def test_that_the_size_of_polygons_speaks_for_a_role(side_m, likely):
    found = {guess.role.id for guess in guesses(sampled("dati", side_m, gap_m=30.0, nome=list("abcd")))}
    assert likely in found
    assert not found & ({"buildings", "neighbourhoods"} - {likely})


def test_that_scattered_polygons_speak_against_units_that_cover_the_commune():
    near, apart = (sampled("quartieri", 2000.0, gap_m=gap, nome=["A", "B", "C", "D"]) for gap in (0.0, 9000.0))
    sure = [guesses(each)[0].confidence for each in (near, apart)]
    assert sure[0] > recognise.SURE > sure[1]


def test_that_one_commune_is_a_boundary_and_many_are_not_surely_one():
    one = sampled("comune", 5000.0, 1, COMUNE=["La Spezia"], PRO_COM_T=["011015"])
    many = sampled("comuni", 5000.0, 3, COMUNE=["Arcola", "Lerici", "Follo"], PRO_COM_T=["011002", "011016", "011013"])
    assert is_clear(guesses(one))
    assert guesses(many)[0].role is guesses(one)[0].role is roles.BOUNDARY
    assert not is_clear(guesses(many))


def test_that_bounds_that_are_the_study_s_speak_for_a_boundary():
    there, elsewhere = (
        first("confine", "Polygon", ["nome"], reach=reach) for reach in (Reach(1.0, 1.0), Reach(0.1, 0.9))
    )
    assert there.confidence > elsewhere.confidence
    assert "ha gli stessi limiti del comune" in there.why.it


@pytest.mark.parametrize(
    ("values", "bands", "dtype", "role"),
    [
        ([2.0, 111.0, 112.0, 201.0], 1, "uint8", "soil_consumption"),
        (np.linspace(0.0, 700.0, 500), 1, "float32", "elevation"),
        (np.arange(256.0), 3, "uint8", "reference"),
    ],
)
def test_that_cells_tell_codes_heights_and_pictures(values, bands, dtype, role):
    cells = CellSample(np.asarray(values), 1000, bands, dtype)
    found = guesses(subject("consegna", "Raster", cells=cells))
    assert [guess.role.id for guess in found] == [role]


def test_that_a_raster_named_for_heights_that_holds_codes_is_not_sure():
    cells = CellSample(np.array([1.0, 2.0]), 1000, 1, "uint8")
    assert not is_clear(guesses(subject("dtm", "Raster", cells=cells)))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("farmacie", "farmacia"), ("osm_post_offices", "posta"), ("Biblioteche 2020", "biblioteca"), ("scuole", None)],
)
def test_that_a_name_tells_a_service_only_where_it_can_be_no_other(name, kind):
    assert service_in(name) == kind


@pytest.mark.parametrize(
    ("name", "words"),
    [("UsoSuolo 2019.v2", "_uso_suolo_2019_v2_"), ("Città-ZONE", "_citta_zone_"), ("", "__")],
)
def test_that_names_are_compared_without_accents_signs_and_capitals(name, words):
    assert normalised(name) == words


weights = st.lists(st.floats(-0.99, 0.99), max_size=8)


@given(weights)
def test_that_confidence_stays_between_nothing_and_certainty(found):
    assert 0.0 <= combined(Evidence(weight, NOTHING) for weight in found) < 1.0


@given(weights, st.floats(0.0, 0.99), st.floats(-0.99, 0.0))
def test_that_a_reason_never_lowers_confidence_and_a_doubt_never_raises_it(found, reason, doubt):
    before = [Evidence(weight, NOTHING) for weight in found]
    assert combined([*before, Evidence(reason, NOTHING)]) >= combined(before) - 1e-12
    assert combined([*before, Evidence(doubt, NOTHING)]) <= combined(before) + 1e-12


def test_that_two_reasons_leave_half_of_half_a_doubt():
    # 1 - (1 - 0.5) * (1 - 0.5) = 0.75, and a doubt of a fifth leaves four fifths of it.
    half = Evidence(0.5, NOTHING)
    assert combined([half, half]) == pytest.approx(0.75)
    assert combined([half, half, Evidence(-0.2, NOTHING)]) == pytest.approx(0.6)


def test_that_a_delivered_field_is_found_by_its_own_name_before_a_usual_one():
    zone = roles.ZONING.field("zone")
    assert source_field(zone, ["ZONA", "Zone"]) == "Zone"
    assert source_field(zone, ["FID", "COD_AMB"]) == "COD_AMB"
    assert source_field(zone, ["FID"]) is None
