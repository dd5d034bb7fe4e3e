import zipfile
from datetime import date

import pandas as pd
import pytest

from layers.formats import gtfs_feed
from layers.formats.gtfs_timetable import repeats, trips_at_stops
from layers.formats.vector import look, read, tables
from layers.problems import PucError, Severity
from layers.recognise import guesses
from layers.source import locate
from layers.subject import of_table

WEEK = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"
# 1 November 2026 is a Sunday. Workdays run service F with trips 1 and 2; Sundays G with trip 3.
FEED = {
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nA,Piazza   Verdi,44.10,9.82\nB,Stazione,44.11,9.81\n",
    "trips.txt": "route_id,service_id,trip_id\nL,F,1\nL,F,2\nL,G,3\n",
    "stop_times.txt": "trip_id,stop_id,stop_sequence\n1,A,1\n1,B,2\n2,A,1\n3,B,1\n",
    "calendar.txt": f"{WEEK}\nF,1,1,1,1,1,0,0,20261101,20261114\nG,0,0,0,0,0,0,1,20261101,20261114\n",
}


def feed(folder, **changes):
    """Write the feed with tables changed, or left out where None; return its source."""
    held = {**FEED, **{name.replace("_txt", ".txt"): text for name, text in changes.items()}}
    with zipfile.ZipFile(folder / "orario.zip", "w") as archive:
        for name, text in held.items():
            if text is not None:
                archive.writestr(name, text)
    return locate(folder / "orario.zip")


def per_day(source):
    stops, said = read(source, None)
    return dict(zip(stops["stop_id"], stops["trips_per_day"], strict=True)), said


def refusal(road, *arguments):
    with pytest.raises(PucError) as told:
        road(*arguments)
    (problem,) = told.value.problems
    return problem


def test_that_trips_of_a_typical_weekday_are_counted_at_each_stop(tmp_path):
    # Trips 1 and 2 stop at A, trip 1 at B. The first Tuesday is 3 November.
    source = feed(tmp_path)
    counts, said = per_day(source)
    assert counts == {"A": 2, "B": 1}
    assert [(problem.code, problem.severity) for problem in said] == [("gtfs-day", Severity.INFO)]
    assert said[0].sentence("it") == (
        "orario.zip: corse al giorno contate per martedì 3 novembre 2026: fra i martedì, mercoledì e giovedì "
        "dell'orario (1 novembre 2026 – 14 novembre 2026) il primo con più corse, 2."
    )


def test_that_a_stop_is_a_service_with_its_name_and_place(tmp_path):
    stops, _ = read(feed(tmp_path), "stops")
    assert stops["kind"].unique().tolist() == ["tpl"]
    assert stops["name"].tolist() == ["Piazza Verdi", "Stazione"]
    assert [(point.x, point.y) for point in stops.geometry] == [(9.82, 44.10), (9.81, 44.11)]
    assert stops.crs == "EPSG:4326"


def test_that_added_and_removed_days_hold(tmp_path):
    # On Tuesday 3 nothing runs; on Wednesday 4 the Sunday trip runs too: 3 trips, the most.
    dates = "service_id,date,exception_type\nF,20261103,2\nG,20261104,1\n"
    counts, said = per_day(feed(tmp_path, calendar_dates_txt=dates))
    assert counts == {"A": 2, "B": 2}
    assert "mercoledì 4 novembre 2026" in said[-1].message.it


def test_that_a_feed_may_give_every_day_by_its_date(tmp_path):
    dates = "service_id,date,exception_type\nF,20261105,1\n"
    counts, said = per_day(feed(tmp_path, calendar_txt=None, calendar_dates_txt=dates))
    assert counts == {"A": 2, "B": 1}
    assert "giovedì 5 novembre 2026" in said[-1].message.it


def test_that_a_trip_by_frequency_runs_as_often_as_it_says():
    # From 6:00 to 7:00 every 20 minutes: 6:00, 6:20, 6:40; and once after midnight, at 25:00.
    frequencies = pd.DataFrame(
        {
            "trip_id": ["1", "1"],
            "start_time": ["6:00:00", "25:00:00"],
            "end_time": ["7:00:00", "25:10:00"],
            "headway_secs": ["1200", "1200"],
        }
    )
    assert repeats(pd.Series(["1", "2"]), frequencies).to_dict() == {"1": 4, "2": 1}


def test_that_a_trip_that_passes_twice_counts_once():
    calls = pd.DataFrame({"trip_id": ["1", "1", "2"], "stop_id": ["A", "A", "A"]})
    assert trips_at_stops(calls, pd.Series({"1": 1.0, "2": 1.0})).to_dict() == {"A": 2}


def test_that_stations_are_no_stops_and_stops_without_place_are_told(tmp_path):
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon,location_type\n"
        "A,Verdi,44.1,9.82,0\nB,Stazione,44.11,9.81,\nS,Atrio,44.11,9.81,1\nX,Ignota,,,0\nY,Altrove,944,9.8,0\n"
    )
    source = feed(tmp_path, stops_txt=stops)
    counts, said = per_day(source)
    assert set(counts) == {"A", "B"}
    assert said[0].sentence("it") == (
        "orario.zip/stops.txt: fermate con coordinate che mancano o non esistono: 2. Restano fuori."
    )


def test_that_calls_by_unknown_trips_and_rows_cut_are_told(tmp_path):
    times = "trip_id,stop_id,stop_sequence\n1,A,1\n9,A,1\n1,Z,2\n2,A\n"
    counts, said = per_day(feed(tmp_path, stop_times_txt=times))
    assert counts == {"A": 1}
    assert [problem.code for problem in said] == [
        "gtfs-rows-left-out", "gtfs-unknown-reference", "gtfs-day", "gtfs-stop-without-trips",
    ]  # fmt: skip
    assert said[1].message.it.endswith(": 2.")


def test_that_stops_without_trips_on_the_day_are_no_service_and_told_with_their_number(tmp_path):
    # C is served on Sundays alone, D never.
    stops = f"{FEED['stops.txt']}C,Cimitero,44.12,9.80\nD,Vecchia,44.13,9.79\n"
    times = f"{FEED['stop_times.txt']}3,C,2\n"
    counts, said = per_day(feed(tmp_path, stops_txt=stops, stop_times_txt=times))
    assert counts == {"A": 2, "B": 1}
    assert said[-1].severity is Severity.WARNING
    assert said[-1].sentence("it") == (
        "orario.zip/stops.txt: fermate dove martedì 3 novembre 2026 non passa alcuna corsa: 2. "
        "Non contano come fermate servite: restano fuori."
    )


def test_that_a_timetable_whose_trips_serve_no_stop_of_the_day_is_refused(tmp_path):
    source = feed(tmp_path, stop_times_txt="trip_id,stop_id,stop_sequence\n3,B,1\n")
    assert refusal(read, source, None).code == "gtfs-no-served-stop"


def test_that_a_mark_blanks_and_quotes_in_the_head_do_not_matter(tmp_path):
    trips = '\ufeff"route_id", service_id ,"trip_id"\nL, F ,1\nL,F,"2"\n'
    assert per_day(feed(tmp_path, trips_txt=trips))[0] == {"A": 2, "B": 1}


@pytest.mark.parametrize("gone", ["calendar.txt"])
def test_that_a_table_that_is_not_there_is_named(tmp_path, gone):
    source = feed(tmp_path, calendar_txt=None)
    assert refusal(read, source, None).sentence("it") == (
        f"orario.zip: nell'orario GTFS manca «{gone}». Le fermate non entrano nello studio. "
        "Chiedere una nuova copia a chi gestisce il servizio."
    )


def test_that_a_column_that_is_not_there_is_named(tmp_path):
    problem = refusal(read, feed(tmp_path, stops_txt="stop_id,stop_name,stop_lat\nA,Verdi,44\n"), None)
    assert problem.sentence("it").startswith("orario.zip/stops.txt: manca la colonna «stop_lon».")


@pytest.mark.parametrize("table", ["stops_txt", "trips_txt", "stop_times_txt", "calendar_txt"])
@pytest.mark.parametrize("content", ["", "\n\n", "\0\0\0", "a" * 100])
def test_that_a_table_of_nonsense_is_refused_in_a_sentence(tmp_path, table, content):
    assert refusal(read, feed(tmp_path, **{table: content}), None).code == "gtfs-column-missing"


def test_that_a_timetable_of_sundays_has_no_typical_day(tmp_path):
    calendar = f"{WEEK}\nG,0,0,0,0,0,0,1,20261101,20261114\n"
    assert refusal(read, feed(tmp_path, calendar_txt=calendar), None).code == "gtfs-no-day"
    assert refusal(read, feed(tmp_path, calendar_txt=f"{WEEK}\n"), None).code == "gtfs-no-day"


def test_that_text_in_another_encoding_is_refused_until_it_is_named(tmp_path):
    stops = FEED["stops.txt"].replace("Stazione", "Città").encode("cp1252")
    source = feed(tmp_path, stops_txt=stops)
    assert refusal(read, source, None).code == "encoding-wrong"
    assert read(source, None, "cp1252")[0]["name"].tolist() == ["Piazza Verdi", "Città"]


def test_that_a_table_too_large_once_unpacked_is_refused(tmp_path, monkeypatch):
    source = feed(tmp_path)
    monkeypatch.setattr(gtfs_feed, "MOST_BYTES", 20)
    assert refusal(read, source, None).code == "source-too-large"


def test_that_a_feed_in_a_folder_of_its_zip_is_one_too(tmp_path):
    with zipfile.ZipFile(tmp_path / "orario.zip", "w") as archive:
        for name, text in FEED.items():
            archive.writestr(f"gtfs/{name}", text)
            archive.writestr(f"__MACOSX/gtfs/._{name}", b"\0")
    assert per_day(locate(tmp_path / "orario.zip"))[0] == {"A": 2, "B": 1}


def test_that_stops_are_looked_into_and_recognised_as_services(tmp_path):
    source = feed(tmp_path)
    assert tables(source) == ("stops",)
    seen = look(source, "stops")
    assert (seen.geometry, seen.features, seen.extent) == ("Point", 2, (9.81, 44.10, 9.82, 44.11))
    assert guesses(of_table(source, seen))[0].role.id == "services"
    assert refusal(read, source, "corse").code == "table-missing"


def test_that_a_real_timetable_is_counted_on_a_working_day(real_data):
    stops, said = read(locate(real_data / "services/prato_gtfs_2016.zip"), None)
    # 1,647 stops, 21 of them served on single Saturdays, Sundays and feasts alone.
    assert len(stops) == 1626
    assert [problem.code for problem in said] == ["gtfs-day", "gtfs-stop-without-trips"]
    assert date(2016, 4, 13).strftime("%d").lstrip("0") in said[0].message.it
    assert said[1].message.it.endswith(": 21.")
    assert stops["trips_per_day"].min() > 0


def test_that_a_real_broken_timetable_says_what_does_not_fit(real_data):
    _, said = read(locate(real_data / "stress/r5py/test_broken_gtfs.zip"), None)
    assert [problem.code for problem in said] == ["gtfs-unknown-reference", "gtfs-day", "gtfs-stop-without-trips"]
