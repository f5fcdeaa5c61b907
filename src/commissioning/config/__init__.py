"""The office's own files, read strictly: texts in, records or every fault at once out; never opens a file."""
