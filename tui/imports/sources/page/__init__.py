"""A film page's text: its lines and labels, its lists, what it says of one film."""
