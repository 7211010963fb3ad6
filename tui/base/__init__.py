"""What all other rooms use: text, errors, words."""
