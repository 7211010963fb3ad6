"""Where the program begins. The commonest call, the calendar with no option but --fresh, needs no parser of options."""

import os
import signal
import sys

# Until there is something to undo, Ctrl+C ends the program at once, without a traceback of half an import.
signal.signal(signal.SIGINT, signal.SIG_DFL)

# Read by Textual when it is imported: how long it gathers changes before it draws a frame. A sixtieth of a second, its
# own choice, is a third of what a search took from key to hits.
os.environ.setdefault("TEXTUAL_FPS", "240")


def main() -> None:
    if sys.argv[1:] in ([], ["--fresh"]) and sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty():
        from tui.base.errors import FilmtuiError

        opens = None
        try:
            from tui.app.opening import opening
            from tui.base.words import Words
            from tui.user.settings import settings

            chosen = settings()
            Words(chosen.language)
            opens = opening(chosen, fresh=bool(sys.argv[1:]), picture=True)
            from tui.app.app import make

            app = make(chosen, opens=opens)
        except BaseException as error:
            if opens:
                opens.shown.hide()
            if not isinstance(error, (FilmtuiError, OSError)):
                raise
            # something around it is wrong: the command says what
        else:
            sys.exit(app.open())
    from tui.cli import main as cli

    cli.main()


if __name__ == "__main__":
    main()
