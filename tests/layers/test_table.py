import pytest

from layers.formats.vector import look, read
from layers.problems import PucError, Severity
from layers.source import locate


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return locate(path)


def places(source, **options):
    layer, said = read(source, None, **options)
    return [(point.x, point.y) for point in layer.geometry], [problem.code for problem in said]


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_that_separator_and_line_ends_are_found_out(tmp_path, separator, end):
    rows = ["nome", "x", "y"], ["Fontana", "566000.5", "4883000"], ["Pozzo", "566100", "4883100"]
    source = written(tmp_path / "punti.csv", end.join(separator.join(row) for row in rows))
    assert places(source) == ([(566000.5, 4883000.0), (566100.0, 4883100.0)], ["table-places"])


def test_that_a_decimal_comma_is_no_separator(tmp_path):
    source = written(tmp_path / "punti.txt", "nome;est;nord\na;566000,5;4883000,25\nb;1.566.000,5;4.883.000\n")
    assert places(source)[0] == [(566000.5, 4883000.25), (1566000.5, 4883000.0)]


def test_that_the_line_a_spreadsheet_puts_first_names_the_separator(tmp_path):
    source = written(tmp_path / "punti.csv", "sep=|\nx|y|a;b;c;d\n1|2|0;0;0;0\n3|?|0\n")
    assert list(read(source, None)[0].columns) == ["x", "y", "a;b;c;d", "geometry"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_that_the_encoding_is_found_out(tmp_path, encoding):
    layer, _ = read(written(tmp_path / "punti.csv", "x,y,città\n1,2,Forlì\n", encoding), None)
    assert layer["città"].tolist() == ["Forlì"]


def test_that_an_encoding_nobody_stated_is_told(tmp_path):
    _, codes = places(written(tmp_path / "punti.csv", "x,y,nome\n1,2,Forlì\n", "cp1252"))
    assert codes == ["encoding-guessed", "table-places"]


def test_that_text_in_another_encoding_than_asked_for_is_refused(tmp_path):
    source = written(tmp_path / "punti.csv", "x,y,nome\n1,2,Forlì\n", "cp1252")
    assert refusal(read, source, None, "utf-8").code == "encoding-wrong"
    assert refusal(read, source, None, "klingon").code == "encoding-wrong"
    assert read(source, None, "cp1252")[0]["nome"].tolist() == ["Forlì"]


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ("X", "Y"), ("lon", "lat"), ("Longitudine", "Latitudine"), ("est", "nord"), ("CoordX", "CoordY"),
        ("coord_x", "coord_y"), ("sede_x", "sede_y"), ("X_UTM", "Y_UTM"), ("lng", "lat"), ("POINT_X", "POINT_Y"),
    ],
)  # fmt: skip
def test_that_coordinate_columns_are_known_by_their_names(tmp_path, x, y):
    # «forest», «ovest» and «index» end like an axis and are none.
    source = written(tmp_path / "punti.csv", f"forest,{y},index,{x},ovest\n7,44.5,7,9.5,7\n")
    assert places(source)[0] == [(9.5, 44.5)]


def test_that_a_column_of_words_is_no_coordinate_whatever_its_name(tmp_path):
    source = written(tmp_path / "punti.csv", "x,y,casa_x,casa_y\nsì,no,9.5,44.5\nno,no,9.6,44.6\n")
    assert places(source)[0] == [(9.5, 44.5), (9.6, 44.6)]


def test_that_x_of_one_place_is_never_paired_with_y_of_another(tmp_path):
    source = written(tmp_path / "punti.csv", "sede_x,casa_y\n1,2\n")
    assert refusal(read, source, None).code == "geometry-none"


ANGLES = {
    # 44 + 6/60 + 27/3600 = 44.1075; 44 + 6.45/60 = 44.1075
    "44°06'27\"N": 44.1075,
    "44 06 27": 44.1075,
    "n 44°6′27″": 44.1075,
    "44°06,45'": 44.1075,
    "44d06m27s S": -44.1075,
    "-44:06:27": -44.1075,
    "44,1075": 44.1075,
    "44.1075°": 44.1075,
}


@pytest.mark.parametrize(("text", "degrees"), ANGLES.items())
def test_that_degrees_minutes_and_seconds_are_read(tmp_path, text, degrees):
    quoted = text.replace('"', '""')
    ((x, y),), _ = places(written(tmp_path / "punti.csv", f'lon;lat\n9;"{quoted}"\n'))
    assert (x, y) == (9.0, pytest.approx(degrees, abs=1e-9))


@pytest.mark.parametrize("text", ["44 65 00", "44 05 61", "quarantaquattro", "", "-", "inf", "nan", "1.2.3,4,5"])
def test_that_a_row_without_readable_coordinates_is_counted_and_named_by_its_line(tmp_path, text):
    # The head is line 1, an empty line is line 2, so the odd row is line 4.
    source = written(tmp_path / "punti.csv", f"lon;lat\n\n9;44\n9;{text}\n10;45\n")
    layer, said = read(source, None)
    assert len(layer) == 2
    assert layer.index.tolist() == [0, 1]
    assert said[-1].sentence("it") == (
        "punti.csv: righe senza una geometria leggibile: 1 (nel file: 4). Non vengono lette. "
        "Correggere le coordinate di quelle righe."
    )
    assert said[-1].severity is Severity.WARNING


SWAPPED = {
    "degrees": "lon,lat\n44.1,9.8\n44.2,9.9\n",
    "letters": "lon,lat\nN 44 06 00,E 9 48 00\n",
}


@pytest.mark.parametrize("text", SWAPPED.values(), ids=SWAPPED)
def test_that_swapped_axes_are_put_right_and_told(tmp_path, text):
    points, codes = places(written(tmp_path / "punti.csv", text))
    assert all(x < 10 and y > 44 for x, y in points)
    assert codes == ["table-places", "table-axes-swapped"]


def test_that_axes_in_order_are_left_alone(tmp_path):
    # 12 E 38 N lies in Italy, 38 E 12 N does not; 38 E 38 N and 12 E 12 N say nothing.
    assert places(written(tmp_path / "a.csv", "lon,lat\n12,38\n"))[0] == [(12.0, 38.0)]
    assert places(written(tmp_path / "b.csv", "lon,lat\n38,38\n12,12\n"))[0] == [(38.0, 38.0), (12.0, 12.0)]


def test_that_metres_are_never_swapped(tmp_path):
    # In EPSG:3035 Italy lies at 4.2 million east and 2.4 million north: like UTM with its axes turned round.
    assert places(written(tmp_path / "a.csv", "x,y\n4200000,2400000\n"))[0] == [(4_200_000.0, 2_400_000.0)]


def test_that_the_crs_is_never_guessed_and_degrees_name_the_usual_one(tmp_path):
    layer, (said,) = read(written(tmp_path / "punti.csv", "lon,lat\n9.8,44.1\n"), None)
    assert layer.crs is None
    assert said.sentence("it") == (
        "punti.csv: geometria letta dalle colonne: lon, lat. "
        "Sono gradi: se il dato non dice altro, indicare --crs EPSG:4326."
    )


def test_that_wkt_is_known_by_its_values(tmp_path):
    source = written(tmp_path / "zone.csv", 'zona;dove\nA;"POLYGON((0 0,1 0,1 1,0 0))"\nB;POLYGON EMPTY\nC;niente\n')
    layer, said = read(source, None)
    assert layer["zona"].tolist() == ["A", "B"]
    assert layer.area.tolist() == [0.5, 0.0]
    assert [problem.code for problem in said] == ["table-places", "table-rows-without-place"]


def test_that_extended_wkt_states_the_crs(tmp_path):
    layer, _ = read(written(tmp_path / "a.csv", "id,geom\n1,SRID=7791;POINT(566000 4883000)\n"), None)
    assert layer.crs.to_epsg() == 7791
    two, _ = read(written(tmp_path / "b.csv", "id,geom\n1,SRID=7791;POINT(1 2)\n2,SRID=3003;POINT(1 2)\n"), None)
    assert two.crs is None


def test_that_arcs_become_broken_lines_and_that_is_told(tmp_path):
    # Half a circle of radius 1 m is π long; chords every 4 degrees are shorter by less than one in a thousand.
    layer, said = read(written(tmp_path / "a.csv", 'id,wkt\n1,"CIRCULARSTRING(-1 0,0 1,1 0)"\n'), None)
    assert layer.geom_type.tolist() == ["LineString"]
    assert layer.length.tolist() == pytest.approx([3.1416], rel=1e-3)
    assert [problem.code for problem in said] == ["table-places", "geometry-curves-straightened"]


def test_that_a_table_is_looked_into(tmp_path):
    seen = look(written(tmp_path / "punti.csv", "x,y,nome\n1,2,a\n3,5,b\n,,c\n"), "punti")
    assert (seen.name, seen.geometry, seen.crs, seen.features) == ("punti", "Point", None, 2)
    assert (list(seen.fields), seen.extent, seen.encoding) == (["x", "y", "nome"], (1.0, 2.0, 3.0, 5.0), "UTF-8")
    assert [problem.code for problem in seen.remarks] == ["table-places", "table-rows-without-place"]


def test_that_a_table_without_places_is_for_joining(tmp_path):
    source = written(tmp_path / "pop.csv", "sezione,pop\na,10\n")
    seen = look(source, "pop")
    assert (seen.geometry, seen.features, seen.extent) == ("None", 1, None)
    assert refusal(read, source, None).sentence("it") == (
        "pop.csv: nessuna colonna dice dove cadono le righe. Non può essere disegnata né misurata. "
        "Unirla a un livello di poligoni con --join, o dare alle colonne i nomi x e y, o wkt."
    )


def test_that_a_column_called_geometry_gives_the_geometry(tmp_path):
    layer, _ = read(written(tmp_path / "a.csv", "id,geometry\n1,POINT(1 2)\n"), None)
    assert [(point.x, point.y) for point in layer.geometry] == [(1.0, 2.0)]


@pytest.mark.parametrize("road", [look, read])
def test_that_a_table_that_is_not_there_is_named(tmp_path, road):
    assert refusal(road, written(tmp_path / "a.csv", "x,y\n1,2\n"), "b").code == "table-missing"


@pytest.mark.parametrize("content", [b"", b"x,y\n", b"solo\nuna\n", b"\x00\x01\x02\x03", b"\x81\x8d\x8f"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_that_what_is_no_table_is_refused_in_our_words(tmp_path, content, ending):
    (tmp_path / f"a{ending}").write_bytes(content)
    source = locate(tmp_path / f"a{ending}")
    assert refusal(read, source, None).code in ("table-unreadable", "encoding-wrong")
