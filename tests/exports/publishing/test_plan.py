"""What publishing decides to do, and what it leaves alone, without any server."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.publishing.events import event, foreign
from tui.exports.publishing.objects import Object, Wrote, read
from tui.exports.publishing.plan import (
    CREATE,
    DELETE,
    EDITED,
    FOREIGN,
    HELD,
    LEFT,
    MOVE,
    REMOVED,
    UNKNOWN,
    UPDATE,
    Plan,
    planned,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.exports.ics import Event


class Shelf:
    """A calendar as a plan changes it, and what a machine remembers of it."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.made: dict[str, Wrote] = {}

    def plan(self, events: Iterable[Event], **how: bool) -> Plan:
        objects = {href: read(f'"{hash(text)}"', text) for href, text in self.texts.items()}
        return planned(events, objects, self.made, {}, **how)

    def publish(self, *events: Event, **how: bool) -> Plan:
        plan = self.plan(events, **how)
        self.made.update(plan.same)
        for step in plan.steps:
            if step.kind == DELETE:
                del self.texts[step.href]
                self.made.pop(step.uid, None)
            else:
                assert step.wrote is not None
                assert (step.href in self.texts) is (step.kind != CREATE)
                self.texts[step.href or f"/{step.uid}.ics"] = step.text.decode()
                self.made[step.uid] = step.wrote
        return plan

    def edit(self, film: str, old: str, new: str) -> None:
        (href,) = [href for href, text in self.texts.items() if f"X-FILMTUI-ID:{film}\r\n" in text]
        assert old in self.texts[href]
        self.texts[href] = self.texts[href].replace(old, new)


def kinds(plan: Plan) -> list[str]:
    return [step.kind for step in plan.steps] + [one.why for one in plan.kept]


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    made.publish(event("kuyank"), event("dusun", "2026-01-15"))
    return made


def test_a_second_time_there_is_nothing_to_do(shelf: Shelf) -> None:
    plan = shelf.publish(event("kuyank"), event("dusun", "2026-01-15"))
    assert (plan.steps, plan.kept, len(plan.same)) == ((), (), 2)


def test_a_film_that_moves_is_moved_once(shelf: Shelf) -> None:
    moved = event("kuyank", "2026-02-05", sequence=1), event("dusun", "2026-01-15")
    (step,) = shelf.publish(*moved).steps
    assert (step.kind, step.before, step.day) == (MOVE, "2026-01-07", "2026-02-05")
    assert kinds(shelf.publish(*moved)) == []
    assert sum("UID:kuyank" in text for text in shelf.texts.values()) == 1


def test_a_new_synopsis_changes_the_event(shelf: Shelf) -> None:
    assert kinds(shelf.publish(event("kuyank", about="Baru"), event("dusun", "2026-01-15"))) == [UPDATE]


def test_what_is_not_selected_any_more_goes(shelf: Shelf) -> None:
    (step,) = shelf.publish(event("kuyank")).steps
    assert (step.kind, step.uid, step.day) == (DELETE, "dusun.ID.theatrical@filmtui", "2026-01-15")
    assert len(shelf.texts) == 1


def test_another_sequence_alone_is_no_change(shelf: Shelf) -> None:
    """Two machines count the changes of an event each by itself."""
    assert kinds(shelf.publish(event("kuyank", sequence=5), event("dusun", "2026-01-15", sequence=9))) == []


# what people do there


def test_what_a_person_changed_stays_until_the_day_changes(shelf: Shelf) -> None:
    shelf.edit("kuyank", "SUMMARY:Kuyank", "SUMMARY:Kuyank bareng Sari")
    assert kinds(shelf.publish(event("kuyank"), event("dusun", "2026-01-15"))) == [EDITED]
    assert kinds(shelf.publish(event("kuyank", about="Baru"), event("dusun", "2026-01-15"))) == [EDITED]
    assert any("bareng Sari" in text for text in shelf.texts.values())
    (step,) = shelf.publish(event("kuyank", "2026-03-01"), event("dusun", "2026-01-15")).steps
    assert (step.kind, step.over) == (MOVE, True)


def test_what_a_person_changed_stays_until_the_status_changes(shelf: Shelf) -> None:
    shelf.edit("kuyank", "SUMMARY:Kuyank", "SUMMARY:Kuyank bareng Sari")
    (step,) = shelf.publish(event("kuyank", status="cancelled"), event("dusun", "2026-01-15")).steps
    assert (step.kind, step.over) == (UPDATE, True)


def test_what_a_person_changed_is_known_without_a_memory(shelf: Shelf) -> None:
    shelf.edit("kuyank", "SUMMARY:Kuyank", "SUMMARY:Kuyank bareng Sari")
    shelf.made.clear()
    assert kinds(shelf.publish(event("kuyank", about="Baru"), event("dusun", "2026-01-15"))) == [EDITED]


def test_what_a_person_deleted_stays_away_until_the_day_changes(shelf: Shelf) -> None:
    shelf.publish(event("kuyank"), event("dusun", "2026-01-15"))
    del shelf.texts["/kuyank.ID.theatrical@filmtui.ics"]
    assert kinds(shelf.publish(event("kuyank"), event("dusun", "2026-01-15"))) == [REMOVED]
    assert kinds(shelf.publish(event("kuyank", "2026-01-08"), event("dusun", "2026-01-15"))) == [CREATE]


def test_a_calendar_that_was_emptied_is_filled_again() -> None:
    shelf = Shelf()
    films = [event(name) for name in ("satu", "dua", "tiga")]
    shelf.publish(*films)
    shelf.texts.clear()
    assert kinds(shelf.publish(*films)) == [CREATE] * 3


def test_on_request_people_s_changes_are_taken_back(shelf: Shelf) -> None:
    shelf.edit("kuyank", "SUMMARY:Kuyank", "SUMMARY:Kuyank bareng Sari")
    del shelf.texts["/dusun.ID.theatrical@filmtui.ics"]
    plan = shelf.publish(event("kuyank"), event("dusun", "2026-01-15"), overwrite=True)
    assert kinds(plan) == [UPDATE, CREATE]
    assert kinds(shelf.publish(event("kuyank"), event("dusun", "2026-01-15"))) == []


def test_what_a_person_changed_stays_also_when_it_is_not_selected_any_more(shelf: Shelf) -> None:
    shelf.edit("dusun", "SUMMARY:Dusun", "SUMMARY:Dusun, tiket sudah ada")
    assert kinds(shelf.publish(event("kuyank"))) == [LEFT]
    assert kinds(shelf.publish(event("kuyank"), overwrite=True)) == [DELETE]


# others


def test_a_foreign_event_of_the_same_uid_is_not_touched(shelf: Shelf) -> None:
    shelf.texts["/theirs.ics"] = foreign(event("hantu").uid)
    plan = shelf.publish(event("kuyank"), event("dusun", "2026-01-15"), event("hantu"))
    assert kinds(plan) == [FOREIGN]
    assert shelf.texts["/theirs.ics"] == foreign(event("hantu").uid)


def test_what_another_machine_publishes_is_neither_doubled_nor_deleted(shelf: Shelf) -> None:
    other = Shelf()
    other.texts = shelf.texts
    assert kinds(other.publish(event("kuyank"))) == [UNKNOWN]
    assert len(other.texts) == 2
    assert kinds(other.publish(event("kuyank"), prune=True)) == [DELETE]


def test_without_a_memory_a_film_that_moved_is_moved(shelf: Shelf) -> None:
    shelf.made.clear()
    (step,) = shelf.publish(event("kuyank", "2026-02-05"), event("dusun", "2026-01-15")).steps
    assert (step.kind, step.before) == (MOVE, "2026-01-07")


def test_nothing_is_deleted_where_the_catalog_could_not_be_read_or_nothing_is_selected(shelf: Shelf) -> None:
    assert kinds(shelf.publish(event("kuyank"), sound=False)) == [HELD]
    assert kinds(shelf.publish()) == [HELD, HELD]
    assert len(shelf.texts) == 2


def test_an_uid_that_is_given_twice_is_published_once() -> None:
    assert kinds(Shelf().publish(event("kuyank"), event("kuyank", "2026-02-05"))) == [CREATE]


# for all of it

FILMS = st.builds(
    event,
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(["2026-01-07", "2026-02-05"]),
    title=st.sampled_from(["", "Judul"]),
    status=st.sampled_from(["confirmed", "cancelled"]),
)
LISTS = st.lists(FILMS, max_size=5, unique_by=lambda one: one.uid)
FLAGS = st.fixed_dictionaries({}, optional={name: st.booleans() for name in ("overwrite", "prune", "sound")})
DEEDS = st.lists(
    st.tuples(st.sampled_from(["publish", "edit", "delete", "foreign", "forget"]), LISTS, st.integers(0, 5), FLAGS),
    max_size=8,
)


@given(DEEDS, LISTS, FLAGS)
def test_publishing_twice_is_publishing_once_and_leaves_the_others_alone(
    deeds: list[tuple[str, list[Event], int, dict[str, bool]]], last: list[Event], how: dict[str, bool]
) -> None:
    shelf = Shelf()
    theirs: dict[str, str] = {}
    for deed, events, number, flags in deeds:
        names = sorted(set(shelf.texts) - set(theirs))
        if deed == "publish":
            shelf.publish(*events, **flags)
        elif deed == "forget":
            shelf.made = {}
        elif deed == "foreign":
            href = f"/theirs{number}.ics"
            theirs[href] = shelf.texts[href] = foreign(event("abcd"[number % 4]).uid)
        elif names:
            name = names[number % len(names)]
            if deed == "edit":
                shelf.texts[name] = shelf.texts[name].replace("SUMMARY:", "SUMMARY:Aku: ", 1)
            else:
                del shelf.texts[name]
    shelf.publish(*last, **how)
    after = dict(shelf.texts)
    plan = shelf.plan(last, **{**how, "overwrite": False})
    assert plan.steps == ()
    assert {href: shelf.texts.get(href) for href in theirs} == theirs
    shelf.publish(*last, **how)
    assert shelf.texts == after
    uids = [read("", text).uid for href, text in shelf.texts.items() if href not in theirs]
    assert len(uids) == len(set(uids))


def test_a_duplicate_that_somebody_made_is_left_alone(shelf: Shelf) -> None:
    """A copy by a phone keeps our properties, with a UID of its own."""
    text = shelf.texts["/kuyank.ID.theatrical@filmtui.ics"]
    shelf.texts["/copy.ics"] = text.replace("UID:kuyank.ID.theatrical@filmtui", "UID:copy@phone")
    assert kinds(shelf.publish(event("kuyank"), event("dusun", "2026-01-15"))) == [UNKNOWN]


def test_what_a_server_makes_of_an_event_is_no_edit() -> None:
    one = event("kuyank")
    shelf = Shelf()
    shelf.publish(one)
    (href,) = shelf.texts
    there = read('"1"', shelf.texts[href].replace("TRANSP:TRANSPARENT\r\n", ""))
    changed = replace(one, text=one.text.replace(b"SUMMARY:Kuyank", b"SUMMARY:Kuyank 2"))
    objects: dict[str, Object] = {href: there}
    assert kinds(planned([changed], objects, shelf.made, {})) == [EDITED]
    assert kinds(planned([changed], objects, shelf.made, {one.uid: there.digest})) == [UPDATE]
    assert kinds(planned([one], objects, shelf.made, {one.uid: there.digest})) == []
