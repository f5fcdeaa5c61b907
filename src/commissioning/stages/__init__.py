"""The only places where steps meet: load, compute, save, in one transaction."""
