from dataclasses import replace

import pytest

from analyses.soil import indicators
from analyses.soil.figures import FIGURES
from analyses.soil.indicators import INDICATORS, State
from layers.codelist import rows
from layers.text import Text

# The check values of the domain page (1.4): 1,000 ha become 1,010 in five years, 90,000 people become 91,000.
# Gross and restored are made up to give the net of 10; the land is 4,000 ha.
CITY = State(
    area_ha=4000.0, consumed_ha=1010.0, permanent_ha=800.0, unspecified_ha=0.0, year=2023, people=91_000,
    first_year=2018, first_people=90_000, first_consumed_ha=1000.0, gross_ha=12.0, restored_ha=2.0,
    meff_cut_km2=0.29, meff_cbc_km2=0.35,
)  # fmt: skip
ONE_DATE = State(area_ha=4000.0, consumed_ha=1010.0, permanent_ha=800.0, unspecified_ha=0.0, year=2023, people=91_000)


def figure(figure_id, state=CITY, **changes):
    found = indicators.figures(replace(state, **changes))
    return next(each for each in found if each.spec.id == figure_id)


def why(figure_id, state=CITY, **changes):
    found = figure(figure_id, state, **changes)
    assert found.value is None
    return found.why.it


@pytest.mark.parametrize(
    ("figure_id", "by_hand"),
    [
        ("suolo_consumato_ha", 1010.0),
        ("suolo_consumato_pct", 25.25),  # 100 × 1010 / 4000
        ("consumo_lordo_ha", 12.0),
        ("ripristino_ha", 2.0),
        ("consumo_netto_ha", 10.0),  # 12 - 2
        ("consumo_netto_annuo_ha", 2.0),  # 10 ha in 5 years
        ("incremento_pct", 1.0),  # 100 × 10 / 1000
        ("densita_m2ha", 25.0),  # 100,000 m² on 4,000 ha
        ("procapite_m2ab", 110.98901),  # 10,100,000 m² for 91,000 people
        ("consumo_procapite_m2ab", 1.0989011),  # 100,000 m² for 91,000 people
        ("consumo_marginale", 100.0),  # 100,000 m² for 1,000 new people
        ("sdg_11_3_1", 0.9050),  # LCR 10 / 1000 / 5 = 0.002; PGR ln(1.0111111) / 5 = 0.00221; the page says 0.9050
        ("impermeabilizzazione_pct", 20.0),  # 100 × 800 / 4000
        ("meff_cut", 0.29),
        ("meff_cbc", 0.35),
        ("seff", 3448.2759),  # 1,000 / 0.29: the page says 3448.28
    ],
)
def test_that_an_indicator_has_the_value_worked_out_by_hand(figure_id, by_hand):
    assert figure(figure_id).value == pytest.approx(by_hand, rel=5e-5 if figure_id == "sdg_11_3_1" else 1e-7)


def test_that_every_indicator_of_the_codelist_is_there_in_its_order():
    ids = [row["id"] for row in rows("soil_indicators")]
    assert [each.spec.id for each in indicators.figures(CITY)] == ids == list(INDICATORS)


def test_that_a_mesh_size_that_is_not_known_says_why():
    reason = Text("Serve il margine.", "The margin is needed.")
    assert why("meff_cbc", meff_cbc_km2=reason) == "Serve il margine."
    assert why("seff", meff_cut_km2=reason) == "Serve il margine."
    assert why("seff", meff_cut_km2=0.0) == "Non c'è suolo non consumato."


def test_that_a_figure_has_a_value_or_a_reason_in_both_languages():
    for state in (CITY, ONE_DATE, replace(CITY, people=None), replace(ONE_DATE, year=None)):
        for each in indicators.figures(state):
            assert (each.value is None) == bool(each.why)
            assert bool(each.why.it) == bool(each.why.en)


def test_that_only_what_was_read_in_a_source_is_verified():
    # The page marks these five V; all else is U, and SDG 11.3.1 is V/U, which is not good enough.
    verified = {"suolo_consumato_ha", "suolo_consumato_pct", "consumo_lordo_ha", "ripristino_ha", "consumo_netto_ha"}
    assert {spec.id for spec in FIGURES if spec.is_verified} == verified
    assert {spec.id for spec in FIGURES if not spec.is_verified} == set(INDICATORS) - verified


def test_that_a_figure_has_the_decimals_its_sources_bear():
    # precision 0.01 is two decimals, 1 is none.
    decimals = {spec.id: spec.decimals for spec in FIGURES}
    assert (decimals["suolo_consumato_ha"], decimals["procapite_m2ab"]) == (2, 0)


CHANGES = (
    "consumo_lordo_ha", "ripristino_ha", "consumo_netto_ha", "consumo_netto_annuo_ha", "incremento_pct",
    "densita_m2ha", "consumo_procapite_m2ab", "consumo_marginale", "sdg_11_3_1",
)  # fmt: skip


@pytest.mark.parametrize("figure_id", CHANGES)
def test_that_what_compares_needs_a_second_date(figure_id):
    assert why(figure_id, ONE_DATE) == "Serve un secondo anno del raster."


@pytest.mark.parametrize("figure_id", ["consumo_netto_annuo_ha", "sdg_11_3_1"])
@pytest.mark.parametrize("years", [{"year": None}, {"first_year": None}])
def test_that_a_rate_needs_the_years(figure_id, years):
    assert why(figure_id, **years) == "I due raster non hanno l'anno."


@pytest.mark.parametrize("figure_id", ["procapite_m2ab", "consumo_procapite_m2ab", "consumo_marginale", "sdg_11_3_1"])
def test_that_every_figure_of_people_needs_people(figure_id):
    assert why(figure_id, people=None) == "Nello studio manca la popolazione di questi anni: 2023."


@pytest.mark.parametrize("figure_id", ["consumo_marginale", "sdg_11_3_1"])
def test_that_a_figure_of_growth_needs_the_people_of_the_first_date(figure_id):
    assert why(figure_id, first_people=None) == "Nello studio manca la popolazione di questi anni: 2018."
    assert why(figure_id, people=None, first_people=None).endswith("di questi anni: 2018, 2023.")


@pytest.mark.parametrize("figure_id", ["incremento_pct", "sdg_11_3_1"])
def test_that_a_growth_rate_has_no_meaning_where_nothing_was_consumed(figure_id):
    assert why(figure_id, first_consumed_ha=0.0) == "Alla prima data non c'è suolo consumato."


def test_that_marginal_consumption_is_negative_where_people_leave():
    # 100,000 m² while 1,000 people leave.
    assert figure("consumo_marginale", people=89_000).value == pytest.approx(-100.0)


def test_that_the_marginal_consumption_of_nobody_is_undefined():
    assert why("consumo_marginale", people=90_000) == "La popolazione è rimasta uguale."


def test_that_the_sdg_ratio_is_not_ranked_where_people_leave():
    assert why("sdg_11_3_1", people=89_000) == "Popolazione in calo: il rapporto non si legge."


def test_that_the_sdg_ratio_may_take_the_logarithm_of_older_metadata():
    # ln(1.01) / 5 = 0.0019901; by PGR 0.0022100: 0.90048.
    assert figure("sdg_11_3_1", is_logarithmic=True).value == pytest.approx(0.90048, rel=1e-4)
    # Twice as much given back as there was: no logarithm, the plain rate stands.
    lost = figure("sdg_11_3_1", is_logarithmic=True, gross_ha=0.0, restored_ha=2000.0).value
    assert lost == figure("sdg_11_3_1", gross_ha=0.0, restored_ha=2000.0).value


def test_that_the_sdg_ratio_has_no_value_where_the_population_stands_still():
    assert why("sdg_11_3_1", people=90_000) == "La popolazione è ferma."
    # Below 1e-9 a year is standing still too: ln(1 + 1e-9) / 5 = 2e-10.
    assert why("sdg_11_3_1", first_people=10**9, people=10**9 + 1) == "La popolazione è ferma."


def test_that_the_sdg_ratio_is_negative_where_soil_is_given_back():
    # Net 2 - 12 = -10 ha.
    assert figure("sdg_11_3_1", gross_ha=2.0, restored_ha=12.0).value == pytest.approx(-0.9050, rel=5e-5)


def test_that_the_sdg_ratio_knows_no_growth_on_ground_that_one_date_does_not_know():
    # 500 ha more because the first raster did not cover them: the net stays 10 ha.
    assert figure("sdg_11_3_1", consumed_ha=1510.0).value == pytest.approx(0.9050, rel=5e-5)


def test_that_sealed_soil_is_not_told_where_permanence_is_unknown():
    assert why("impermeabilizzazione_pct", unspecified_ha=12.5) == (
        "12,5\u202fha sono consumati senza che si sappia se permanenti."
    )


def test_that_without_the_raster_every_indicator_has_the_same_reason():
    reason = Text("Serve il raster.", "The raster is needed.")
    found = indicators.without_raster(reason)
    assert [each.spec for each in found] == list(FIGURES)
    assert all(each.value is None and each.why is reason for each in found)
