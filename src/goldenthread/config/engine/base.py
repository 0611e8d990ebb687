"""Django's own PostgreSQL engine, but for how an instant is read.

A history of two thousand entries holds some twelve thousand instants, most of them said again and
again: one day's start, one import's moment. Reading each anew took a sixth of the page's processor
time. What is read is the same to the microsecond.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap

# Instants remembered, for all connections of a process: about three megabytes.
REMEMBERED = 16_384


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that remembers the instants it read."""

    def get_connection_params(self) -> dict[str, object]:
        """Django's own, with a reader of instants that remembers."""
        params = super().get_connection_params()
        params["context"] = _remembering(params["context"], self.timezone)
        return params


@lru_cache
def _remembering(adapters: AdaptersMap, zone: ZoneInfo) -> AdaptersMap:
    remembered: dict[bytes, datetime] = {}

    class Reader(BaseTzLoader):
        timezone = zone

        def load(self, data: Buffer) -> datetime:
            text = bytes(data)
            instant = remembered.get(text)
            if instant is None:
                if len(remembered) >= REMEMBERED:
                    remembered.clear()
                instant = remembered[text] = super().load(data)
            return instant

    context = AdaptersMap(adapters)
    context.register_loader("timestamptz", Reader)
    return context
