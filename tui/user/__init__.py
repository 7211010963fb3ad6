"""What belongs to this user: settings, places, the last visit and session."""
