"""Files of any kind to one neutral tree, and the tree back to Word and Excel."""
