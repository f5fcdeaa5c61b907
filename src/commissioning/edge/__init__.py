"""Files, the journal, results and worker processes: the only layer that touches the machine."""
