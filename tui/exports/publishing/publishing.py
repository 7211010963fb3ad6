"""Publishes events into a calendar: looks what is there, says what it would do, and does it step by step."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from tui.base.errors import FilmtuiError
from tui.exports.ics import COLOUR
from tui.exports.publishing.memory import Memory, recalled, remember
from tui.exports.publishing.objects import Object, read, sequence_of
from tui.exports.publishing.plan import DELETE, REMOVED, LeftAlone, Plan, Step, planned
from tui.net.calendars import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tui.base.errors import Message
    from tui.exports.ics import Event
    from tui.net.calendars import Calendar, CalendarServer

_FOLDER = "filmtui"
"""The last part of the address of the calendar that nobody has named: it is called by each language otherwise."""

_KEPT_EACH = 50
"""Steps after which what was done is written down."""
_PATIENCE = 3
"""Refusals one after the other at which the rest is not tried: then it is not about one event."""


class Failed(NamedTuple):
    """A step that the server refused."""

    step: Step
    why: Message


class Outcome(NamedTuple):
    """What came of it."""

    done: tuple[Step, ...]
    failed: tuple[Failed, ...]
    stopped: Message | None
    """Why the rest was not tried."""


class Publishing:
    """One publishing. The server is the caller's to close."""

    def __init__(self, server: CalendarServer, folder: Path | None, name: str, *, named: bool) -> None:
        """`folder`: of what is remembered, `Places.published`. `name`: of the calendar; `named` by the user."""
        self._server, self._folder = server, folder
        self.name, self._named = name, named
        self.calendar: Calendar | None = None
        """None before `prepare`, and where it is still to be made."""
        self._memory = Memory("")
        self.plan = Plan((), (), {})
        self.news: tuple[LeftAlone, ...] = ()
        """What is left alone, and was not told the last time."""
        self.unnoted: Path | None = None
        """The folder in which it could not be kept what was done; the next publishing reads the calendar whole then."""
        self.seconds = 0.0
        """That asking and writing took until now."""

    def prepare(
        self, events: Iterable[Event], *, overwrite: bool = False, prune: bool = False, sound: bool = True
    ) -> Plan:
        """What has to be done, see `planned`. Nothing is written, here or there. Raises FetchError, CancelledError."""
        begun = time.monotonic()
        self.calendar = calendar = self._server.find(self.name, "" if self._named else _FOLDER)
        if calendar is not None:
            self.name = calendar.name
            self._memory = recalled(self._folder, calendar.url)
            self._look(calendar)
        memory = self._memory
        self.plan = planned(
            events, memory.objects, memory.made, memory.stored, overwrite=overwrite, prune=prune, sound=sound
        )
        self.seconds += time.monotonic() - begun
        told = {*memory.told}
        self.news = tuple(one for one in self.plan.kept if _told(one) not in told)
        return self.plan

    def _look(self, calendar: Calendar) -> None:
        """What is there now: what has the ETag that is remembered is not read again."""
        etags, known = calendar.etags(), self._memory.objects
        objects = {
            href: known[href] for href, etag in etags.items() if etag and href in known and known[href].etag == etag
        }
        for found in calendar.read(href for href in etags if href not in objects):
            if found.href in etags:
                object_ = read(found.etag or etags[found.href], found.text)
                objects[found.href] = object_
                if object_.etag and object_.film and found.href in known and not known[found.href].etag:
                    self._memory.stored[object_.uid] = object_.digest  # a publishing broke off before `_read_back`
        self._memory.objects = objects

    def carry_out(self, tell: Callable[[int, int], None] = lambda done, of: None) -> Outcome:
        """Do what was prepared. What was done is remembered, also where the rest could not be. Raises nothing."""
        memory, done, failed, stopped = self._memory, list[Step](), list[Failed](), None
        begun = time.monotonic()
        there = {found.uid for found in memory.objects.values() if found.film}
        there |= {one.uid for one in self.plan.kept if one.why == REMOVED}
        memory.made = {uid: wrote for uid, wrote in memory.made.items() if uid in there} | self.plan.same
        memory.stored = {uid: digest for uid, digest in memory.stored.items() if uid in there}
        in_a_row = 0
        try:
            calendar = self._made()
            for number, step in enumerate(self.plan.steps):
                tell(number, len(self.plan.steps))
                try:
                    self._do(calendar, step)
                except RefusedError as error:
                    failed.append(Failed(step, error.message))
                    in_a_row += 1
                    if in_a_row >= _PATIENCE:
                        stopped = error.message
                        break
                else:
                    done.append(step)
                    in_a_row = 0
                if (number + 1) % _KEPT_EACH == 0:
                    self._keep()
            self._read_back(calendar)
        except FilmtuiError as error:
            stopped = error.message
        except KeyboardInterrupt:
            self._keep()
            raise
        tell(len(self.plan.steps), len(self.plan.steps))
        self.seconds += time.monotonic() - begun
        memory.told = [_told(one) for one in self.plan.kept]
        self._keep()
        return Outcome(tuple(done), tuple(failed), stopped)

    def _keep(self) -> None:
        if self._memory.url:
            try:
                remember(self._folder, self._memory)
            except OSError:
                self.unnoted = self._folder

    @property
    def requests(self) -> int:
        """How many were sent until now."""
        return self._server.requests

    def _made(self) -> Calendar:
        if self.calendar is None:
            self.calendar = self._server.make(self.name, COLOUR)
            self._memory.url = self.calendar.url
        return self.calendar

    def _do(self, calendar: Calendar, step: Step) -> None:
        memory = self._memory
        if step.kind == DELETE:
            calendar.delete(step.href, step.etag)
            del memory.objects[step.href]
            memory.made.pop(step.uid, None)
            memory.stored.pop(step.uid, None)
            return
        assert step.wrote is not None
        if step.href:
            href, etag = step.href, calendar.update(step.href, step.etag, step.text)
        else:
            href, etag = calendar.create(step.uid, step.text)
        memory.objects[href] = Object(
            etag, step.uid, step.film, step.wrote.digest, step.wrote, sequence_of(step.text), step.title
        )
        memory.made[step.uid] = step.wrote
        memory.stored.pop(step.uid, None)

    def _read_back(self, calendar: Calendar) -> None:
        """What was written where the server has told no ETag: it may have made something else of it."""
        memory = self._memory
        for found in calendar.read([href for href, known in memory.objects.items() if known.film and not known.etag]):
            object_ = read(found.etag, found.text)
            if found.href in memory.objects and object_.uid in memory.made:
                memory.objects[found.href] = object_
                if object_.digest != memory.made[object_.uid].digest:
                    memory.stored[object_.uid] = object_.digest


def _told(kept: LeftAlone) -> str:
    return f"{kept.why} {kept.uid} {kept.token}"
