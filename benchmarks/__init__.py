"""How fast the calendar is, beside a bare Textual app on the same machine in the same run."""
