"""The commands want, unwant and remind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from tui.base.errors import FilmtuiError, NotFoundError, message
from tui.base.text import quoted
from tui.base.words import N_
from tui.cli.completion import among, ids, starred_ids
from tui.cli.localised import Localised, Read, State, choice, everywhere
from tui.cli.shared import UNITS, format_option, opened, write
from tui.user.settings import OPTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.base.words import Words
    from tui.library.library import Library
    from tui.library.reminding import Reminder

_MOST_DAYS = 366


def _days(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > _MOST_DAYS:
        told = N_("“{value}” is not a number of days; write one from 0 to {most}, such as 7")
        raise FilmtuiError(message(told, value=value[:40], most=_MOST_DAYS))
    return int(value)


def _complain(error: FilmtuiError, words: Words) -> None:
    click.echo(f"filmtui: {error.message.text(words)}", err=True)


def _problems(library: Library, words: Words) -> int:
    """Tell what is wrong in the file of stars. The exit code."""
    for problem in library.stars.problems:
        click.echo(problem.text(words), err=True)
    return int(bool(library.stars.problems))


@click.command("want", cls=Localised, help=N_("Star films, to be reminded of them."))
@everywhere
@click.argument("names", nargs=-1, required=True, metavar="ID...", shell_complete=ids)
@click.option("--note", metavar="TEXT", help=N_("A note of your own on them."))
@click.pass_obj
def want(state: State, names: tuple[str, ...], note: str | None) -> int:
    from tui.films import spoken

    words, today = state.words, state.settings.places.today
    failed = 0
    with opened(state) as library:
        for name in dict.fromkeys(names):
            try:
                film = library.film(name)
            except NotFoundError as error:
                _complain(error, words)
                failed = 1
                continue
            library.since_visit()  # who never opened the calendar is told of changes from now on
            if note is None:
                library.stars.give(film.id, today)
            else:
                library.stars.note(film.id, today, note)
            days = [release.when for release in film.rows if release.home] or [film.rows[0].when]
            write([f"★ {film.title} · {spoken.full(min(days, key=lambda day: day.key), words)}"])
        return max(failed, _problems(library, words))


@click.command("unwant", cls=Localised, help=N_("Take the stars of films away."))
@everywhere
@click.argument("names", nargs=-1, required=True, metavar="ID...", shell_complete=starred_ids)
@click.pass_obj
def unwant(state: State, names: tuple[str, ...]) -> int:
    words, failed = state.words, 0
    with opened(state) as library:
        for name in dict.fromkeys(names):
            starred = library.stars.films
            known = name if name in starred else next((id for id, star in starred.items() if star.id == name), "")
            if not known:
                text = words.gettext("{id} has no star; filmtui list ★ shows those that have one").format(
                    id=quoted(name, 100)
                )
                click.echo(f"filmtui: {text}", err=True)
                failed = 1
                continue
            library.stars.take([known])
            write([words.gettext("{title}: no longer starred").format(title=_title(library, known))])
        return max(failed, _problems(library, words))


def _title(library: Library, id: str) -> str:
    try:
        return library.film(id).title
    except NotFoundError:
        return id


_REMIND = N_("""\
Tell which starred films open today, tomorrow and this week, and which have moved or were cancelled.

Each is told once for each of these, so that it can be run every hour; where nothing is new, nothing is printed.""")


@click.command("remind", cls=Localised, help=_REMIND)
@everywhere
@click.option("--days", type=Read("7", _days), metavar="N", help=N_("So many days ahead; a week if not given."))
@click.option("--again", is_flag=True, help=N_("Also what was told already."))
@click.option("--notify", is_flag=True, help=N_("Show notices on the desktop instead of printing."))
@click.option(
    "--print-unit",
    "unit",
    type=Read("print-unit", choice(*UNITS), among(*UNITS)),
    metavar="systemd|launchd|cron",
    help=N_("Print what has it run every hour, and do nothing else."),
)
@format_option("text", "json")
@click.pass_obj
def remind(state: State, days: int | None, again: bool, notify: bool, unit: str | None, form: str) -> int:
    from tui.base.reasons import not_noted
    from tui.library.reminding import AHEAD, reminders
    from tui.user.told import add_told, read_told

    settings, words = state.settings, state.words
    places = settings.places
    if unit is not None:
        from tui.cli import units

        own = ["remind", "--notify", *([] if days is None else ["--days", str(days)])]
        if settings.origins["catalog"] == OPTION:
            own += ["--catalog", str(places.catalog)]
        if settings.origins["language"] == OPTION:
            own += ["--lang", settings.language]
        job = units.Job("filmtui-remind", own, range(8, 23), desktop=True)
        write([units.unit(unit, job, words)])
        return 0
    with opened(state) as library:
        told = read_told(places.told)
        found = reminders(library, told, places.today, AHEAD if days is None else days, again=again)
        said: list[str] = []
        failed = 0
        if notify:
            from tui.cli.notices import notice

            for reminder in found.found:
                try:
                    notice(f"★ {reminder.title}", "\n".join(_parts(reminder, state)))
                except FilmtuiError as error:
                    _complain(error, words)
                    failed = 1
                    break
                said.append(reminder.key)
        elif form == "text":
            write(_lines(found.found, state))
        if form == "json":
            write([json.dumps([_record(one) for one in found.found], ensure_ascii=False, indent=2)])
        if not notify:
            said = [reminder.key for reminder in found.found]
        whole = len(said) == len(found.found) and not state.behind
        try:
            add_told(places.told, said, places.today, found.read if whole else None)
        except OSError:
            assert places.told
            click.echo(f"filmtui: {not_noted(places.told.parent).text(words)}", err=True)
            failed = 1
        return max(failed, _problems(library, words))


def _lines(found: tuple[Reminder, ...], state: State) -> Iterator[str]:
    for reminder in found:
        parts = _parts(reminder, state)
        yield "★ " + " · ".join(parts if reminder.change else [reminder.title, *parts])


def _parts(reminder: Reminder, state: State) -> list[str]:
    """What is said of it beside its title, and the note on it."""
    from tui.exports.changes import sentence
    from tui.films import spoken
    from tui.films.dates import from_key, key_of

    if reminder.change:
        parts = [sentence(reminder.change, state.words)]
    else:
        assert reminder.day
        near = spoken.countdown(reminder.day, state.settings.places.today, state.words)
        parts = [f"{near} · {spoken.full(from_key(key_of(reminder.day)), state.words)}"]
    return [*parts, *([reminder.note] if reminder.note else [])]


def _record(reminder: Reminder) -> dict[str, Any]:
    """what: opens, or what happened; id, title, note; stage and date of an opening, else the change as `changes`."""
    from tui.exports.changes import happened

    if reminder.change:
        change = happened(reminder.change)
        return {"what": change["kind"], "id": change["id"], "title": change["title"], "note": reminder.note,
                "change": change}  # fmt: skip
    assert reminder.row
    assert reminder.day
    return {"what": "opens", "id": reminder.row.id, "title": reminder.row.title, "note": reminder.note,
            "stage": reminder.stage, "date": reminder.day.isoformat()}  # fmt: skip


def say_what_moved(library: Library, state: State) -> None:
    """Write to standard error what became of starred films since the last visit."""
    from tui.exports.changes import sentence

    starred = library.stars.by_any_id()
    for change in library.history.news(state.settings.places.today) if starred else []:
        if change.id in starred:
            click.echo(f"filmtui: ★ {sentence(change, state.words)}", err=True)
