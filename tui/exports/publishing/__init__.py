"""Films into a calendar on a CalDAV server: what stands there, what has to be done, and what was done."""
