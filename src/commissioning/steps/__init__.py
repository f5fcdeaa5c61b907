"""Pure steps: records in, records out; none imports another."""
