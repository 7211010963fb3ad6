"""The calendar in a browser: the one room that listens."""
