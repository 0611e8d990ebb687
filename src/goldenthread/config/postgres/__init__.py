"""Goldenthread's database: chosen, started, adopted, stopped, and checked fit for use.

One command starts the service on real PostgreSQL with nothing else installed. These are the names
the rest of the service uses; nothing else here is meant for others.
"""

from goldenthread.config.postgres.fitness import assert_fit_for_use
from goldenthread.config.postgres.home import default_home
from goldenthread.config.postgres.refusals import DatabaseRefused
from goldenthread.config.postgres.roles import roles_sql
from goldenthread.config.postgres.server import Server
from goldenthread.config.postgres.supervisor import (
    attached_server,
    running_server,
    stop_server,
)
from goldenthread.config.postgres.throwaway import throwaway_server

__all__ = [
    "DatabaseRefused",
    "Server",
    "assert_fit_for_use",
    "attached_server",
    "default_home",
    "roles_sql",
    "running_server",
    "stop_server",
    "throwaway_server",
]
