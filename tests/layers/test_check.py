import geopandas as gpd
import pytest
import shapely
from pyproj import CRS

from layers import roles
from layers.check import check, check_place, check_reach
from layers.problems import Severity

BOX = shapely.box(0, 0, 10, 10)
# The ground of the study: one square kilometre near La Spezia.
GROUND = shapely.box(566_000, 4_883_000, 567_000, 4_884_000)
UTM = CRS(7791)


def layer(*geometry, crs=7791, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(geometry), crs=crs)


def sentences(found):
    return [problem.sentence("it") for problem in found]


def test_that_a_sound_layer_has_no_problem():
    assert check(layer(BOX, zone=["A"]), roles.ZONING) == []


def test_that_every_fault_is_told_at_once():
    faults = check(layer(shapely.Point(0, 0), crs=None), roles.ZONING)
    assert [problem.code for problem in faults] == ["crs-missing", "geometry-kind", "field-missing"]


def test_that_a_layer_without_features_can_t_play_a_role():
    assert sentences(check(layer(zone=[]), roles.ZONING)) == [
        "Zonizzazione del piano: il livello non contiene elementi. Non può svolgere il suo ruolo. "
        "Controllare il file, la tabella scelta e l'espressione di --where."
    ]


def test_that_a_crs_is_asked_for_and_never_guessed():
    assert sentences(check(layer(BOX, crs=None, zone=["A"]), roles.ZONING)) == [
        "Zonizzazione del piano: il livello non dice il suo sistema di riferimento. "
        "Non si sa dove cade, e non viene indovinato: 1 elemento. "
        "Indicarlo con --crs, per esempio --crs EPSG:3003 (Gauss-Boaga ovest)."
    ]


def test_that_lines_for_services_are_shown_where_cycle_ways_belong():
    way = shapely.LineString([(0, 0), (9, 9)])
    remedy = (
        "Le piste ciclabili disegnate come linee vanno fra le strade (streets) con kind = cycleway: "
        "lì contano come servizi di tipo ciclabile."
    )
    (all_lines,) = check(layer(way, kind=["ciclabile"]), roles.SERVICES)
    (some_lines,) = check(layer(way, shapely.Point(0, 0), kind=["ciclabile", "nido"]), roles.SERVICES)
    assert (all_lines.code, some_lines.code) == ("geometry-kind", "geometry-mixed")
    assert all_lines.remedy.it == some_lines.remedy.it == remedy
    (other,) = check(layer(way, zone=["A"]), roles.ZONING)
    assert other.remedy.it == "Scegliere un'altra tabella o un altro file."


def test_that_points_are_no_zones():
    assert sentences(check(layer(shapely.Point(0, 0), zone=["A"]), roles.ZONING)) == [
        "Zonizzazione del piano: servono poligoni, il livello ha Point. "
        "Non può svolgere questo ruolo: 1 elemento. Scegliere un'altra tabella o un altro file."
    ]


def test_that_of_mixed_geometry_the_unfit_part_is_counted_and_named():
    mixed = layer(BOX, shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)]), zone=["A", "B", "C"])
    found = check(mixed, roles.ZONING)
    assert [problem.severity for problem in found] == [Severity.WARNING]
    assert sentences(found) == [
        "Zonizzazione del piano: elementi di un altro tipo (LineString, Point, non poligoni): 2. "
        "Non vengono contati: 2 elementi su 3. Se servono, portarli in un livello del loro tipo."
    ]


@pytest.mark.parametrize("nothing", [None, shapely.Polygon()], ids=["null", "empty"])
def test_that_a_feature_without_geometry_is_counted_and_told(nothing):
    assert sentences(check(layer(BOX, nothing, zone=["A", "B"]), roles.ZONING)) == [
        "Zonizzazione del piano: elementi senza geometria: 1. Non vengono contati: 1 elemento su 2. "
        "Disegnarli nel dato, se dovevano esserci."
    ]


@pytest.mark.parametrize("nothing", [None, shapely.Polygon()], ids=["null", "empty"])
def test_that_a_layer_of_nothing_but_missing_geometry_is_refused(nothing):
    assert sentences(check(layer(nothing, nothing, zone=["A", "B"]), roles.ZONING)) == [
        "Zonizzazione del piano: servono poligoni, il livello ha solo righe senza geometria. "
        "Non può svolgere questo ruolo: 2 elementi. Scegliere un'altra tabella o un altro file."
    ]


def test_that_a_required_field_is_asked_for_with_both_remedies():
    assert sentences(check(layer(BOX), roles.ZONING)) == [
        "Zonizzazione del piano: manca «Zona o ambito» (zone). Il ruolo non può farne a meno: "
        "1 elemento, 0,01\u202fha. "
        "Indicare il campo con --field zone=CAMPO, o un valore per tutti con --set-field zone=VALORE."
    ]


def test_that_a_required_field_without_any_value_is_as_good_as_missing():
    assert [problem.code for problem in check(layer(BOX, zone=[None]), roles.ZONING)] == ["field-missing"]


def test_that_gaps_in_a_required_field_are_counted_and_let_through():
    found = check(layer(BOX, BOX, zone=["A", None]), roles.ZONING)
    assert sentences(found) == [
        "Zonizzazione del piano: elementi senza «Zona o ambito»: 1. "
        "Sono contati sotto un nome vuoto: 1 elemento su 2, 0,01\u202fha. Completare il dato."
    ]
    assert found[0].severity is Severity.WARNING


def test_that_gaps_in_an_optional_field_are_nobody_s_problem():
    assert check(layer(BOX, zone=["A"], name=[None]), roles.ZONING) == []


def test_that_negative_residents_are_an_error():
    found = check(layer(BOX, BOX, population=[-5.0, 3.0]), roles.CENSUS)
    assert sentences(found) == [
        "Sezioni di censimento: elementi con «Popolazione residente» fuori dai limiti (almeno 0 ab): 1. "
        "Falserebbero ogni conto: 1 elemento su 2, 0,01\u202fha. Correggere quei valori nel dato."
    ]
    assert found[0].severity is Severity.ERROR


def test_that_a_share_over_a_hundred_is_an_error():
    found = check(layer(BOX, code=["D1"], name=["Porto"], se_pct=[120.0]), roles.DISTRICTS)
    assert found[0].message.it == "elementi con «Superficie edificabile Se» fuori dai limiti (fra 0 e 100 %): 1."


def test_that_a_layer_on_the_ground_is_in_place_and_one_elsewhere_says_how_far():
    # From 567 000 to 569 500 m east: 2.5 km.
    near, far = (
        layer(shapely.box(566_500, 4_883_500, 567_500, 4_884_500)),
        layer(shapely.box(569_500, 4_883_000, 570_000, 4_884_000)),
    )
    assert check_place(near, roles.ZONING, GROUND) == []
    assert sentences(check_place(far, roles.ZONING, GROUND)) == [
        "Zonizzazione del piano: il livello cade fuori dal territorio dello studio, a 2,5 km. "
        "Niente verrebbe contato: 1 elemento, 50,0\u202fha. "
        "Di solito è il sistema di riferimento: indicare quello giusto con --crs."
    ]


def test_that_a_layer_that_stops_short_of_the_commune_may_lack_a_sheet():
    # Its bounds end at 566 600: 400 m of the 1000 m of ground lie beyond, 40 ha.
    half = layer(shapely.box(565_000, 4_882_000, 566_600, 4_885_000))
    assert sentences(check_reach(half, roles.BUILDINGS, GROUND)) == [
        "Edifici: il 40,0 % del comune resta oltre i limiti del livello. "
        "Lì conta come se non ci fosse nulla: 40,0\u202fha. Se mancano fogli o parti, aggiungerli al livello."
    ]
    assert check_reach(half, roles.BUILDINGS, GROUND)[0].severity is Severity.INFO


def test_that_up_to_a_quarter_of_the_commune_may_be_bare():
    reaching = layer(shapely.box(566_250, 4_883_000, 567_000, 4_884_000))
    assert check_reach(reaching, roles.BUILDINGS, GROUND) == []


@pytest.mark.parametrize("role", [roles.CONTAMINATED_SITES, roles.ZONING, roles.SERVICES], ids=lambda role: role.id)
def test_that_a_role_that_lies_here_and_there_may_stop_anywhere(role):
    assert check_reach(layer(shapely.box(566_000, 4_883_000, 566_001, 4_883_001)), role, GROUND) == []
