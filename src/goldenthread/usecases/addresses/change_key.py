"""Encrypt every safe address again, with the key that stands first: the operator's work alone."""

from __future__ import annotations

from django.db import transaction

from goldenthread.records.addresses import store
from goldenthread.records.addresses.sealing import AddressKeyMissing, AddressNotAsKept
from goldenthread.records.chronology.store import encrypt_drafts_again

__all__ = ["AddressKeyMissing", "AddressNotAsKept", "encrypt_again"]


def encrypt_again() -> int:
    """Encrypt every address and draft whose key is not the first again; answers with how many.

    Needs the owner's connection: the web role may change no row. Nothing is shown, and no row of
    the record changes, so that what was sealed stays proved. All of them change, or none. Raises
    AddressKeyMissing and AddressNotAsKept.
    """
    with transaction.atomic(using="owner"):
        drafts = encrypt_drafts_again()
        return store.change_key() + drafts
