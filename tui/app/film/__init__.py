"""A film: typeset, and on the screen."""
