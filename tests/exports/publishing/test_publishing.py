"""Publishing into a real calendar: once, again, after changes on either side, and with the connection lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exports.publishing.events import event, foreign
from tests.net.radicale_server import CUT, LOST, PASSWORD, USER, Call, Fault, RadicaleServer
from tui.base.words import Words
from tui.exports.publishing import telling
from tui.exports.publishing.plan import CREATE, DELETE, EDITED, FOREIGN, MOVE, REMOVED, UNKNOWN, UPDATE
from tui.exports.publishing.publishing import Outcome, Publishing
from tui.net.calendars import CalendarServer
from tui.net.client import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.exports.ics import Event

CALENDAR = "filmtui"
FILMS = [event("kuyank"), event("dusun", "2026-01-15"), event("hantu", "2026-01-22")]
EN = Words("en")


class Run:
    """A publishing that is over."""

    def __init__(self, publishing: Publishing, outcome: Outcome) -> None:
        self.publishing, self.outcome = publishing, outcome

    @property
    def kinds(self) -> list[str]:
        return [step.kind for step in self.outcome.done] + [one.why for one in self.publishing.plan.kept]

    @property
    def lines(self) -> list[str]:
        return list(telling.failed_lines(self.publishing, self.outcome, EN))


@pytest.fixture
def publish(radicale: RadicaleServer, tmp_path: Path) -> Callable[..., Run]:
    def run(events: list[Event], *, machine: str = "one", **how: bool) -> Run:
        limits = Limits(connect=2, read=5, pause=0.001, patience=0.05)
        with CalendarServer(radicale.address, USER, PASSWORD, limits=limits) as server:
            publishing = Publishing(server, tmp_path / machine, "Rilis film", named=False)
            publishing.prepare(events, **how)
            return Run(publishing, publishing.carry_out())

    return run


def put(radicale: RadicaleServer, name: str, text: str) -> None:
    status, _, _ = radicale.ask("PUT", f"/{USER}/{CALENDAR}/{name}", text, content_type="text/calendar")
    assert status in {201, 204}


def edit(radicale: RadicaleServer, film: str, old: str, new: str) -> None:
    name = f"{film}.ID.theatrical.ics"
    text = radicale.objects(CALENDAR)[name]
    assert old in text
    put(radicale, name, text.replace(old, new))


def test_the_first_time_makes_the_calendar_and_the_second_writes_nothing(
    radicale: RadicaleServer, publish: Callable[..., Run]
) -> None:
    assert publish(FILMS).kinds == [CREATE] * 3
    assert [call.headers.get("if-none-match") for call in radicale.calls if call.method == "PUT"] == ["*"] * 3
    assert len(radicale.objects(CALENDAR)) == 3
    radicale.writes()
    again = publish(FILMS)
    assert [call.method for call in radicale.calls if call.method == "REPORT"] == []
    assert (again.kinds, radicale.writes()) == ([], [])


def test_a_film_that_moves_is_moved_once_and_what_is_gone_is_deleted(
    radicale: RadicaleServer, publish: Callable[..., Run]
) -> None:
    publish(FILMS)
    radicale.writes()
    moved = [event("kuyank", "2026-02-05"), FILMS[1]]
    assert publish(moved).kinds == [MOVE, DELETE]
    assert all(call.headers.get("if-match") for call in radicale.calls if call.method in {"PUT", "DELETE"})
    assert len(radicale.writes()) == 2
    texts = radicale.objects(CALENDAR)
    assert sorted(texts) == ["dusun.ID.theatrical.ics", "kuyank.ID.theatrical.ics"]
    assert "DTSTART;VALUE=DATE:20260205" in texts["kuyank.ID.theatrical.ics"]
    publish(moved)
    assert radicale.writes() == []


def test_what_cannot_be_remembered_is_told_and_all_is_published(publish: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "one").write_text("a file", "utf-8")
    run = publish(FILMS)
    assert run.kinds == [CREATE] * 3
    assert run.lines == [f"what has changed could not be noted; check space and permissions in {tmp_path / 'one'}"]
    assert publish(FILMS).kinds == []


def test_what_was_remembered_can_be_lost(radicale: RadicaleServer, publish: Callable[..., Run], tmp_path: Path) -> None:
    publish(FILMS)
    radicale.writes()
    for path in (tmp_path / "one").iterdir():
        path.write_bytes(b"{damaged")
    assert publish([event("kuyank", "2026-02-05"), *FILMS[1:]]).kinds == [MOVE]
    assert len(radicale.writes()) == 1
    publish([event("kuyank", "2026-02-05"), *FILMS[1:]])
    assert radicale.writes() == []


def test_two_machines_do_not_double_nor_delete_what_the_other_publishes(
    radicale: RadicaleServer, publish: Callable[..., Run]
) -> None:
    publish(FILMS)
    radicale.writes()
    own = [event("kuyank", sequence=9), FILMS[1]]  # its own count of changes
    assert publish(own, machine="two").kinds == [UNKNOWN]
    assert radicale.writes() == []
    publish([event("kuyank", "2026-02-05"), *FILMS[1:]])
    assert publish([event("kuyank", "2026-02-05"), FILMS[1]], machine="two").kinds == [UNKNOWN]
    assert len(radicale.objects(CALENDAR)) == 3
    assert len(radicale.writes()) == 1


def test_people_s_own_events_are_not_touched(radicale: RadicaleServer, publish: Callable[..., Run]) -> None:
    publish(FILMS[:1])
    own = foreign("arisan@phone")
    same = foreign(FILMS[1].uid, "Dusun bareng keluarga")
    put(radicale, "arisan.ics", own)
    put(radicale, "same.ics", same)
    before = radicale.objects(CALENDAR)
    radicale.writes()
    run = publish(FILMS)
    assert run.kinds == [CREATE, FOREIGN]
    assert len(radicale.writes()) == 1
    after = radicale.objects(CALENDAR)
    assert {name: after[name] for name in before} == before
    (line,) = telling.kept_lines(run.publishing.news, EN)
    assert line == "Dusun: another event there has its UID, so it is not published"
    publish([], prune=True, overwrite=True)
    publish([event("lain")], prune=True, overwrite=True)
    assert {"arisan.ics", "same.ics"} < {*radicale.objects(CALENDAR)}


def test_what_people_changed_and_deleted_is_told_once(radicale: RadicaleServer, publish: Callable[..., Run]) -> None:
    publish(FILMS)
    edit(radicale, "kuyank", "SUMMARY:Kuyank", "SUMMARY:Kuyank bareng Sari")
    radicale.ask("DELETE", f"/{USER}/{CALENDAR}/dusun.ID.theatrical.ics")
    radicale.writes()
    run = publish([event("kuyank", about="Baru"), *FILMS[1:]])
    assert run.kinds == [EDITED, REMOVED]
    assert list(telling.kept_lines(run.publishing.news, EN)) == [
        "Kuyank: stays as it was changed there, until its date or status changes",
        "Dusun: stays away, as it was deleted there, until its date or status changes",
    ]
    again = publish([event("kuyank", about="Baru"), *FILMS[1:]])
    assert (again.kinds, again.publishing.news) == ([EDITED, REMOVED], ())
    assert radicale.writes() == []
    last = publish([event("kuyank", "2026-03-01"), event("dusun", "2026-03-02"), FILMS[2]])
    assert last.kinds == [MOVE, CREATE]
    assert list(telling.over_lines(last.outcome.done, EN)) == [
        "Kuyank: was changed there, and is now as the calendar has it"
    ]
    assert "SUMMARY:Kuyank\n" in radicale.objects(CALENDAR)["kuyank.ID.theatrical.ics"].replace("\r", "")


@pytest.mark.parametrize("fault", [CUT, LOST], ids=["before", "behind"])
def test_a_connection_that_is_lost_in_the_middle_is_taken_up_again(
    radicale: RadicaleServer, publish: Callable[..., Run], fault: Fault
) -> None:
    films = [event(f"film{number}") for number in range(8)]
    radicale.fault = lambda call: fault if "film5" in call.path else None
    run = publish(films)
    assert len(run.outcome.done) == 5
    assert run.lines == [
        "publish: the answer of 127.0.0.1 breaks off or is damaged; try again later",
        "5 of 8 are done; the next publish goes on from there",
    ]
    assert len(radicale.objects(CALENDAR)) == (6 if fault is LOST else 5)
    radicale.fault = lambda call: None
    radicale.writes()
    publish(films)
    assert len(radicale.writes()) == (2 if fault is LOST else 3)
    publish(films)
    assert radicale.writes() == []
    assert len(radicale.objects(CALENDAR)) == 8


def test_a_calendar_that_may_not_be_written_ends_it_at_once(
    radicale: RadicaleServer, publish: Callable[..., Run]
) -> None:
    publish(FILMS[:1])
    radicale.fault = lambda call: Fault(403) if call.method == "PUT" else None
    radicale.writes()
    run = publish(FILMS)
    assert run.lines[0] == "publish: this user may not write into the calendar (HTTP 403); ask for that right"
    assert run.lines[1].startswith("0 of 2 are done")
    assert len(radicale.writes()) == 1


def test_what_is_changed_there_in_between_is_left_and_looked_at_again(
    radicale: RadicaleServer, publish: Callable[..., Run]
) -> None:
    publish(FILMS)

    def meddle(call: Call) -> None:
        if call.method == "PUT" and "kuyank" in call.path:
            radicale.fault = lambda call: None
            edit(radicale, "kuyank", "SUMMARY:Kuyank", "SUMMARY:Kuyank bareng Sari")

    radicale.fault = meddle
    newer = [event("kuyank", "2026-02-05"), event("dusun", "2026-02-06"), FILMS[2]]
    run = publish(newer)
    assert run.kinds == [MOVE]
    assert run.lines == ["Kuyank: it was changed there in between; the next publish looks again"]
    assert "bareng Sari" in radicale.objects(CALENDAR)["kuyank.ID.theatrical.ics"]
    assert publish(newer).kinds == [MOVE]


def test_one_event_that_the_server_refuses_does_not_keep_the_others(
    radicale: RadicaleServer, publish: Callable[..., Run]
) -> None:
    radicale.fault = lambda call: Fault(415) if call.method == "PUT" and "dusun" in call.path else None
    run = publish(FILMS)
    assert run.kinds == [CREATE, CREATE]
    assert run.lines == ["Dusun: the server does not take it (HTTP 415)"]


def test_a_server_that_refuses_one_after_the_other_is_not_asked_for_all(
    radicale: RadicaleServer, publish: Callable[..., Run]
) -> None:
    radicale.fault = lambda call: Fault(500) if call.method == "PUT" else None
    run = publish([event(f"film{number}") for number in range(20)])
    assert len([line for line in radicale.writes() if line.startswith("PUT")]) == 3
    assert run.lines[-1] == "0 of 20 are done; the next publish goes on from there"


def test_a_server_that_tells_no_etag_is_asked_for_it(radicale: RadicaleServer, publish: Callable[..., Run]) -> None:
    radicale.etagless = True
    assert publish(FILMS).kinds == [CREATE] * 3
    assert [call.method for call in radicale.calls][-1] == "REPORT"
    radicale.writes()
    again = publish(FILMS)
    assert [call.method for call in radicale.calls if call.method == "REPORT"] == []
    assert (again.kinds, radicale.writes()) == ([], [])
    assert publish([event("kuyank", about="Baru"), *FILMS[1:]]).kinds == [UPDATE]


def test_a_server_that_makes_something_else_of_it_is_understood(
    radicale: RadicaleServer, publish: Callable[..., Run]
) -> None:
    """Without an ETag, as it has to then: what it stores is read back, and is no edit of a person."""
    run_before = radicale.run

    def without_transp(call: Call, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        return run_before(call, path, body.replace(b"TRANSP:TRANSPARENT\r\n", b"") if call.method == "PUT" else body)

    radicale.run = without_transp  # type: ignore[method-assign]
    radicale.etagless = True
    publish(FILMS)
    radicale.writes()
    assert publish(FILMS).kinds == []
    assert radicale.writes() == []
    assert publish([event("kuyank", about="Baru"), *FILMS[1:]]).kinds == [UPDATE]
    edit(radicale, "kuyank", "SUMMARY:Kuyank", "SUMMARY:Kuyank bareng Sari")
    assert publish([event("kuyank", about="Lagi"), *FILMS[1:]]).kinds == [EDITED]


def test_a_dry_run_writes_nothing(radicale: RadicaleServer, tmp_path: Path) -> None:
    with CalendarServer(radicale.address, USER, PASSWORD) as server:
        publishing = Publishing(server, tmp_path / "one", "Rilis film", named=False)
        plan = publishing.prepare(FILMS)
    assert plan.count(CREATE) == 3
    assert radicale.writes() == []
    assert not (tmp_path / "one").exists()
    assert telling.outlook(publishing, "example.org", EN) == "Calendar “Rilis film” will be made in example.org: 3 new"


def test_a_calendar_that_was_deleted_there_is_made_again(radicale: RadicaleServer, publish: Callable[..., Run]) -> None:
    publish(FILMS)
    radicale.ask("DELETE", f"/{USER}/{CALENDAR}/")
    assert publish(FILMS).kinds == [CREATE] * 3
    assert len(radicale.objects(CALENDAR)) == 3


def test_it_is_told_how_far_it_is(radicale: RadicaleServer, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with CalendarServer(radicale.address, USER, PASSWORD) as server:
        publishing = Publishing(server, None, "Rilis film", named=False)
        publishing.prepare(FILMS)
        publishing.carry_out(lambda done, of: told.append((done, of)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_publishing_that_is_interrupted_has_remembered_what_it_did(
    radicale: RadicaleServer, publish: Callable[..., Run], tmp_path: Path
) -> None:
    def interrupt(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with CalendarServer(radicale.address, USER, PASSWORD) as server:
        publishing = Publishing(server, tmp_path / "one", "Rilis film", named=False)
        publishing.prepare(FILMS)
        with pytest.raises(KeyboardInterrupt):
            publishing.carry_out(interrupt)
    radicale.writes()
    assert publish(FILMS).kinds == [CREATE]
    assert not [call for call in radicale.calls if call.method == "REPORT"]
