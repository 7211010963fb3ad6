"""The commands import and changes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from tui.base.errors import FilmtuiError, ValueRefusedError, message
from tui.base.words import N_, Words
from tui.cli.completion import among
from tui.cli.localised import Localised, Read, Refused, State, choice, everywhere, path_offers
from tui.cli.shared import format_option, opened, write

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tui.films.film import Film, Held, News
    from tui.imports.changeset import Change, ChangeSet
    from tui.imports.importing import Import


def _kind(value: str) -> str:
    from tui.imports.sources.registry import SOURCE_KINDS

    return choice(*SOURCE_KINDS)(value)


def _catalog(value: str) -> Path:
    from tui.user.places import catalog_at

    return catalog_at(value)


def _day(value: str) -> date:
    from tui.films.dates import parse_day

    return parse_day(value)


def _year(value: str) -> int:
    from tui.imports.sources.values import year_of

    year = year_of(value)
    if year is None:
        raise ValueRefusedError(message(N_("“{value}” is not a year; write 2026"), value=value[:20]))
    return year


@click.command("import", cls=Localised, help=N_("Import films from a page's text, saved HTML, ICS or CSV."))
@everywhere
@click.argument("sources", nargs=-1, metavar="SOURCE...", shell_complete=path_offers)
@click.option(
    "--as",
    "kind",
    type=Read("kind", _kind, among("page", "html", "ics", "csv")),
    metavar="page|html|ics|csv",
    help=N_("Kind of source; detected if not given."),
)
@click.option("--year", type=Read("year", _year), metavar="YYYY",
              help=N_("The year of dates that a page writes without one."))  # fmt: skip
@click.option("--into", type=Read("into", _catalog, path_offers), metavar="DIR", help=N_("Save into this catalog."))
@click.option("--dry-run", is_flag=True, help=N_("Show what would change without saving anything."))
@click.option("--yes", is_flag=True, help=N_("Accept all that is certain, without asking."))
@click.option("--force", is_flag=True, help=N_("Go on even if more than half of the films would move later."))
@click.option("--undo", is_flag=True, help=N_("Undo the last import."))
@format_option("text", "json")
@click.pass_obj
def import_(
    state: State, sources: tuple[str, ...], kind: str | None, year: int | None,
    into: Path | None, dry_run: bool, yes: bool,
    force: bool, undo: bool, form: str,
) -> int:  # fmt: skip
    from tui.imports.importing import Import, load, piped, take_back

    words = state.words
    if undo:
        names = take_back(state.settings.places, into)
        click.echo(words.gettext("undone: {files}").format(files=", ".join(names)))
        return 0
    if not sources:
        raise Refused(ValueRefusedError(message(N_("SOURCE is missing: a file, or - for standard input"))))
    with Import(state.settings.places, into) as found:
        failed = 0
        for source in sources:
            try:
                found.add(*(piped() if source == "-" else load(source)), kind, year)
            except FilmtuiError as error:
                click.echo(f"filmtui: {error.message.text(words)}", err=True)
                failed += 1
        if failed == len(sources):
            return 1
        status = _review(found, words, dry_run=dry_run, yes=yes, force=force, as_json=form == "json")
    return status or int(failed > 0)


def _review(found: Import, words: Words, *, dry_run: bool, yes: bool, force: bool, as_json: bool) -> int:
    """Show what would change, ask where one can be asked, write what is wanted."""
    from tui.imports import review

    changes = found.found
    asks = not (yes or dry_run or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    if not as_json:
        write(review.table(changes, words))
    written: list[str] = []
    status = 0
    text = ""
    if changes.empty and not (asks and changes.of("uncertain")):
        text = words.gettext("nothing changed")
    elif dry_run:
        text = words.gettext("nothing was saved (--dry-run)")
    elif changes.doubtful and not force:
        text = words.gettext("more than half of the films would move later; if that is right, add --force")
        status = 1
    elif not (yes or asks):
        text = words.gettext("nothing was saved; add --yes, or run it in a terminal to be asked film by film")
        status = 1
    else:
        wanted = _asked(found, changes, words) if asks else (list(changes.changes), list(changes.news))
        if wanted is None:
            text, status = words.gettext("nothing was saved"), 1
        else:
            written = found.write(*wanted)
            text = _summary(wanted[0], written, words)
    if as_json:
        sys.stdout.flush()
        sys.stdout.buffer.write(review.review(changes, words, written) + b"\n")
    if (uncertain := len(changes.of("uncertain"))) and not asks and not dry_run:
        left = words.ngettext(
            "{n} film was left out because it is unclear which one it is; run the import in a terminal to say",
            "{n} films were left out because it is unclear which ones they are; run the import in a terminal to say",
            uncertain,
        )
        click.echo(f"filmtui: {left}", err=True)
    click.echo(text, err=as_json or status > 0)
    return status


def _summary(changes: list[Change], written: list[str], words: Words) -> str:
    if not written:
        return words.gettext("nothing was saved")
    films = sum(change.writes for change in changes)
    if not films:
        return words.gettext("saved: {files}").format(files=", ".join(written))
    count = words.ngettext("{n} film", "{n} films", films)
    return words.gettext("saved: {count} in {files}").format(count=count, files=", ".join(written))


def _asked(found: Import, changes: ChangeSet, words: Words) -> tuple[list[Change], list[News]] | None:
    """What the user takes, one by one; None to write nothing at all."""
    from tui.imports import review

    _ = words.gettext
    question = _("Accept it? [y]es, [n]o, [a]ll, [e]dit, [q]uit")
    chosen: list[Change] = []
    news: list[News] = []
    every = False
    for change in changes.changes:
        if change.kind == "uncertain":
            settled = _which(found, change, words)
            if settled is not None:
                chosen.append(settled)
            continue
        if not change.writes or every:
            chosen.append(change)
            continue
        click.echo()
        click.echo(f"{change.film.title} · {review.about(change, words)}")
        while True:
            answer = _answer(question, words)
            if answer == "quit":
                return None
            if answer == "edit":
                edited = _edited(change, words)
                if edited is None:
                    continue
                chosen.append(edited)
            elif answer in {"yes", "all"}:
                chosen.append(change)
                every = answer == "all"
            if answer is not None:
                break
    for item in changes.news:
        answer = "yes" if every else None
        if not every:
            click.echo()
            click.echo(_("News") + f": {item.title.best(words.language)}")
        while answer not in {"yes", "no", "all", "quit"}:
            answer = _answer(_("Accept it? [y]es, [n]o, [a]ll, [q]uit"), words)
        if answer == "quit":
            return None
        if answer != "no":
            news.append(item)
        every = every or answer == "all"
    return chosen, news


def _answer(question: str, words: Words) -> str | None:
    _ = words.gettext
    keys = {_("yes")[0]: "yes", _("no")[0]: "no", _("all")[0]: "all", _("edit")[0]: "edit", _("quit")[0]: "quit"}
    return keys.get(click.prompt(question, prompt_suffix=" ").strip().lower()[:1])


def _which(found: Import, change: Change, words: Words) -> Change | None:
    """Which of its candidates an uncertain film is, or a new one; None to leave it out."""
    from tui.imports import review

    _ = words.gettext
    click.echo()
    click.echo(f"{change.film.title} · {review.about(change, words)}")
    choices: list[Held] = list(change.candidates)
    for number, held in enumerate(choices, 1):
        click.echo(f"  {number}  {held.film.title} ({held.file})")
    click.echo("  0  " + _("another film, new in the catalog"))
    while True:
        answer = click.prompt(_("Which one? Enter skips it"), default="", show_default=False, prompt_suffix=" ")
        if not answer.strip():
            return None
        if answer.strip().isdecimal() and int(answer) <= len(choices):
            number = int(answer)
            return found.settle(change, choices[number - 1] if number else None)


def _edited(change: Change, words: Words) -> Change | None:
    """The film as the user's editor left it; None where that is none."""
    import msgspec

    from tui.catalog.writing.snippet import dump, load

    text = dump(change.film)
    while True:
        try:
            done = click.edit(text, extension=".yaml")
        except (click.ClickException, OSError, ValueError):  # not there, left with an error, quoted wrongly; no UTF-8
            click.echo(words.gettext("the editor failed, and the film stays as it was; look at $EDITOR"), err=True)
            return None
        if done is None:
            return None
        film, problems = load(done)
        if film is not None and not problems:
            return msgspec.structs.replace(change, film=_same_id(film, change), kind=_kind_of(change))
        for problem in problems:
            click.echo(problem.text(words), err=True)
        text = done
        if not click.confirm(words.gettext("Edit it again?"), default=True):
            return None


def _same_id(film: Film, change: Change) -> Film:
    """The id of a film that is in the catalog stays: it is what the film is known by."""
    import msgspec

    return msgspec.structs.replace(film, id=change.before.id) if change.before else film


def _kind_of(change: Change) -> str:
    return "new" if change.before is None else "completed" if change.kind == "unchanged" else change.kind


@click.command("changes", cls=Localised, help=N_("Tell which films were added, moved or cancelled."))
@everywhere
@click.option("--since", type=Read("since", _day), metavar="YYYY-MM-DD",
              help=N_("From that date on; the last 30 days if not given."))  # fmt: skip
@format_option("text", "json", "markdown")
@click.pass_obj
def changes(state: State, since: date | None, form: str) -> int:
    from tui.exports import changes as exports
    from tui.films.dates import shifted

    words = state.words
    day = since or shifted(state.settings.places.today, -30)
    with opened(state) as library:
        found, starred = library.changed(day), library.stars.by_any_id()
        for problem in library.stars.problems:
            click.echo(problem.text(words), err=True)
    if form == "json":
        click.echo(json.dumps([exports.happened(entry) for entry in found], ensure_ascii=False, indent=2))
    elif form == "markdown":
        write(exports.markdown(found, words))
    elif found:
        write(exports.text(found, words, starred))
    else:
        click.echo(words.gettext("nothing has changed since then"), err=True)
    return 0
