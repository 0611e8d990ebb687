"""Words in hand that hold a protected address: encrypted as the address is, until they are sent.

A draft is no part of the record, and yet a row like any other: where a part of a protected address
of its family stands in it, the whole of it is kept encrypted. Any other draft is left as it is.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from goldenthread.domain.addresses.finding import Wanted, found_in
from goldenthread.records.addresses import reading, sealing

current_key = sealing.current_key
SEALED, KEY = "sealed", "key"


def as_kept(id: UUID, case: UUID, fields: dict[str, Any]) -> dict[str, Any]:
    """A draft's fields as its row holds them. Raises AddressKeyMissing."""
    if not reading.protected_families([case]):
        return fields
    rows = [row.id for row in reading.addresses_of(case) if row.is_protected]
    wanted = [Wanted(one, kept.postal) for one, kept in reading.contents(rows).items()]
    if not any(found_in(text, wanted) for text in _texts(fields)):
        return fields
    key, sealed = sealing.encrypt(id, json.dumps(fields).encode())
    return {SEALED: base64.b64encode(sealed).decode(), KEY: key}


def as_typed(id: UUID, fields: dict[str, Any]) -> dict[str, Any]:
    """A draft's fields as they were typed. Raises AddressKeyMissing and AddressNotAsKept."""
    if set(fields) != {SEALED, KEY}:
        return fields
    content = sealing.decrypt(id, fields[KEY], base64.b64decode(fields[SEALED]))
    return json.loads(content)


def encrypted_again(id: UUID, fields: dict[str, Any]) -> dict[str, Any]:
    """The same row under the first key; one that is not encrypted is left as it is."""
    if set(fields) != {SEALED, KEY}:
        return fields
    key, sealed = sealing.sealed_again(id, fields[KEY], base64.b64decode(fields[SEALED]))
    return {SEALED: base64.b64encode(sealed).decode(), KEY: key}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
