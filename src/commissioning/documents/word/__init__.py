"""Word files in and out: `read` makes the neutral tree, `write` turns a tree into a file."""
