"""The calendar screen and what it is made of."""
