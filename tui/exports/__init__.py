"""Rows and films written for other programs and for paper; `formats.py` has them all."""
