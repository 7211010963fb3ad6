"""A release calendar of films for the terminal."""

__version__ = "0.1.0"
