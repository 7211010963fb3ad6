"""Saved HTML: the data that it carries for search engines, else its visible text."""
