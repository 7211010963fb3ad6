from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.base.errors import ValueRefusedError
from tui.base.words import Words
from tui.films import dates, spoken
from tui.films.dates import UNDATED, ReleaseDate, first_key, from_key, parse, parse_day, parse_period, period_of

if TYPE_CHECKING:
    from collections.abc import Callable

ID, EN = Words("id"), Words("en")

YEARS = st.integers(1, 9999)
KNOWN = st.one_of(
    st.dates().map(lambda day: ReleaseDate(day.year, month=day.month, day=day.day)),
    st.builds(lambda year, month: ReleaseDate(year, month=month), YEARS, st.integers(1, 12)),
    st.builds(lambda year, quarter: ReleaseDate(year, quarter=quarter), YEARS, st.integers(1, 4)),
    YEARS.map(ReleaseDate),
)
# few years, so that two of them meet in one month, quarter or year
CLOSE = st.one_of(
    st.just(ReleaseDate()),
    st.dates(date(2027, 11, 1), date(2028, 4, 30)).map(lambda d: ReleaseDate(d.year, month=d.month, day=d.day)),
    st.builds(lambda year, month: ReleaseDate(year, month=month), st.integers(2027, 2028), st.integers(1, 12)),
    st.builds(lambda year, quarter: ReleaseDate(year, quarter=quarter), st.integers(2027, 2028), st.integers(1, 4)),
    st.integers(2027, 2028).map(ReleaseDate),
)


def refusal(value: str) -> ValueRefusedError:
    with pytest.raises(ValueRefusedError) as caught:
        parse(value)
    return caught.value


def in_calendar(known: ReleaseDate) -> tuple[date, int]:
    """Its place by the rule: on the last day that it could be, the less exact the later."""
    if known.year is None:
        return date.max, 4
    if known.exact:
        return known.exact, 0
    last = known.month or (known.quarter or 4) * 3
    end = date.max if (known.year, last) == (9999, 12) else date(known.year + last // 12, last % 12 + 1, 1)
    return end - timedelta(0 if end == date.max else 1), 1 if known.month else 2 if known.quarter else 3


# read


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2026-01-07", ReleaseDate(2026, month=1, day=7)),
        ("2024-02-29", ReleaseDate(2024, month=2, day=29)),
        ("0001-01-01", ReleaseDate(1, month=1, day=1)),
        ("9999-12-31", ReleaseDate(9999, month=12, day=31)),
        ("2026-01", ReleaseDate(2026, month=1)),
        ("2026-Q1", ReleaseDate(2026, quarter=1)),
        ("2026-Q4", ReleaseDate(2026, quarter=4)),
        ("2026", ReleaseDate(2026)),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(written: str, known: ReleaseDate) -> None:
    assert parse(written) == known
    assert str(parse(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "", "-", "~", "besok", "0000", "0000-01-01", "0000-Q1", "-2026", "12026", "26", "26-1-7", "2026-1", "2026-1-7",
        "2026-01-7", "2026-Q0", "2026-Q5", "2026-q1", "2026Q1", "2026-Q1-01", "2026-W02", "2026-", "2026-01-",
        "2026/01/07", "20260107", "07-01-2026", "7 Januari 2026", "2026-01-07T00:00", "2026-01-07Z", " 2026", "2026 ",
        "2026\n", "2026-01-07\n", "٢٠٢٦", "٢٠٢٦-٠١-٠٧", "2026-٠١", "２０２６", "2026-Q１",
    ],
)  # fmt: skip
def test_another_form_is_refused_with_the_forms_there_are(written: str) -> None:
    text = refusal(written).message
    assert "write 2026-01-07, 2026-01, 2026-Q1 or 2026, or leave it out" in text.text(EN)
    assert "tulis 2026-01-07, 2026-01, 2026-Q1, atau 2026, atau kosongkan" in text.text(ID)


@pytest.mark.parametrize(
    "written",
    ["2026-13", "2026-00", "2026-02-30", "2025-02-29", "1900-02-29", "2026-04-31", "2026-01-00", "2026-01-32"],
)
def test_a_day_or_month_that_does_not_exist_is_refused_by_its_name(written: str) -> None:
    text = refusal(written).message
    assert text.text(EN) == f"“{written}” is not in the calendar; check the day and the month"
    assert text.text(ID) == f"“{written}” tidak ada di kalender; periksa hari dan bulannya"


def test_a_day_is_a_whole_date() -> None:
    assert parse_day("2026-01-07") == date(2026, 1, 7)


@pytest.mark.parametrize("written", ["2026-01", "2026-Q1", "2026", "", "besok", "2026-02-30"])
def test_less_than_a_day_is_no_day(written: str) -> None:
    with pytest.raises(ValueRefusedError) as caught:
        parse_day(written)
    assert caught.value.message.text(EN) == f"“{written}” is not a day; write 2026-01-07"
    assert caught.value.message.text(ID) == f"“{written}” bukan tanggal lengkap; tulis 2026-01-07"


@pytest.mark.parametrize("written", ["2026-01", "2026-Q1", "2026"])
def test_a_period_is_read_as_its_key(written: str) -> None:
    assert parse_period(written) == parse(written).key == period_of(parse(written).key)


@pytest.mark.parametrize("written", ["2026-01-07", "2026-13", "", "Januari"])
def test_a_day_is_no_period(written: str) -> None:
    with pytest.raises(ValueRefusedError) as caught:
        parse_period(written)
    assert caught.value.message.text(EN) == f"“{written}” is not a month; write 2026-01"
    assert caught.value.message.text(ID) == f"“{written}” bukan bulan; tulis 2026-01"


@pytest.mark.parametrize("read", [parse, parse_day, parse_period])
@pytest.mark.parametrize("foreign", ["\x1b]52;c;aGk=\x07", "\x9b31m", "2026\u202e10", "2026\n\nx"], ids=ascii)
def test_a_refusal_repeats_foreign_text_without_its_controls(read: Callable[[str], object], foreign: str) -> None:
    with pytest.raises(ValueRefusedError) as caught:
        read(foreign)
    assert caught.value.message.text(ID).isprintable()


@given(KNOWN)
@settings(deadline=None)
def test_a_date_is_read_back_as_it_was_written(known: ReleaseDate) -> None:
    assert parse(str(known)) == known


def test_no_date_is_written_as_nothing() -> None:
    assert str(ReleaseDate()) == ""


@given(st.dates())
@settings(deadline=None)
def test_only_a_whole_date_is_exact(day: date) -> None:
    assert parse(day.isoformat()).exact == day
    assert parse(day.isoformat()[:7]).exact is None
    assert parse(day.isoformat()[:4]).exact is None


# order


@given(KNOWN | st.just(ReleaseDate()))
@settings(deadline=None)
def test_a_key_tells_its_date(known: ReleaseDate) -> None:
    assert from_key(known.key) == known
    assert known.key < 2**27


@given(CLOSE | KNOWN, CLOSE | KNOWN)
@settings(deadline=None)
def test_keys_stand_as_in_the_calendar(one: ReleaseDate, other: ReleaseDate) -> None:
    assert (one.key < other.key) == (in_calendar(one) < in_calendar(other))
    assert (one.key == other.key) == (one == other)


def test_what_is_less_exact_stands_behind_what_it_could_be() -> None:
    in_order = [
        "2025-12-31", "2025-12", "2025-Q4", "2025",
        "2026-01-01", "2026-01-31", "2026-01", "2026-02-28", "2026-02", "2026-03-31", "2026-03", "2026-Q1",
        "2026-04-01", "2026-04", "2026-Q2", "2026-09", "2026-Q3", "2026-12-31", "2026-12", "2026-Q4", "2026",
        "2027-01-01", "9999-12-31", "9999",
    ]  # fmt: skip
    keys = [*(parse(written).key for written in in_order), UNDATED]
    assert keys == sorted(set(keys))


@given(CLOSE, CLOSE)
@settings(deadline=None)
def test_a_period_holds_the_keys_from_its_first_to_itself(one: ReleaseDate, other: ReleaseDate) -> None:
    period = one.period
    assert first_key(period) <= one.key <= period
    assert (other.period == period) == (first_key(period) <= other.key <= period)


@pytest.mark.parametrize(
    ("written", "period"),
    [("2026-01-07", "2026-01"), ("2026-01", "2026-01"), ("2026-Q1", "2026-Q1"), ("2026", "2026")],
)
def test_a_day_stands_in_its_month_and_the_rest_in_itself(written: str, period: str) -> None:
    assert parse(written).period == period_of(parse(written).key) == parse(period).key


def test_no_date_is_a_period_of_its_own() -> None:
    assert ReleaseDate().key == ReleaseDate().period == first_key(UNDATED) == UNDATED


@given(st.dates())
@settings(deadline=None)
def test_the_key_of_a_day_is_its_date_s_key(day: date) -> None:
    assert dates.key_of(day) == parse(day.isoformat()).key


# words


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        ("2026-01-07", "Rabu, 7 Januari 2026", "Wednesday, 7 January 2026"),
        ("2025-12-24", "Rabu, 24 Desember 2025", "Wednesday, 24 December 2025"),
        ("2024-02-29", "Kamis, 29 Februari 2024", "Thursday, 29 February 2024"),
        ("2026-03-20", "Jumat, 20 Maret 2026", "Friday, 20 March 2026"),
        ("2026-08-16", "Minggu, 16 Agustus 2026", "Sunday, 16 August 2026"),
        ("2026-01", "Januari 2026", "January 2026"),
        ("2026-Q1", "Triwulan I 2026", "1st quarter 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_date_in_full(written: str, indonesian: str, english: str) -> None:
    assert spoken.full(parse(written), ID) == indonesian
    assert spoken.full(parse(written), EN) == english


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        ("2026-01-07", "7 Jan 2026", "7 Jan 2026"),
        ("2026-05-01", "1 Mei 2026", "1 May 2026"),
        ("2026-08-17", "17 Agu 2026", "17 Aug 2026"),
        ("2026-01", "Jan 2026", "Jan 2026"),
        ("2026-Q1", "TW I 2026", "Q1 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_date_in_short(written: str, indonesian: str, english: str) -> None:
    assert spoken.medium(parse(written), ID) == indonesian
    assert spoken.medium(parse(written), EN) == english


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        ("2025-12", "Des 2025", "Dec 2025"),
        ("2026-10", "Okt 2026", "Oct 2026"),
        ("2026-Q4", "TW IV 2026", "Q4 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_period_s_short_name(written: str, indonesian: str, english: str) -> None:
    assert spoken.brief(parse(written).key, ID) == indonesian
    assert spoken.brief(parse(written).key, EN) == english


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [("2025-12", "Desember 2025", "December 2025"), ("2026-Q2", "Triwulan II 2026", "2nd quarter 2026")],
)
def test_a_period_s_name(written: str, indonesian: str, english: str) -> None:
    assert spoken.period(parse(written).key, ID) == indonesian
    assert spoken.period(parse(written).key, EN) == english


def test_no_date_has_words_too() -> None:
    undated = ReleaseDate()
    assert {spoken.full(undated, ID), spoken.medium(undated, ID), spoken.brief(UNDATED, ID)} == {"Belum ada tanggal"}
    assert {spoken.full(undated, EN), spoken.medium(undated, EN), spoken.brief(UNDATED, EN)} == {"No date yet"}


@pytest.mark.parametrize(
    ("words", "names"),
    [(ID, ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]), (EN, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])],
    ids=["id", "en"],
)
def test_the_days_of_a_week_have_their_short_names(words: Words, names: list[str]) -> None:
    monday = date(2026, 1, 5)
    assert [spoken.weekday(monday + timedelta(days), words) for days in range(7)] == names


@pytest.mark.parametrize(
    ("days", "indonesian", "english"),
    [
        (-1000, "1.000 hari yang lalu", "1,000 days ago"),
        (-5, "5 hari yang lalu", "5 days ago"),
        (-2, "2 hari yang lalu", "2 days ago"),
        (-1, "kemarin", "yesterday"),
        (0, "hari ini", "today"),
        (1, "besok", "tomorrow"),
        (2, "lusa", "the day after tomorrow"),
        (3, "3 hari lagi", "in 3 days"),
        (14, "14 hari lagi", "in 14 days"),
        (1000, "1.000 hari lagi", "in 1,000 days"),
    ],
)
def test_days_are_counted_from_today(days: int, indonesian: str, english: str) -> None:
    today = date(2026, 6, 15)
    assert spoken.countdown(today + timedelta(days), today, ID) == indonesian
    assert spoken.countdown(today + timedelta(days), today, EN) == english


@pytest.mark.parametrize(
    ("day", "today", "indonesian"),
    [
        ("2026-01-01", "2025-12-31", "besok"),
        ("2026-01-01", "2025-12-30", "lusa"),
        ("2025-12-31", "2026-01-01", "kemarin"),
        ("2026-01-07", "2025-12-24", "14 hari lagi"),
        ("2024-02-29", "2024-02-28", "besok"),
        ("2024-03-01", "2024-02-28", "lusa"),
        ("2025-03-01", "2025-02-28", "besok"),
        ("2024-02-28", "2024-03-04", "5 hari yang lalu"),
        ("2025-02-28", "2025-03-04", "4 hari yang lalu"),
        ("2025-02-28", "2024-02-29", "365 hari lagi"),
    ],
)
def test_days_are_counted_over_year_ends_and_leap_days(day: str, today: str, indonesian: str) -> None:
    assert spoken.countdown(date.fromisoformat(day), date.fromisoformat(today), ID) == indonesian


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1.000", "1,000"),
        (1_000_000, "1.000.000", "1,000,000"),
        (-1000, "-1.000", "-1,000"),
    ],
)
def test_a_number_is_grouped_as_the_language_does(number: int, indonesian: str, english: str) -> None:
    assert ID.number(number) == indonesian
    assert EN.number(number) == english


def test_a_language_that_the_program_does_not_speak_is_refused_with_those_it_does() -> None:
    with pytest.raises(ValueRefusedError) as caught:
        Words("xx")
    assert caught.value.message.text(EN) == "unknown language “xx”; write id or en"
    assert caught.value.message.text(ID) == "bahasa “xx” tidak dikenal; tulis id atau en"


def test_a_refused_language_is_repeated_without_its_controls() -> None:
    with pytest.raises(ValueRefusedError) as caught:
        Words("\x1b[31m")
    assert caught.value.message.text(EN).isprintable()
