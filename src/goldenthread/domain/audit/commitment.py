"""What a leaf of the log says of one row: a commitment, which tells nothing without its salt.

A leaf holds neither the row nor a plain digest of it: guessing at a name would find a digest out.
It holds an HMAC of the row's canonical bytes under a salt kept apart. Where the law asks for a row
or its salt to be erased, every proof still verifies, and nobody can find out what the row said.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence

SALT_BYTES = 32  # a fixed length: HMAC pads a shorter key, so two lengths could share a commitment


def canonical(
    table: str, columns: Sequence[str], values: Sequence[str | None], *, place: int
) -> bytes:
    """One row as the bytes that are committed to: UTF-8 JSON, keys in order, no spaces.

    `values` are the database's own text of each column (UTC, ISO dates). The names of the columns
    and the leaf's place in the log are part of it: neither can be changed without a trace.
    """
    row = dict(zip(columns, values, strict=True))
    said = {"place": place, "row": row, "table": table}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def commitment(salt: bytes, content: bytes) -> bytes:
    """The commitment to these bytes: HMAC-SHA256. Raises ValueError for a salt of another length.

    https://www.rfc-editor.org/rfc/rfc2104.html
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"A salt has {SALT_BYTES} bytes.")
    return hmac.digest(salt, content, "sha256")
