from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.text import (
    NOTHING,
    RESIDENTS,
    ROWS,
    SITES,
    Text,
    counted,
    hectares,
    held,
    italian,
    listing,
    long_date,
    number,
    of_percent,
    same,
    say,
    shortened,
    the_percent,
)


def test_that_a_text_is_read_in_the_language_asked_for():
    text = Text("ettari", "hectares")
    assert (text.to("it"), text.to("en")) == ("ettari", "hectares")


def test_that_an_empty_text_counts_as_nothing():
    assert not NOTHING
    assert Text("sì", "yes")


def test_that_a_text_within_a_sentence_is_put_in_the_sentence_s_own_language():
    told = say("servono {what}", "{what} are wanted", what=Text("linee", "lines"))
    assert told == Text("servono linee", "lines are wanted")


def test_that_braces_in_a_value_are_left_as_they_are():
    # A field or a file may be called «{x}»: a template is filled once, never twice.
    assert say("il campo {f}", "field {f}", f="{x}").it == "il campo {x}"


@pytest.mark.parametrize(
    ("value", "decimals", "italian", "english"),
    [
        (1484.6, 1, "1.484,6", "1,484.6"),
        (1234567.0, 0, "1.234.567", "1,234,567"),
        (-2.25, 2, "−2,25", "−2.25"),
        (-0.4, 0, "0", "0"),
        (0.0, 1, "0,0", "0.0"),
    ],
)
def test_that_a_number_is_printed_as_each_language_writes_it(value, decimals, italian, english):
    assert number(value, decimals) == Text(italian, english)


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_that_the_italian_number_says_the_same_as_the_english_one(value, decimals):
    told = number(value, decimals)
    assert told.it.replace(".", "").replace(",", ".") == told.en.replace(",", "")


@pytest.mark.parametrize(
    # 12 345 m² = 1.2345 ha, under 10 ha: two decimals. 1 234 560 m² = 123.456 ha: one decimal.
    ("area_m2", "italian", "english"),
    [
        (12_345, "1,23\u202fha", "1.23\u202fha"),
        (1_234_560, "123,5\u202fha", "123.5\u202fha"),
        (0, "0,00\u202fha", "0.00\u202fha"),
    ],
)
def test_that_an_area_is_told_in_hectares_with_fewer_decimals_when_large(area_m2, italian, english):
    assert hectares(area_m2) == Text(italian, english)


@pytest.mark.parametrize(
    ("count", "noun", "italian", "english"),
    [
        (0, SITES, "0 siti", "0 sites"), (1, SITES, "1 sito", "1 site"), (1337, SITES, "1.337 siti", "1,337 sites"),
        (1, ROWS, "1 riga", "1 row"), (2, ROWS, "2 righe", "2 rows"),
        (1.4, RESIDENTS, "1 residente", "1 resident"), (0.4, RESIDENTS, "0 residenti", "0 residents"),
    ],
)  # fmt: skip
def test_that_a_count_agrees_with_its_noun_as_it_is_printed(count, noun, italian, english):
    assert counted(count, noun) == Text(italian, english)


def test_that_a_list_of_texts_is_told_in_both_languages():
    named = [Text("Edifici", "Buildings"), Text("Strade", "Streets")]
    assert listing(named) == Text("Edifici, Strade", "Buildings, Streets")
    assert listing(named, most=1) == Text("Edifici e un altro", "Buildings and one more")


def test_that_a_short_list_is_told_whole_and_a_long_one_says_how_many_more():
    assert listing(["a", "b"]) == same("a, b")
    assert listing(list("abcdefg")) == Text("a, b, c, d, e e altri 2", "a, b, c, d, e and 2 more")
    assert listing(list("abcdef")) == Text("a, b, c, d, e e un altro", "a, b, c, d, e and one more")


def test_that_a_date_is_written_for_prose_without_asking_the_machine_s_language():
    assert long_date(date(2026, 11, 22)) == Text("22 novembre 2026", "22 November 2026")
    assert long_date(date(2024, 1, 1)) == Text("1 gennaio 2024", "1 January 2024")


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.998, "il 99,8 %"), (0.857, "l'85,7 %"), (0.08, "l'8,0 %"), (0.01, "l'1,0 %"), (0.11, "l'11,0 %"),
     (8.5, "l'850,0 %"),
     (0.008, "lo 0,8 %"), (0.0, "lo 0,0 %"), (0.1, "il 10,0 %"), (0.18, "il 18,0 %"), (1.0, "il 100,0 %")],
)  # fmt: skip
def test_that_a_share_takes_the_article_its_number_is_read_with(share, words):
    assert the_percent(share).it == words
    assert the_percent(share).en == f"{100 * share:.1f} %"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.998, "del 99,8 %"), (0.857, "dell'85,7 %"), (0.01, "dell'1,0 %"), (0.006, "dello 0,6 %")],
)
def test_that_a_share_takes_its_preposition_with_the_article(share, words):
    assert of_percent(share).it == words
    assert held(of_percent(share)).en == f"{100 * share:.1f}%"


def test_that_words_of_an_italian_office_are_marked_on_a_page_of_another_language():
    credit = italian("Dato del Comune, 2018")
    assert (credit.foreign_to("en"), credit.foreign_to("it")) == ("it", None)
    assert italian("Dato del Comune", "Data of the municipality").foreign_to("en") is None


@pytest.mark.parametrize("code", ["P3", "RIQ.P", "Pegazzano", "CONS.a.b", ""])
def test_that_a_code_or_a_name_of_one_word_needs_no_mark(code):
    assert italian(code).foreign_to("en") is None
    assert italian(code) == same(code)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Pegazzano", "Pegazzano"),
        ("Ambiti di riqualificazione", "Ambiti di …"),
        ("A" * 300, "A" * 17 + "…"),
        ("Un " + "a" * 30, "Un " + "a" * 14 + "…"),
    ],
)
def test_that_a_long_name_is_cut_where_a_page_has_no_room_for_it(words, told):
    short = shortened(same(words), 18)
    assert (short.it, short.en) == (told, told)
    assert len(told) <= 18
