"""Frozen records, one file per family."""
