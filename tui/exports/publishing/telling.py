"""What a publishing does, and what came of it, in the user's words and as a record for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.base.reasons import not_noted
from tui.base.text import clean
from tui.base.words import N_
from tui.exports.publishing.plan import CREATE, DELETE, MOVE, UNKNOWN, UPDATE, WHY
from tui.films import spoken
from tui.films.dates import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.base.words import Words
    from tui.exports.publishing.plan import LeftAlone, Step
    from tui.exports.publishing.publishing import Outcome, Publishing

_SIGNS = {CREATE: "+", MOVE: "→", UPDATE: "~", DELETE: "-"}
_COUNTS = {CREATE: N_("{n} new"), MOVE: N_("{n} moved"), UPDATE: N_("{n} changed"), DELETE: N_("{n} deleted")}
_OVER = N_("{title}: was changed there, and is now as the calendar has it")
_EACH = 5
"""Lines about what is left alone for one reason; of the rest, the count."""


def outlook(publishing: Publishing, host: str, words: Words) -> str:
    """What would change: Calendar “Rilis film” in cloud.example.org: 12 new, 3 moved, 1,984 unchanged."""
    text = words.gettext("Calendar “{name}” in {host}: {what}")
    if publishing.calendar is None:
        text = words.gettext("Calendar “{name}” will be made in {host}: {what}")
    return text.format(name=publishing.name, host=host, what=_counts(publishing, publishing.plan.steps, words))


def summary(publishing: Publishing, steps: Iterable[Step], words: Words) -> str:
    """Calendar “Rilis film”: 12 new, 3 moved, 1,984 unchanged; 7 requests · 12 s. `steps`: those done, or to do."""
    asked = words.ngettext("{n} request", "{n} requests", publishing.requests)
    text = words.gettext("Calendar “{name}”: {what}; {requests}").format(
        name=publishing.name, what=_counts(publishing, steps, words), requests=asked
    )
    if publishing.seconds >= 1:
        text += " · " + words.gettext("{seconds} s").format(seconds=words.number(round(publishing.seconds)))
    return text


def _counts(publishing: Publishing, steps: Iterable[Step], words: Words) -> str:
    _, number = words.gettext, words.number
    done = [step.kind for step in steps]
    parts = [_(text).format(n=number(done.count(kind))) for kind, text in _COUNTS.items() if kind in done]
    if publishing.plan.same or not parts:
        parts.append(_("{n} unchanged").format(n=number(len(publishing.plan.same))))
    if kept := len(publishing.plan.kept):
        parts.append(_("{n} left alone").format(n=number(kept)))
    return ", ".join(parts)


def step_line(step: Step, words: Words) -> str:
    """→ 12 Mar 2026  Kuyank (before: 5 Feb 2026)."""
    day = spoken.medium(parse(step.day), words)
    text = f"{_SIGNS[step.kind]} {day if step.day else '':<11}  {step.title}"
    if step.before:
        before = spoken.medium(parse(step.before), words)
        text += " " + words.gettext("(before: {date})").format(date=before)
    return text


def kept_lines(kept: Sequence[LeftAlone], words: Words) -> Iterator[str]:
    """Why these are left alone, a few of each reason one by one; of those of other places only how many they are."""
    for why, text in WHY.items():
        those = [one for one in kept if one.why == why]
        if not those:
            continue
        if why == UNKNOWN:
            yield words.ngettext(
                "{n} event of filmtui is not published from here, and stays; --prune deletes it",
                "{n} events of filmtui are not published from here, and stay; --prune deletes them", len(those),
            )  # fmt: skip
            continue
        for one in those[:_EACH]:
            yield words.gettext(text).format(title=one.title or one.uid)
        if (more := len(those) - _EACH) > 0:
            yield words.ngettext("… and {n} more like it", "… and {n} more like these", more)


def over_lines(steps: Iterable[Step], words: Words) -> Iterator[str]:
    """Of what somebody had changed there, and that is now written over."""
    for step in steps:
        if step.over and step.kind != DELETE:
            yield words.gettext(_OVER).format(title=step.title)


def failed_lines(publishing: Publishing, outcome: Outcome, words: Words) -> Iterator[str]:
    """What the server refused, why the rest was not tried, and whether what was done could not be noted."""
    for step, why in outcome.failed[:_EACH]:
        yield f"{step.title or step.uid}: {why.text(words)}"
    if (more := len(outcome.failed) - _EACH) > 0:
        yield words.ngettext("… and {n} more like it", "… and {n} more like these", more)
    if outcome.stopped is not None:
        yield outcome.stopped.text(words)
        done, total = words.number(len(outcome.done)), words.number(len(publishing.plan.steps))
        text = words.gettext("{done} of {total} are done; the next publish goes on from there")
        yield text.format(done=done, total=total)
    if publishing.unnoted is not None:
        yield not_noted(publishing.unnoted).text(words)


def record(publishing: Publishing, outcome: Outcome | None, words: Words) -> dict[str, Any]:
    """calendar, url, dry_run; a count of each kind, unchanged, requests, seconds; steps, kept, failed, stopped."""
    plan, calendar = publishing.plan, publishing.calendar
    steps = plan.steps if outcome is None else outcome.done
    return {
        "calendar": publishing.name,
        "url": clean(calendar.url) if calendar else None,
        "dry_run": outcome is None,
        **{kind: sum(step.kind == kind for step in steps) for kind in _SIGNS},
        "unchanged": len(plan.same),
        "steps": [
            {"kind": step.kind, "uid": step.uid, "film": step.film, "title": step.title, "day": step.day or None,
             "before": step.before or None, "over": step.over}
            for step in steps
        ],
        "kept": [
            {"why": one.why, "uid": one.uid, "film": one.film, "title": one.title,
             "message": words.gettext(WHY[one.why]).format(title=one.title or one.uid)}
            for one in plan.kept
        ],
        "failed": [
            {"uid": step.uid, "film": step.film, "title": step.title, "message": why.text(words)}
            for step, why in (outcome.failed if outcome else ())
        ],
        "stopped": outcome.stopped.text(words) if outcome and outcome.stopped else None,
        "requests": publishing.requests,
        "seconds": round(publishing.seconds, 3),
    }  # fmt: skip
