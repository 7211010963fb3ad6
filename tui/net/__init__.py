"""What opens a connection: nothing else in the house does."""
