"""The one door to the catalog, and the ledger of what changed in it."""
