"""Drafting: one module per document that goes out, each a pure function from records to what the document says."""
