"""Films into YAML: edits into contents, and contents into files."""
