"""What all else stands on: text, errors, words. Knows nothing of films."""
