"""Seals what was recorded, every few seconds, with the key that only the worker is given."""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections

from goldenthread.domain.audit.signed_note import parse_signing_key
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.jobs.clock import now
from goldenthread.usecases.audit.seal import AT_ONCE, Sealed, seal

_log = logging.getLogger(__name__)
SEAL_EVERY_SECONDS = 5


def seal_now() -> int:
    """Seal everything that waits; how many rows that was. Raises Refusal."""
    key = parse_signing_key(settings.SEAL_KEY)
    kept = Path(settings.SEAL_HEAD) if settings.SEAL_HEAD else None
    sealed = 0
    while True:
        one = seal(key, now=now(), new_salts=os.urandom, signed_last=_read(kept))
        _keep(kept, one)
        sealed += one.rows
        if one.rows < AT_ONCE:
            return sealed


def _read(kept: Path | None) -> str:
    return kept.read_text(encoding="utf-8") if kept and kept.exists() else ""


def _keep(kept: Path | None, one: Sealed) -> None:
    """Keep the latest checkpoint outside the database, whole or not at all."""
    if kept and one.note:
        part = kept.with_name(f".{kept.name}.part")
        part.write_text(one.note, encoding="utf-8")
        part.replace(kept)


async def keep_sealing() -> None:
    """Seal every few seconds until cancelled; says once when it cannot, and once when it can again.

    A sealing that fails leaves everything waiting: it is sealed by the next that does not.
    """
    if not settings.SEAL_KEY:
        _log.warning("No key to seal with was given: what is recorded waits unsealed.")
        return
    failing = ""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="sealing") as one_thread:
        while True:
            failed = await asyncio.get_running_loop().run_in_executor(one_thread, _try)
            if failed and failed != failing:
                _log.error("Nothing can be sealed: %s", failed)
            elif failing and not failed:
                _log.warning("Sealing goes on.")
            failing = failed
            await asyncio.sleep(SEAL_EVERY_SECONDS)


def _try() -> str:
    """Seal; the reason in words where it could not be done."""
    try:
        seal_now()
    except (Refusal, DatabaseError, OSError) as failed:
        return str(failed).strip()
    finally:
        connections["sealer"].close_if_unusable_or_obsolete()
    return ""
