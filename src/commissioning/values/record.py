"""The base of every record: frozen, and closed to names it does not know."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen noun. Make another with `with_changes`, which validates; `model_copy` does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def with_changes(self, **fields: object) -> Self:
        """Return the same record with `fields` replaced, validated anew."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**kept, **fields})
