import gzip
import hashlib
import zipfile

import pytest

from layers.formats import osm, osm_services
from layers.formats.vector import look, named_as, read, tables
from layers.problems import PucError, Severity
from layers.recognise import guesses
from layers.source import locate
from layers.subject import of_table

# Nodes 1-4 are the corners of a square, 5-8 single places.
NODES = {1: (9.80, 44.10), 2: (9.81, 44.10), 3: (9.81, 44.11), 4: (9.80, 44.11)}
SQUARE = (1, 2, 3, 4, 1)


def tag(tags):
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


def osm_xml(*ways, places=()):
    """Return OSM XML: ways are (node numbers, tags), places are tags of nodes 5, 6, … along a parallel."""
    nodes = [f'<node id="{n}" version="1" lat="{lat}" lon="{lon}"/>' for n, (lon, lat) in NODES.items()]
    nodes += [
        f'<node id="{n}" version="1" lat="44.2" lon="9.{n}">{tag(tags)}</node>' for n, tags in enumerate(places, 5)
    ]
    lines = [
        f'<way id="{100 + i}" version="1">' + "".join(f'<nd ref="{n}"/>' for n in refs) + tag(tags) + "</way>"
        for i, (refs, tags) in enumerate(ways)
    ]
    text = '<?xml version="1.0"?>\n<osm version="0.6">' + "".join(nodes + lines) + "</osm>"
    return text.encode()


def source(folder, content, name="rione.osm"):
    (folder / name).write_bytes(content)
    return locate(folder / name)


def table(folder, name, *ways, places=()):
    return read(source(folder, osm_xml(*ways, places=places)), name)


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


@pytest.mark.parametrize(
    ("tags", "walkable"),
    [
        ({"highway": "residential"}, "yes"),
        ({"highway": "motorway"}, "no"),
        ({"highway": "trunk"}, "no"),
        ({"highway": "trunk", "foot": "yes"}, "yes"),
        ({"highway": "primary", "motorroad": "yes"}, "no"),
        ({"highway": "service", "access": "private"}, "no"),
        ({"highway": "service", "access": "private", "foot": "permissive"}, "yes"),
        ({"highway": "cycleway", "foot": "no"}, "no"),
    ],
)
def test_that_who_may_walk_is_read_from_foot_then_access_then_class(tmp_path, tags, walkable):
    streets, _ = table(tmp_path, "streets", ((1, 2), tags))
    assert streets["walkable"].tolist() == [walkable]


def test_that_steps_are_stairs_and_a_street_to_be_built_is_no_street(tmp_path):
    streets, _ = table(
        tmp_path,
        "streets",
        ((1, 2), {"highway": "steps", "name": "Scalinata Quintino Sella"}),
        ((2, 3), {"highway": "proposed"}),
        ((3, 4), {"railway": "rail"}),
    )
    assert streets[["kind", "stairs", "name", "osm_id"]].values.tolist() == [
        ["steps", "yes", "Scalinata Quintino Sella", "100"]
    ]


def test_that_a_one_way_street_runs_in_its_direction(tmp_path):
    streets, _ = table(
        tmp_path,
        "streets",
        ((1, 2), {"highway": "residential", "oneway": "yes"}),
        ((1, 2), {"highway": "residential", "oneway": "-1"}),
        ((1, 2), {"highway": "residential"}),
        ((1, 2), {"highway": "tertiary", "junction": "roundabout"}),
    )
    assert streets["oneway"].tolist() == ["yes", "yes", "no", "yes"]
    # «-1» is one way against the order of its nodes: from node 2 (9.81 E) to node 1 (9.80 E).
    assert [line.coords[0][0] for line in streets.geometry] == [9.80, 9.81, 9.80, 9.80]


def test_that_of_buildings_only_what_is_tagged_is_known(tmp_path):
    ways = [
        (SQUARE, {"building": "yes", "building:levels": "4"}),
        (SQUARE, {"building": "apartments", "height": "12,5 m"}),
        (SQUARE, {"building": "yes", "height": "40'"}),
        (SQUARE, {"building": "no"}),
    ]
    buildings, said = table(tmp_path, "buildings", *ways)
    assert buildings["floors"].fillna(-1).tolist() == [4, -1, -1]
    assert buildings["height_m"].fillna(-1).tolist() == [-1, 12.5, -1]
    assert buildings["use"].fillna("").tolist() == ["", "apartments", ""]
    assert buildings["osm_id"].tolist() == ["100", "101", "102"]
    assert said[0].sentence("it") == (
        "rione.osm: edifici con altezza o piani scritti in altro modo che in metri e numeri: 1. "
        "Quei valori restano vuoti."
    )


def test_that_points_and_areas_become_services_of_the_catalogue(tmp_path):
    places = [{"amenity": "pharmacy", "name": "Farmacia Centrale"}, {"amenity": "bench"}, {"shop": "supermarket"}]
    services, said = table(tmp_path, "services", (SQUARE, {"amenity": "parking", "capacity": "40"}), places=places)
    assert services[["kind", "name"]].fillna("").values.tolist() == [
        ["farmacia", "Farmacia Centrale"],
        ["mercato", ""],
        ["parcheggio", ""],
    ]
    assert services["capacity"].tolist()[2] == 40
    assert services.geom_type.tolist() == ["Point", "Point", "MultiPolygon"]
    assert [problem.code for problem in said] == ["source-credit"]


def test_that_the_narrower_kind_holds_and_what_could_be_several_is_told(tmp_path):
    # amenity=kindergarten is one of the two tags of «nido» and the only one of «infanzia».
    places = [
        {"amenity": "kindergarten"},
        {"amenity": "childcare"},
        {"amenity": "parking", "park_ride": "yes"},
        {"amenity": "school"},
    ]
    services, said = table(tmp_path, "services", places=places)
    assert services["kind"].tolist() == ["infanzia", "nido", "parcheggio_interscambio", "primaria"]
    sentences = [problem.sentence("it") for problem in said if problem.severity is Severity.WARNING]
    assert len(sentences) == 3
    assert sentences[-1].startswith(
        "rione.osm: servizi che per le etichette possono essere primaria, secondaria1: 1. Contano come «primaria»."
    )


def test_that_a_tag_may_hold_several_values(tmp_path):
    services, _ = table(tmp_path, "services", places=[{"amenity": "cafe;pharmacy"}])
    assert services["kind"].tolist() == ["farmacia"]


def test_that_the_notation_of_the_catalogue_is_understood():
    assert osm_services.choices("shop=supermarket|bakery|amenity=parking;park_ride=yes") == {
        frozenset({("shop", "supermarket")}),
        frozenset({("shop", "bakery")}),
        frozenset({("amenity", "parking"), ("park_ride", "yes")}),
    }


def test_that_every_tag_of_the_catalogue_is_read_from_the_file(tmp_path):
    # ``osm.ini`` names the tags to read: one that the catalogue asks for and it does not would never be found.
    wanted = [dict(choice) for rule in osm_services.rules() for choice in rule.choices]
    services, _ = table(tmp_path, "services", places=wanted)
    assert len(services) == len(wanted)


def test_that_green_is_public_only_where_access_says_so(tmp_path):
    green, _ = table(
        tmp_path,
        "green",
        (SQUARE, {"leisure": "park", "access": "yes"}),
        (SQUARE, {"leisure": "garden", "access": "private"}),
        (SQUARE, {"leisure": "playground"}),
        (SQUARE, {"leisure": "pitch"}),
    )
    assert green["public"].fillna("").tolist() == ["yes", "no", ""]


def test_that_a_stream_in_a_culvert_is_covered_and_a_dam_is_none(tmp_path):
    water, _ = table(
        tmp_path,
        "hydrography",
        ((1, 2), {"waterway": "stream", "name": "Lagora"}),
        ((2, 3), {"waterway": "stream", "tunnel": "culvert"}),
        ((3, 4), {"waterway": "dam"}),
    )
    assert water["kind"].tolist() == ["river", "covered"]


def test_that_only_lines_in_use_are_railways(tmp_path):
    rails, _ = table(tmp_path, "railways", ((1, 2), {"railway": "rail"}), ((2, 3), {"railway": "abandoned"}))
    assert rails["kind"].tolist() == ["rail"]


def test_that_the_credit_of_the_licence_is_told_with_every_table(tmp_path):
    _, said = table(tmp_path, "streets", ((1, 2), {"highway": "path"}))
    assert [(problem.code, problem.severity) for problem in said] == [("source-credit", Severity.INFO)]
    assert "ODbL" in said[0].message.it


def test_that_packed_and_zipped_files_are_read_like_plain_ones(tmp_path):
    content = osm_xml(((1, 2), {"highway": "path"}))
    with zipfile.ZipFile(tmp_path / "rione.zip", "w") as archive:
        archive.writestr("dati/rione.osm.gz", gzip.compress(content))
    packed = source(tmp_path, gzip.compress(content), "rione.osm.gz")
    for each in (packed, locate(tmp_path / "rione.zip")):
        assert read(each, "streets")[0]["kind"].tolist() == ["path"]


def test_that_a_table_is_looked_into_and_its_role_is_recognised(tmp_path):
    there = source(tmp_path, osm_xml(((1, 2), {"highway": "path"}), (SQUARE, {"building": "yes"})))
    assert tables(there) == ("streets", "buildings", "services", "green", "railways", "hydrography")
    seen = look(there, "streets")
    assert (seen.geometry, seen.features, seen.extent) == ("LineString", 1, (9.80, 44.10, 9.81, 44.10))
    assert look(there, "services").extent is None
    for name in tables(there):
        each = look(there, name)
        assert guesses(of_table(there, each))[0].role.id == name


def test_that_the_table_of_a_role_s_name_is_the_one_it_takes(tmp_path, town):
    there = source(tmp_path, osm_xml())
    assert named_as(there, "streets") == "streets"
    assert named_as(there, "zoning") is None
    assert named_as(locate(town()), "zone") is None


def test_that_a_table_has_to_be_one_of_those_offered(tmp_path):
    there = source(tmp_path, osm_xml())
    assert refusal(read, there, None).code == "table-unclear"
    assert refusal(read, there, "zone").code == "table-missing"
    assert refusal(look, there, "zone").code == "table-missing"


@pytest.mark.parametrize("name", ["rione.osm", "rione.osm.gz", "rione.osm.pbf"])
@pytest.mark.parametrize("content", [b"", b"hello", b"<osm"])
def test_that_a_file_that_is_no_osm_is_refused_without_its_place(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PucError) as told:
        read(locate(tmp_path / name), "streets")
    assert str(tmp_path) not in str(told.value)


def test_that_a_file_cut_short_is_never_taken_for_a_whole_one(tmp_path):
    content = osm_xml(*[((1, 2), {"highway": "path"})] * 50)
    assert refusal(read, source(tmp_path, content[:-200]), "streets").code == "source-broken"
    packed = gzip.compress(content)
    assert refusal(read, source(tmp_path, packed[:-20], "rione.osm.gz"), "streets").code == "source-broken"


def test_that_other_xml_under_this_name_is_refused_packed_too(tmp_path):
    virtual = b'<OGRVRTDataSource><OGRVRTLayer name="a"/></OGRVRTDataSource>'
    (tmp_path / "a.osm").write_bytes(virtual)
    (tmp_path / "a.osm.gz").write_bytes(gzip.compress(virtual))
    (tmp_path / "b.osm").write_bytes(b"<osm>" + virtual + b"</osm>")
    for name in ("a.osm", "a.osm.gz", "b.osm"):
        assert refusal(locate, tmp_path / name).code == "format-disguised"


def test_that_a_file_too_large_once_unpacked_is_refused(tmp_path, monkeypatch):
    there = source(tmp_path, gzip.compress(osm_xml() + b" " * 5000), "rione.osm.gz")
    monkeypatch.setitem(osm.MOST_BYTES, "gz", 2000)
    assert refusal(read, there, "streets").code == "source-too-large"


def test_that_reading_leaves_nothing_behind(tmp_path, monkeypatch):
    there = source(tmp_path, gzip.compress(osm_xml(((1, 2), {"highway": "path"}))), "rione.osm.gz")
    monkeypatch.chdir(tmp_path)
    before = hashlib.sha256(there.path.read_bytes()).digest()
    read(there, "streets")
    assert [part.name for part in tmp_path.iterdir()] == ["rione.osm.gz"]
    assert hashlib.sha256(there.path.read_bytes()).digest() == before


@pytest.mark.parametrize("name", ["monaco.osm.gz", "helsinki.osm.pbf", "rome_center.osm.pbf"])
def test_that_a_real_city_has_streets_to_walk_and_services(real_data, name):
    there = locate(real_data / "osm_network" / name)
    streets, _ = read(there, "streets")
    assert set(streets.geom_type) == {"LineString"}
    assert (streets["walkable"] == "yes").sum() > 50
    assert (streets["stairs"] == "yes").any()
    services, _ = read(there, "services")
    assert "farmacia" in set(services["kind"])
