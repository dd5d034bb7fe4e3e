import zipfile

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from layers.join import join
from layers.problems import PucError, Severity
from layers.reference import Join

BY_SECTION = Join("pop.csv", "SEZ", "sezione")


def layer(keys, **columns):
    boxes = [shapely.box(i, 0, i + 1, 1) for i in range(len(keys))]
    return gpd.GeoDataFrame({"SEZ": keys, **columns}, geometry=boxes, crs=7791)


def joined(tmp_path, keys, text, how=BY_SECTION, encoding="utf-8", **columns):
    (tmp_path / "pop.csv").write_bytes(text.encode(encoding))
    return join(layer(keys, **columns), how, tmp_path)


def refusal(tmp_path, keys, text, how=BY_SECTION):
    with pytest.raises(PucError) as told:
        joined(tmp_path, keys, text, how)
    return str(told.value)


def test_that_each_feature_gets_the_row_of_its_key(tmp_path):
    made, said = joined(tmp_path, ["b", "a"], "sezione,pop\na,10\nb,20\n")
    assert made["pop"].tolist() == ["20", "10"]
    assert said == []


def test_that_two_features_may_share_a_row(tmp_path):
    made, _ = joined(tmp_path, ["a", "a"], "sezione,pop\na,10\n")
    assert made["pop"].tolist() == ["10", "10"]


def test_that_geometry_index_and_crs_stay_and_the_layer_handed_in_is_left_alone(tmp_path):
    (tmp_path / "pop.csv").write_text("sezione,pop\na,10\n")
    before = layer(["a", "b"]).set_index(np.array([5, 3]))
    handed_in = before.copy()
    made, _ = join(handed_in, BY_SECTION, tmp_path)
    assert made.index.tolist() == [5, 3]
    assert made.crs == before.crs
    assert_geodataframe_equal(handed_in, before)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_that_the_separator_is_the_one_the_head_uses(tmp_path, separator):
    made, _ = joined(tmp_path, ["a"], f"sezione{separator}pop\na{separator}10\n")
    assert made["pop"].tolist() == ["10"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_that_accents_are_read_as_a_spreadsheet_writes_them(tmp_path, encoding):
    made, _ = joined(tmp_path, ["a"], "sezione,nome\na,Città\n", encoding=encoding)
    assert made["nome"].tolist() == ["Città"]


def test_that_a_whole_number_kept_as_float_matches_its_digits(tmp_path):
    made, _ = joined(tmp_path, [12.0, np.nan], "sezione,pop\n12,10\n")
    assert made["pop"].tolist()[0] == "10"
    assert made["pop"].isna().tolist() == [False, True]


def test_that_zeros_a_spreadsheet_dropped_are_forgiven_and_told(tmp_path):
    made, said = joined(tmp_path, ["011015", "000"], "sezione,pop\n11015,10\n0,20\n")
    assert made["pop"].tolist() == ["10", "20"]
    assert [problem.sentence("it") for problem in said] == [
        "pop.csv: le chiavi coincidono solo senza gli zeri iniziali: sono state confrontate così."
    ]


def test_that_zeros_count_where_keys_match_with_them(tmp_path):
    made, _ = joined(tmp_path, ["01", "1"], "sezione,pop\n01,10\n1,20\n")
    assert made["pop"].tolist() == ["10", "20"]


def test_that_what_matches_nothing_is_counted_and_named_on_both_sides(tmp_path):
    made, said = joined(tmp_path, ["a", "b", "c"], "sezione,pop\na,10\nx,1\n")
    assert made["pop"].isna().tolist() == [False, True, True]
    assert [problem.sentence("it") for problem in said] == [
        "pop.csv: elementi senza riga nella tabella: 2 (b, c). I loro valori mancano. "
        "Controllare le chiavi dei due dati.",
        "pop.csv: righe senza elemento nel livello: 1 (x). I loro valori non vengono usati.",
    ]


def test_that_rows_without_a_key_are_no_repeated_key(tmp_path):
    made, said = joined(tmp_path, ["a", None], "sezione,pop\na,10\n,5\n,6\n")
    assert made["pop"].tolist()[0] == "10"
    assert made["pop"].isna().tolist() == [False, True]
    assert said == []


def test_that_a_repeated_key_is_refused(tmp_path):
    assert refusal(tmp_path, ["a"], "sezione,pop\na,10\na,11\n") == (
        "pop.csv: «sezione» ha chiavi ripetute: a. Non si sa quale riga vale. Lasciare una riga per chiave."
    )


def test_that_rows_of_another_width_are_counted_and_left_out(tmp_path):
    made, said = joined(tmp_path, ["a"], "sezione,pop\na,10\n\nb,20,30\n")
    assert made["pop"].tolist() == ["10"]
    assert [problem.sentence("it") for problem in said] == [
        "pop.csv: righe con più o meno colonne dell'intestazione: 1. Non vengono usate. "
        "Correggere quelle righe nella tabella."
    ]
    assert said[0].severity is Severity.WARNING


def test_that_columns_a_spreadsheet_left_without_a_head_stay_behind(tmp_path):
    made, _ = joined(tmp_path, ["a"], "sezione;pop;;\na;10;;\n")
    assert list(made.columns) == ["SEZ", "geometry", "sezione", "pop"]


def test_that_a_field_the_layer_has_is_kept_and_that_is_told(tmp_path):
    made, said = joined(tmp_path, ["a"], "sezione,pop\na,10\n", pop=[99])
    assert made["pop"].tolist() == [99]
    assert said[0].sentence("it") == (
        "pop.csv: il livello ha già i campi pop. Valgono quelli del livello, non quelli della tabella. "
        "Rinominare le colonne della tabella."
    )


def test_that_a_key_of_the_same_name_on_both_sides_is_nothing_to_tell(tmp_path):
    made, said = joined(tmp_path, ["a"], "SEZ,pop\na,10\n", Join("pop.csv", "SEZ", "SEZ"))
    assert made["pop"].tolist() == ["10"]
    assert said == []


def test_that_a_missing_key_column_is_named_with_those_there_are(tmp_path):
    assert refusal(tmp_path, ["a"], "codice,pop\na,1\n") == (
        "pop.csv: il campo «sezione» non c'è. I campi sono: codice, pop."
    )
    assert refusal(tmp_path, ["a"], "sezione,pop\na,1\n", Join("pop.csv", "COD", "sezione")) == (
        "--on: il campo «COD» non c'è. I campi sono: SEZ, geometry."
    )


@pytest.mark.parametrize("text", ["", "sezione,pop\n", "una colonna\na\nb\n", "a,b\n" + "x" * 200_000 + ",1\n"])
def test_that_what_is_no_table_is_told(tmp_path, text):
    assert refusal(tmp_path, ["a"], text) == (
        "pop.csv: non è una tabella con intestazione e almeno due colonne. Salvare la tabella in CSV."
    )


def test_that_a_missing_table_is_a_missing_file(tmp_path):
    with pytest.raises(PucError, match=r"^pop\.csv: il file non c'è: "):
        join(layer(["a"]), BY_SECTION, tmp_path)


def test_that_a_folder_is_no_table(tmp_path):
    (tmp_path / "pop.csv").mkdir()
    with pytest.raises(PucError, match=r"^pop\.csv: il file non si può leggere\."):
        join(layer(["a"]), BY_SECTION, tmp_path)


def test_that_the_one_table_in_a_zip_is_joined_as_istat_ships_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "pop.zip", "w") as made:
        made.writestr("R07/pop.csv", "sezione;pop\na;10\nb;20\n")
        made.writestr("leggimi.txt", "nota")
    frame, said = join(layer(["b", "a"]), Join("pop.zip", "SEZ", "sezione"), tmp_path)
    assert (frame["pop"].tolist(), said) == (["20", "10"], [])


def test_that_a_zip_without_a_table_is_no_table_to_join(tmp_path):
    with zipfile.ZipFile(tmp_path / "pop.zip", "w") as made:
        made.writestr("zone.geojson", "{}")
    with pytest.raises(PucError) as told:
        join(layer(["a"]), Join("pop.zip", "SEZ", "sezione"), tmp_path)
    assert told.value.problems[0].code == "table-unreadable"
