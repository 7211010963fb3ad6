"""The truth: YAML files, read into Films and checked."""
