"""What fills the terminal: the calendar, and the sheets that come over it."""
