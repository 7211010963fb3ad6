"""Rows and films written for other programs and for paper: each function gives lines without their ends."""

from tui.exports import changes, origins
from tui.exports.data import csv, film_json, json
from tui.exports.text import film_text, markdown, text

__all__ = ["changes", "csv", "film_json", "film_text", "json", "markdown", "origins", "text"]
