"""What belongs to this user: settings, places, and the last visit."""
