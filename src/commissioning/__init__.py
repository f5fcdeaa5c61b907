"""Commissioning rounds of an Office of the Police and Crime Commissioner, from forms to the Ministry's pack."""
