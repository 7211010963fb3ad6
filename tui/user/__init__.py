"""What belongs to this user: settings and places."""
