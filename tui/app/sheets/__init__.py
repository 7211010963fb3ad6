"""Sheets over the calendar: help, filters, changes, an import, problems."""
