"""Where films come from. Each module reads one kind of source into Taken."""
