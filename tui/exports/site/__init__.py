"""A folder of pages, feeds and data for any web server, made from a listing."""
