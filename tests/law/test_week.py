"""Schedules, judged. The first three are the worked examples of the CNESST (guide, section 84.4)."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from certif.law import RuleCode, SchoolCalendar, Setting, Shift, YoungWorker, check_week, sunday_of

DAY = dt.timedelta(days=1)
CALENDAR = SchoolCalendar(
    dt.date(2025, 8, 27),
    dt.date(2026, 6, 22),
    (
        (dt.date(2025, 10, 10), dt.date(2025, 10, 13)),
        (dt.date(2026, 3, 2), dt.date(2026, 3, 6)),
        (dt.date(2026, 4, 16), dt.date(2026, 4, 22)),
    ),
    school_hours=(dt.time(8, 30), dt.time(15)),
)
PUPIL = YoungWorker(birth=dt.date(2010, 2, 3), calendar=CALENDAR)
SUNDAY = dt.date(2025, 11, 2)
SUN, MON, TUE, WED, THU, FRI, SAT = (SUNDAY + n * DAY for n in range(7))


def hours(day, count):
    """Work that ends at 22:30 at the latest and, on weekdays, begins after class."""
    ends = dt.datetime.combine(day, dt.time(22, 30))
    return Shift(day, (ends - dt.timedelta(hours=count)).time(), ends.time())


def broken(shifts, worker=PUPIL, **facts):
    return [breach.rule.code for breach in check_week(shifts, worker, **facts)]


def test_cnesst_example_a_more_than_10_hours_from_monday_to_friday():
    assert broken([hours(WED, 4), hours(FRI, 7)]) == [RuleCode.WEEKDAY_HOURS]


def test_cnesst_example_b_16_hours_on_the_weekend():
    assert broken([hours(SUN, 8), hours(SAT, 8)]) == []


def test_cnesst_example_c_17_hours_of_which_10_in_the_week():
    assert broken([hours(TUE, 5), hours(THU, 5), hours(SAT, 7)]) == []


def test_a_quarter_hour_more_than_either_limit_is_too_much():
    assert broken([hours(TUE, 5), hours(THU, 5.25), hours(SAT, 6)]) == [RuleCode.WEEKDAY_HOURS]
    assert broken([hours(TUE, 5), hours(THU, 5), hours(SAT, 7.25)]) == [RuleCode.WEEK_HOURS]


def test_the_week_runs_from_sunday_to_saturday():
    assert sunday_of(SUN) == sunday_of(SAT) == SUN
    assert broken([hours(SUN, 9), hours(SAT, 8)]) == []
    assert broken([hours(SAT, 9), hours(SAT + DAY, 9)]) == []  # Saturday and the next Sunday: two weeks


def test_a_breach_says_what_is_wrong_and_by_which_rule():
    [breach] = check_week([hours(WED, 4), hours(FRI, 7)], PUPIL)
    assert str(breach.sentence) == "11 h de travail du lundi au vendredi : la loi en permet au plus 10 h."
    assert breach.rule.source == "Loi sur les normes du travail, art. 84.4"
    assert breach.on == SUN


def test_there_was_no_limit_of_hours_before_september_2023():
    shifts = [Shift(dt.date(2023, 5, day), dt.time(16), dt.time(22)) for day in range(1, 6)]
    assert broken(shifts, YoungWorker(birth=dt.date(2008, 2, 3))) == []
    shifts = [Shift(dt.date(2023, 9, day), dt.time(16), dt.time(22)) for day in range(4, 9)]
    assert broken(shifts, YoungWorker(birth=dt.date(2008, 2, 3))) == [RuleCode.WEEK_HOURS, RuleCode.WEEKDAY_HOURS]


def test_someone_of_16_is_still_capped_until_the_end_of_june():
    worker = YoungWorker(birth=dt.date(2009, 10, 15), calendar=CALENDAR)
    assert broken([hours(WED, 6), hours(FRI, 6)], worker) == [RuleCode.WEEKDAY_HOURS]
    june = [hours(dt.date(2026, 6, day), 6) for day in (23, 24, 25)]
    assert broken(june, worker) == []


def test_someone_over_16_in_vocational_or_adult_training_has_no_cap():
    assert broken([hours(day, 6) for day in (MON, TUE, WED, THU, FRI)], YoungWorker(birth=dt.date(2008, 11, 20), calendar=CALENDAR)) == []


def test_a_four_day_weekend_does_not_lift_the_cap():
    shifts = [Shift(dt.date(2025, 10, 10), dt.time(9), dt.time(17)), hours(dt.date(2025, 10, 9), 4)]
    assert broken(shifts) == [RuleCode.WEEKDAY_HOURS]


def test_a_nine_day_break_does():
    assert broken([Shift(dt.date(2026, 3, day), dt.time(9), dt.time(17)) for day in range(1, 8)]) == []


def test_exactly_seven_days_do_not():
    assert broken([Shift(dt.date(2026, 4, day), dt.time(9), dt.time(17)) for day in (20, 21)]) == [RuleCode.WEEKDAY_HOURS]


def test_days_of_class_in_the_week_where_a_break_ends_still_count():
    # The holidays end on a Tuesday: the hours of Sunday to Tuesday are free, those of Wednesday to Saturday are counted.
    calendar = SchoolCalendar(dt.date(2025, 8, 27), dt.date(2026, 6, 22), ((dt.date(2025, 12, 22), dt.date(2026, 1, 6)),))
    worker = dataclasses.replace(PUPIL, calendar=calendar)
    free = [Shift(dt.date(2026, 1, day), dt.time(9), dt.time(17)) for day in (4, 5, 6)]
    assert broken([*free, hours(dt.date(2026, 1, 8), 5), hours(dt.date(2026, 1, 9), 5)], worker) == []
    assert broken([*free, hours(dt.date(2026, 1, 8), 5), hours(dt.date(2026, 1, 9), 6)], worker) == [RuleCode.WEEKDAY_HOURS]


def test_no_work_in_school_hours():
    assert broken([Shift(WED, dt.time(14), dt.time(16))]) == [RuleCode.SCHOOL_HOURS]
    assert broken([Shift(WED, dt.time(15), dt.time(17))]) == []
    assert broken([Shift(SAT, dt.time(10), dt.time(12))]) == []


def test_no_work_at_night_even_in_summer():
    assert broken([Shift(SAT, dt.time(18), dt.time(23, 30))]) == [RuleCode.NIGHT_WORK]
    assert broken([Shift(SAT, dt.time(5, 30), dt.time(9))]) == [RuleCode.NIGHT_WORK]
    younger = dataclasses.replace(PUPIL, birth=dt.date(2011, 2, 3))
    assert broken([Shift(dt.date(2026, 6, 26), dt.time(20), dt.time(1))], younger) == [RuleCode.NIGHT_WORK]
    assert broken([Shift(dt.date(2026, 6, 26), dt.time(8), dt.time(20))], younger) == []


def test_work_may_end_at_23_h_only_if_home_is_next_door():
    late = Shift(SAT, dt.time(18), dt.time(23))
    assert broken([late]) == []
    assert broken([late], dataclasses.replace(PUPIL, way_home_minutes=20)) == [RuleCode.NIGHT_AT_HOME]
    assert broken([Shift(SAT, dt.time(6, 15), dt.time(9))], dataclasses.replace(PUPIL, way_home_minutes=20)) == [RuleCode.NIGHT_AT_HOME]


def test_artistic_work_and_lodged_camps_have_other_nights():
    late = Shift(SAT, dt.time(18), dt.time(23, 30))
    assert broken([late], setting=Setting.ARTISTIC) == []
    far = dataclasses.replace(PUPIL, way_home_minutes=60)
    evening = Shift(SAT, dt.time(18), dt.time(22, 30))
    assert broken([evening], far, setting=Setting.LODGED_CAMP) == []
    school_night = Shift(WED, dt.time(18), dt.time(22, 30))
    assert broken([school_night], far, setting=Setting.LODGED_CAMP) == [RuleCode.NIGHT_AT_HOME]


def test_quebec_rules_do_not_apply_to_a_federal_employer():
    shifts = [hours(day, 6) for day in (MON, TUE, WED, THU, FRI)]
    assert broken(shifts) == [RuleCode.WEEK_HOURS, RuleCode.WEEKDAY_HOURS]
    assert broken(shifts, federal=True) == []


def test_nobody_works_before_14_except_in_a_case_of_the_regulation_with_the_form():
    child = YoungWorker(birth=dt.date(2013, 1, 1), calendar=CALENDAR)
    shift = [Shift(SAT, dt.time(9), dt.time(11))]
    assert broken(shift, child) == [RuleCode.MINIMUM_AGE]
    farm = dataclasses.replace(child, exception="farm")
    assert broken(shift, farm) == [RuleCode.PARENTAL_FORM]
    assert broken(shift, dataclasses.replace(farm, has_parental_form=True)) == []
    younger = dataclasses.replace(farm, birth=dt.date(2014, 1, 1), has_parental_form=True)
    assert broken(shift, younger) == [RuleCode.MINIMUM_AGE]
    assert broken(shift, dataclasses.replace(child, exception="anything")) == [RuleCode.MINIMUM_AGE]


def test_before_june_2023_a_consent_was_enough():
    shift = [Shift(dt.date(2023, 5, 27), dt.time(9), dt.time(11))]
    child = YoungWorker(birth=dt.date(2011, 1, 1))
    assert broken(shift, child) == [RuleCode.PARENTAL_FORM]
    assert broken(shift, dataclasses.replace(child, has_parental_form=True)) == []


def test_the_limits_of_hours_hold_for_children_of_13_too():
    child = YoungWorker(birth=dt.date(2012, 1, 1), calendar=CALENDAR, exception="family_business", has_parental_form=True)
    assert broken([hours(WED, 4), hours(FRI, 7)], child) == [RuleCode.WEEKDAY_HOURS]


def test_a_night_when_clocks_change_has_its_true_length():
    adult = Shift(dt.date(2026, 11, 1), dt.time(0), dt.time(4))  # the hour from 1 to 2 happens twice
    assert adult.minutes_by_day() == {dt.date(2026, 11, 1): 300}
    spring = Shift(dt.date(2026, 3, 7), dt.time(22), dt.time(4))
    assert spring.minutes_by_day() == {dt.date(2026, 3, 7): 120, dt.date(2026, 3, 8): 180}


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(1, 23)), max_size=6))
def test_no_schedule_is_too_strange_to_judge(drawn):
    shifts = [Shift(SUNDAY + day * DAY, dt.time(start), dt.time((start + length) % 24)) for day, start, length in drawn]
    total = sum(sum(shift.minutes_by_day().values()) for shift in shifts)
    found = {breach.rule.code for breach in check_week(shifts, PUPIL)}
    if total <= 10 * 60:
        assert not found & {RuleCode.WEEK_HOURS, RuleCode.WEEKDAY_HOURS}
    if any(start >= 23 or start < 6 for _, start, _ in drawn):
        assert RuleCode.NIGHT_WORK in found
