"""The index: SQLite, derived from the catalog and disposable. Nothing else knows SQL."""
