"""The model: a film, its dates, and how two accounts of it are paired."""
