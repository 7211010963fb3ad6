"""What is followed: fetched, matched to what is there, and written as a layer of its own."""
