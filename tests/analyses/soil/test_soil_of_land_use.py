import pytest

from analyses.analysis import Edition
from analyses.soil.figures import FIGURES
from analyses.soil_consumption import soil_consumption
from tests.analyses.soil_answers import row, said, sums

ONE_DATE_OF_LAND_USE = [
    "code", "name", "area_m2", "artificial_m2", "artificial_pct", "artificial_partial_m2", "no_data_m2",
]  # fmt: skip
CHANGE = ["gross_m2", "restored_m2", "net_m2"]


@pytest.fixture
def without_raster(town):
    return town | {"soil_consumption": ()}


def test_that_land_use_gives_artificial_surfaces_by_hand(without_raster):
    found = row(soil_consumption(**without_raster), "by_commune", "011999")
    # 2023: 20 m of 112, half of 20 m of 121, 20 m of 112: 5,000 m²; half a park; 10 m without polygon. New: the field
    # (2,000) and half the park (1,000); ceased: the strip that became wood (1,000).
    assert found.to_dict() == {
        "code": "011999",
        "name": "Borgo",
        "area_m2": pytest.approx(10_000.0),
        "artificial_m2": pytest.approx(5000.0),
        "artificial_pct": pytest.approx(50.0),
        "artificial_partial_m2": pytest.approx(1000.0),
        "no_data_m2": pytest.approx(1000.0),
        "gross_m2": pytest.approx(3000.0),
        "restored_m2": pytest.approx(1000.0),
        "net_m2": pytest.approx(2000.0),
    }


def test_that_land_use_gives_its_own_figures_and_every_soil_figure_a_reason(without_raster):
    figures = soil_consumption(**without_raster).figures
    own, soil, (zoning,) = figures[:3], figures[3:-1], figures[-1:]
    # Of 1 ha: 0.5 ha artificial, 0.3 ha of them new.
    assert [(each.spec.id, each.value) for each in own] == [
        ("superfici_artificiali_ha", pytest.approx(0.5)),
        ("superfici_artificiali_pct", pytest.approx(50.0)),
        ("nuove_superfici_artificiali_ha", pytest.approx(0.3)),
    ]
    assert zoning.spec.id == "zoning_changed_m2"
    assert [each.spec for each in soil] == list(FIGURES)
    assert {each.value for each in soil} == {None}
    assert {each.why.it for each in soil} == {
        "Serve il raster ISPRA: l'uso del suolo dà solo le superfici artificiali."
    }


def test_that_land_use_is_said_to_be_no_consumed_soil(without_raster):
    assert any(
        sentence.startswith("Uso del suolo: le cifre vengono") for sentence in said(soil_consumption(**without_raster))
    )


def test_that_no_value_of_land_use_is_called_consumed(without_raster):
    result = soil_consumption(**without_raster)
    labels = [each.spec.label for each in result.figures if each.value is not None]
    labels += [column.label for table in result.tables for column in table.columns]
    assert not any("suolo consumato" in label.it.lower() or "consumed soil" in label.en.lower() for label in labels)


@pytest.mark.parametrize("column", [*ONE_DATE_OF_LAND_USE[2:4], *ONE_DATE_OF_LAND_USE[5:], *CHANGE])
def test_that_every_partition_has_the_same_artificial_sums(without_raster, column):
    whole, *others = sums(soil_consumption(**without_raster), column)
    assert others == pytest.approx([whole] * len(others), rel=1e-9)


def test_that_ground_known_at_one_date_alone_is_told(without_raster):
    # Both maps leave 90-100 m bare. The earlier map loses its last polygon, 20 m × 100 m: 0,20 ha known once.
    first, last = without_raster["land_use"]
    shorter = Edition(first.year, first.data.iloc[:-1])
    result = soil_consumption(**(without_raster | {"land_use": (shorter, last)}))
    assert "Uso del suolo: 0,20\u202fha hanno un dato a una sola delle due date." in " ".join(
        problem.sentence("it") for problem in result.problems
    )
