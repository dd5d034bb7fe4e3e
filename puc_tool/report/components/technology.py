"""Technology: fibre, wi-fi, parking and charging points on foot, and what the study publishes as open data."""

from __future__ import annotations

from analyses.service_coverage import SERVICE_COVERAGE as COVERAGE
from layers.text import Text
from puc_tool.report.telling import Bars, Component, Indicator, Listing, Rows, Said, Told

_OPEN = Text(
    "I livelli e le tabelle di questo studio si possono pubblicare come dati aperti: formati aperti, stili, licenza, "
    "metadati DCAT-AP_IT e RNDT, dizionario di ogni colonna.",
    "The layers and tables of this study can be published as open data: open formats, styles, licence, DCAT-AP_IT and "
    "RNDT metadata, a dictionary of every column.",
)


def _reach(kind: str, it: str, en: str) -> Told:
    return Told(COVERAGE, Text(f"{it} {{covered_{kind}_pct:the}} dei residenti.", f"{{covered_{kind}_pct}} {en}"))


def _by_neighbourhood(kind: str, it: str, en: str) -> Bars:
    column = f"covered_{kind}_pct"
    return Bars(COVERAGE, Rows("by_neighbourhood", "population", most=12), "name", column, Text(it, en))


TECHNOLOGY = Component(
    "tech",
    (),
    (
        Indicator(
            "fibre sites",
            Text("Sedi in fibra ottica", "Fibre sites"),
            (
                _reach(
                    "fibra", "Ha una sede servita in fibra a distanza utile", "of residents have a fibre site near."
                ),
                _by_neighbourhood(
                    "fibra",
                    "Residenti vicini a una sede in fibra, nei quartieri più popolosi",
                    "Residents near fibre, in the most populous neighbourhoods",
                ),
            ),
        ),
        Indicator(
            "wi-fi coverage",
            Text("Piazze wi-fi", "Public wi-fi"),
            (
                _reach("wifi", "Raggiunge a piedi una piazza wi-fi", "of residents can walk to public wi-fi."),
                _by_neighbourhood(
                    "wifi",
                    "Residenti che raggiungono una piazza wi-fi, nei quartieri più popolosi",
                    "Residents who reach wi-fi, in the most populous neighbourhoods",
                ),
            ),
        ),
        Indicator(
            "info-parking",
            Text("Parcheggi", "Parking"),
            (
                _reach("parcheggio", "Ha un parcheggio pubblico a distanza utile", "of residents have public parking."),
                _reach(
                    "parcheggio_interscambio",
                    "Ha un parcheggio di interscambio a distanza utile",
                    "of residents have a park-and-ride near.",
                ),
            ),
        ),
        Indicator(
            "charging points",
            Text("Ricarica elettrica", "Charging points"),
            (
                _reach(
                    "ricarica_elettrica",
                    "Ha un punto di ricarica a distanza utile",
                    "of residents have a charging point near.",
                ),
                Listing(
                    COVERAGE,
                    Rows("by_kind", where={"kind": "fibra|wifi|parcheggio|parcheggio_interscambio|ricarica_elettrica"}),
                    ("kind", "services", "threshold_min", "covered_people", "covered_pct", "minutes_median"),
                    Text("Servizi tecnologici e loro portata", "Technological services and their reach"),
                ),
            ),
        ),
        Indicator("open data layers", Text("Dati aperti", "Open data"), (Said(_OPEN),)),
    ),
)
