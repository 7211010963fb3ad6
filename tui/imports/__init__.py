"""From a source to the catalog: read, merged, reviewed, written."""
