"""Encrypt every safe address again, with the key that stands first: the operator's work alone."""

from __future__ import annotations

from goldenthread.records.addresses import store
from goldenthread.records.addresses.sealing import AddressKeyMissing, AddressNotAsKept

__all__ = ["AddressKeyMissing", "AddressNotAsKept", "encrypt_again"]


def encrypt_again() -> int:
    """Encrypt every address whose key is not the first again; answers with how many.

    Needs the owner's connection: the web role may change no row. Nothing is shown, and no row of
    the record changes, so that what was sealed stays proved. All of them change, or none. Raises
    AddressKeyMissing and AddressNotAsKept.
    """
    return store.change_key()
