"""The figures of the transformation districts, declared: each with its formula and what it is a sum of."""

from __future__ import annotations

from analyses.result import FigureSpec
from layers.text import Text

_SUM = "sum over the districts of the plan in force"


def _summed(it: str, en: str) -> Text:
    return Text(f"{it}; somma sui distretti del piano vigente.", f"{en}; {_SUM}.")


FIGURES: tuple[FigureSpec, ...] = (
    FigureSpec("districts", Text("Distretti di trasformazione", "Transformation districts"), "", 0, "count",
               made_of="districts", rule=Text("Si contano.", "They are counted.")),
    FigureSpec("floor_area_new_m2", Text("Superficie lorda nuova", "New floor area"), "m2", 0,
               f"Ut × St, less what stands where the index counts it; {_SUM}", made_of="districts.floor_area_new_m2",
               rule=_summed("Ut × St, meno l'esistente dove l'indice lo computa",
                            "Ut × St, less what stands where the index counts it")),
    FigureSpec("people_new", Text("Abitanti nuovi", "New people"), "ab", 0,
               f"new floor area × residential share / floor area per person (DM 1444/1968 art. 3); {_SUM}",
               made_of="districts.people_new",
               rule=_summed("Sul nuova × quota residenziale / Sul a persona (DM 1444/1968 art. 3)",
                            "new Sul × residential share / Sul per person (DM 1444/1968 art. 3)")),
    FigureSpec("homes_new", Text("Alloggi nuovi", "New homes"), "", 0,
               f"new floor area × residential share / floor area per home; {_SUM}", is_verified=False,
               made_of="districts.homes_new",
               rule=_summed("Sul nuova × quota residenziale / Sul ad alloggio",
                            "new Sul × residential share / Sul per home")),
    FigureSpec("soil_newly_consumed_m2", Text("Suolo consumato in più, almeno", "Soil newly consumed, at least"), "m2",
               0, f"St − Sp − soil already consumed, if positive: what is built goes first on consumed soil; {_SUM}",
               made_of="districts.soil_newly_consumed_m2",
               rule=_summed("St − Sp − suolo già consumato, se positivo: si costruisce prima sul suolo consumato",
                            "St − Sp − soil already consumed, if positive: what is built goes first on consumed soil")),
    FigureSpec("pv_mwh_year", Text("Energia fotovoltaica dei tetti", "Photovoltaic energy of the roofs"), "MWh/anno", 0,
               f"roof area × usable share × kWp/m² × yearly yield (parameters not verified); {_SUM}",
               is_verified=False, made_of="districts.pv_mwh_year",
               rule=_summed("superficie dei tetti × quota utile × kWp/m² × resa annua (parametri non verificati)",
                            "roof area × usable share × kWp/m² × yearly yield (parameters not verified)")),
    FigureSpec("co2_saved_t", Text("CO2 evitata all'anno", "CO2 saved a year"), "t/anno", 0,
               f"photovoltaic energy × emission factor of the PAES (not verified); {_SUM}", is_verified=False,
               made_of="districts.co2_saved_t",
               rule=_summed("energia fotovoltaica × fattore di emissione del PAES (non verificato)",
                            "photovoltaic energy × emission factor of the PAES (not verified)")),
    FigureSpec("public_co2_saved_t", Text("CO2 evitata all'anno, scuole ed edifici pubblici",
               "CO2 saved a year, schools and public buildings"), "t/anno", 0,
               "photovoltaic energy of their roofs × emission factor of the PAES (not verified)", is_verified=False,
               rule=Text("Energia fotovoltaica dei loro tetti × fattore di emissione del PAES (non verificato).",
                         "Photovoltaic energy of their roofs × emission factor of the PAES (not verified)."),
               no_pieces=Text("Dei tetti pubblici i risultati conservano la somma, non gli edifici.",
                              "Of public roofs the results keep the sum, not the buildings.")),
    FigureSpec("paes_share_pct", Text("Quota sulle emissioni di partenza del PAES", "Share of the PAES baseline"), "%",
               1, "CO2 saved by the districts of the plan in force and public roofs / baseline entered by the user",
               is_verified=False,
               rule=Text("100 × CO2 evitata da distretti del piano vigente e tetti pubblici / emissioni di partenza.",
                         "100 × CO2 saved by the districts of the plan in force and public roofs / baseline."),
               no_pieces=Text("È una quota delle emissioni di tutto il comune: chiedere della CO2 evitata.",
                              "It is a share of the emissions of the whole commune: ask of the CO2 saved.")),
)  # fmt: skip
