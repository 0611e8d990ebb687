"""How every line of the service's own logs is written: one JSON object a line, in UTC.

A line holds no content. An address is written by its name and never as it was asked, because what
was asked may hold an id or the secret of a link; a fault is written by its kind and its places,
because what it says may quote an entry. What somebody sent cannot begin a line of its own.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# The last frames of a fault that are named.
FRAMES = 12


class OneLine(logging.Formatter):
    """When, how grave, which part, what; of a request its status, its page's name and by whom."""

    def format(self, record: logging.LogRecord) -> str:
        """One line without its end."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "process": record.process,
            "said": record.getMessage(),
        }
        if hasattr(record, "request") and hasattr(record, "status_code"):
            line |= _of_request(record.request, record.status_code)
            # Django ends its sentence with the address as it was asked, or with what was wrong.
            line["said"] = line["said"].partition(": ")[0]
        if record.exc_info and record.exc_info[1] is not None:
            line |= _of_fault(record.exc_info[1])
        return json.dumps(line, default=str)


def _of_request(request: Any, status: int) -> dict[str, Any]:
    """What a line says of a request: nothing that was sent, and no id but of who sent it."""
    match, actor = getattr(request, "resolver_match", None), getattr(request, "actor", None)
    return {
        "status": status,
        "method": getattr(request, "method", None),
        "page": match.url_name if match else None,
        "account": str(actor.account) if actor else None,
    }


def _of_fault(fault: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    places = [f"{'/'.join(Path(one.filename).parts[-3:])}:{one.lineno}" for one in frames]
    return {"fault": type(fault).__name__, "where": places}


def to_standard_error(**levels: str) -> dict[str, Any]:
    """The configuration of logging: every line to standard error, and nowhere else.

    `levels` gives parts a level of their own, `__` standing for a full stop.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "goldenthread.config.log_lines.OneLine"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {part.replace("__", "."): {"level": level} for part, level in levels.items()},
    }
