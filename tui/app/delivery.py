"""Hands a file to whoever looks at the calendar: a download of their browser, or a file among the user's downloads."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


def deliver(app: App[Any], content: str | bytes, name: str, mime: str) -> None:
    """Hand over `content` as a file of this name and media type; a text as UTF-8.

    In a browser it is a download, and nothing is written on the machine that serves the calendar. In a terminal Textual
    writes it into the user's downloads, and posts `events.DeliveryComplete` with its path, or `DeliveryFailed`.
    """
    if isinstance(content, str):
        app.deliver_text(StringIO(content, newline=""), save_filename=name, encoding="utf-8", mime_type=mime)
    else:
        app.deliver_binary(BytesIO(content), save_filename=name, mime_type=mime)
