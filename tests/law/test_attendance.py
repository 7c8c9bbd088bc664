"""Who is under compulsory attendance, and when a break is long. Source: Education Act, s. 14; LNT s. 84.4."""

import datetime as dt

import pytest

from certif.law import SchoolCalendar, is_under_compulsory_attendance

DAY = dt.timedelta(days=1)
CALENDAR = SchoolCalendar(
    dt.date(2025, 8, 27),
    dt.date(2026, 6, 22),
    (
        (dt.date(2025, 10, 10), dt.date(2025, 10, 13)),  # Friday to Monday: an ordinary long weekend of four days
        (dt.date(2025, 12, 22), dt.date(2026, 1, 6)),
        (dt.date(2026, 3, 2), dt.date(2026, 3, 6)),  # Monday to Friday: nine days with its weekends
        (dt.date(2026, 4, 16), dt.date(2026, 4, 17)),  # Thursday and Friday …
        (dt.date(2026, 4, 20), dt.date(2026, 4, 22)),  # … to Wednesday: exactly seven days
        (dt.date(2026, 5, 14), dt.date(2026, 5, 15)),
        (dt.date(2026, 5, 18), dt.date(2026, 5, 21)),  # Thursday to Thursday: eight days
    ),
)


def test_someone_who_turns_16_in_october_attends_until_the_last_school_day_of_june():
    birth = dt.date(2009, 10, 15)
    assert is_under_compulsory_attendance(birth, dt.date(2025, 10, 16), CALENDAR)
    assert is_under_compulsory_attendance(birth, CALENDAR.last_day, CALENDAR)
    assert not is_under_compulsory_attendance(birth, CALENDAR.last_day + DAY, CALENDAR)


def test_the_shorthand_under_16_would_be_wrong_on_both_sides():
    capped_at_16 = dt.date(2009, 10, 15)
    assert is_under_compulsory_attendance(capped_at_16, dt.date(2026, 5, 1), CALENDAR)
    free_at_15 = dt.date(2010, 6, 28)  # turns 16 after the last school day, but before 1 July
    assert not is_under_compulsory_attendance(free_at_15, dt.date(2026, 6, 25), CALENDAR)


def test_someone_born_on_1_july_attends_a_year_longer_than_someone_born_the_day_before():
    assert not is_under_compulsory_attendance(dt.date(2010, 6, 30), dt.date(2026, 9, 1))
    assert is_under_compulsory_attendance(dt.date(2010, 7, 1), dt.date(2026, 9, 1))


def test_without_a_calendar_the_year_lasts_until_30_june():
    birth = dt.date(2009, 10, 15)
    assert is_under_compulsory_attendance(birth, dt.date(2026, 6, 30))
    assert not is_under_compulsory_attendance(birth, dt.date(2026, 7, 1))


def test_the_calendar_of_another_year_decides_nothing():
    assert is_under_compulsory_attendance(dt.date(2011, 1, 15), dt.date(2026, 6, 29), CALENDAR)


def test_a_ministry_diploma_ends_it():
    birth, on = dt.date(2009, 10, 15), dt.date(2026, 2, 2)
    assert is_under_compulsory_attendance(birth, on, CALENDAR)
    assert not is_under_compulsory_attendance(birth, on, CALENDAR, has_diploma=True)


def test_it_begins_with_the_school_year_after_the_sixth_birthday():
    birth = dt.date(2019, 5, 4)
    assert not is_under_compulsory_attendance(birth, dt.date(2025, 6, 1))
    assert is_under_compulsory_attendance(birth, dt.date(2025, 9, 1))


def test_someone_born_on_29_february_has_birthdays():
    assert is_under_compulsory_attendance(dt.date(2012, 2, 29), dt.date(2028, 6, 1))
    assert not is_under_compulsory_attendance(dt.date(2012, 2, 29), dt.date(2028, 7, 1))


@pytest.mark.parametrize(
    ("day", "is_long"),
    [
        (dt.date(2025, 10, 11), False),  # four-day weekend
        (dt.date(2026, 2, 28), True),  # Saturday before the spring break
        (dt.date(2026, 3, 4), True),
        (dt.date(2026, 3, 8), True),  # Sunday after it
        (dt.date(2026, 3, 9), False),
        (dt.date(2026, 4, 18), False),  # exactly seven days
        (dt.date(2026, 5, 16), True),  # eight days
        (dt.date(2025, 12, 31), True),
        (dt.date(2025, 8, 26), True),  # summer, before
        (dt.date(2026, 6, 23), True),  # summer, after
        (dt.date(2026, 6, 30), True),
        (dt.date(2026, 9, 12), False),  # another school year: nobody is freed by mistake
    ],
)
def test_a_long_break_is_longer_than_seven_days_in_a_row(day, is_long):
    assert CALENDAR.is_in_long_break(day) is is_long


def test_a_calendar_must_make_sense():
    with pytest.raises(ValueError, match="ends before"):
        SchoolCalendar(dt.date(2026, 6, 1), dt.date(2025, 9, 1))
    with pytest.raises(ValueError, match="one school year"):
        SchoolCalendar(dt.date(2025, 9, 1), dt.date(2026, 9, 1))
