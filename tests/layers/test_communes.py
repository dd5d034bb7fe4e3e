import pytest

from layers.communes import all_communes, find, matching, population
from layers.problems import PucError


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("La Spezia", "011015"),
        ("  la spezia ", "011015"),
        ("Spezia", "011015"),
        ("011015", "011015"),
        ("11015", "011015"),
        ("forli'", "040012"),
        ("FORLÌ", "040012"),
        ("Aquila", "066049"),
        ("l’aquila", "066049"),
        ("Bolzano", "021008"),
        ("bozen", "021008"),
        ("Bolzano/Bozen", "021008"),
        ("Castro (BG)", "016065"),
        ("castro (le)", "075096"),
        ("Porto Venere", "011022"),
    ],
)
def test_that_a_commune_is_found_however_it_is_written(asked, code):
    assert find(asked).code == code


def test_that_an_accent_tells_two_communes_apart_and_an_apostrophe_asks():
    # Paterno is in the province of Potenza, Paternò in that of Catania.
    assert [find("Paterno").province_short, find("Paternò").province_short] == ["PZ", "CT"]
    assert [commune.province_short for commune in matching("paterno'")] == ["PZ", "CT"]


def test_that_a_half_of_a_bilingual_name_gives_way_to_a_commune_of_that_name():
    assert find("Corvara").province == "Pescara"
    assert find("Corvara (BZ)").name == "Corvara in Badia/Corvara"


def test_that_letters_broken_in_the_package_are_whole_again():
    assert find("Števerjan").name == "San Floriano del Collio-Števerjan"
    assert not [commune for commune in all_communes() if not commune.name.isprintable() or "?" in commune.name]


@pytest.mark.parametrize("name", ["Castro", "Livo", "Samone", "Peglio", "San Teodoro", "Calliano"])
def test_that_an_ambiguous_name_is_refused_with_every_province_and_code(name):
    with pytest.raises(PucError) as refused:
        find(name)
    (problem,) = refused.value.problems
    assert problem.code == "commune-ambiguous"
    assert len(matching(name)) == 2
    assert all(f"({commune.province_short}), {commune.code}" in problem.remedy.it for commune in matching(name))


def test_that_a_misspelt_name_is_refused_with_names_alike():
    with pytest.raises(PucError) as refused:
        find("Spezzia")
    assert (
        refused.value.problems[0]
        .sentence("en")
        .startswith("Commune: No commune has the name or code “Spezzia”. Did you mean: La Spezia, ")
    )


@pytest.mark.parametrize("words", ["", "qqqqqqq", "999999", "Castro (MI)", "1101500"])
def test_that_what_is_no_commune_is_refused(words):
    with pytest.raises(PucError, match="Nessun comune"):
        find(words)
    assert matching(words) == ()


def test_that_communes_come_by_name_once_each():
    communes = all_communes()
    assert len({commune.code for commune in communes}) == len(communes) == 7899
    assert (communes[0].name, communes[-1].name) == ("Abano Terme", "Zungri")
    assert all(len(commune.code) == 6 for commune in communes)


def test_that_the_province_of_la_spezia_is_known():
    spezia = find("011015")
    assert (spezia.province, spezia.province_short, spezia.region, spezia.cadastral_code) == (
        "La Spezia",
        "SP",
        "Liguria",
        "E463",
    )


def test_that_residents_add_up_by_sex_and_by_age():
    # ISTAT, 1 January 2023: 47,615 women and 44,504 men, 92,119 in all.
    people = population("011015")
    assert (sum(people.women.values()), sum(people.men.values())) == (47_615, 44_504)
    assert people.total == sum(people.by_age.values()) == 92_119
    assert people.between(0, 14) + people.between(15, 64) + people.between(65, 100) == people.total
    assert people.by_age[0] == 301 + 325


def test_that_a_commune_without_residents_in_the_data_is_explained():
    with pytest.raises(PucError, match="mancano i residenti"):
        population("Misiliscemi")
