"""What the tests of consumed soil and of land use ask of a result alike: a row, the sums of all units, what it says."""

BY_UNIT = (
    "by_commune", "by_neighbourhood", "by_zone", "by_district", "by_flood_class", "by_landslide_class",
    "by_coast_strip", "by_water_150", "by_slope_class", "by_elevation_class",
)  # fmt: skip


def row(result, table_id, code):
    frame = result.table(table_id).frame
    return frame[frame["code"] == code].iloc[0]


def sums(result, column):
    return [result.table(table_id).frame[column].sum() for table_id in BY_UNIT]


def said(result):
    return [problem.sentence("it") for problem in result.problems]
