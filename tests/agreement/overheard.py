"""Whatever leaves an answer by the side: mail, log lines, temporary files, and what caches keep.

`overhears()` watches while something else is done. Log lines are taken of every logger, as an
installation writes them. A temporary file is read where it stands at the end, and
before it is removed or moved; one that another process makes and removes itself is not seen.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from django.core import mail
from django.core.cache import caches

from goldenthread.config.log_lines import OneLine

GONE = {"os.remove", "os.rename", "shutil.rmtree"}  # each names a path that is there no longer
_watched: list[Overheard] = []


@dataclass
class Overheard(logging.Handler):
    """What was written down by the side, by where it was written."""

    folder: Path
    lines: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)  # those that stood there at the end
    cached: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        logging.Handler.__init__(self, level=logging.NOTSET)
        self.setFormatter(OneLine())

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))

    def read(self, path: Path) -> None:
        """Keep what stands in a temporary file, or in all files of a folder."""
        for one in (path, *(path.rglob("*") if path.is_dir() else ())):
            if one.is_file() and not one.is_symlink():
                self.files[str(one)] = self.files.get(str(one), b"") + one.read_bytes()

    def said(self) -> Iterator[tuple[str, str]]:
        """Each thing that was written: where, and its words."""
        yield from (("log", line) for line in self.lines)
        yield from (("mail", one) for one in self.mails)
        yield from (("temporary file", _words(one)) for one in self.files.values())
        yield from (("cache", _words(one)) for one in self.cached)

    def holding(self, words: Iterable[str], *, but: str = "") -> list[tuple[str, str]]:
        """Where one of these words stands, and which; `but` is a place that is not looked at."""
        wanted = tuple(words)
        return [
            (f"{where}: {said[:200]}", word)
            for where, said in self.said()
            if where != but
            for word in wanted
            if word in said.casefold()
        ]


@contextmanager
def overhears() -> Iterator[Overheard]:
    """Watch what is written by the side until the end, in a folder for temporary files alone."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-overheard-") as folder:
        heard, root, sent = Overheard(Path(folder)), logging.getLogger(), len(mail.outbox)
        loggers = [one for one in logging.Logger.manager.loggerDict.values()
                   if isinstance(one, logging.Logger) and not one.propagate]  # fmt: skip
        level = root.level
        root.setLevel(logging.NOTSET)
        for one in (root, *loggers):
            one.addHandler(heard)
        _watched.append(heard)
        try:
            with (
                patch.object(tempfile, "tempdir", folder),
                # Or it would have no name by which it could be read.
                patch.object(tempfile, "TemporaryFile", tempfile.NamedTemporaryFile),
                patch.dict(os.environ, {"TMPDIR": folder}),
            ):
                yield heard
        finally:
            _watched.remove(heard)
            for one in (root, *loggers):
                one.removeHandler(heard)
            root.setLevel(level)
        gc.collect()  # what draws papers keeps its fonts there until nothing refers to them
        heard.left += [str(one) for one in heard.folder.rglob("*") if one.is_file()]
        heard.read(heard.folder)
        heard.mails += [_mail(one) for one in mail.outbox[sent:]]
        heard.cached += [pickle.dumps(one._cache) for one in caches.all() if hasattr(one, "_cache")]


def _mail(message: mail.EmailMessage) -> str:
    return f"{message.message().as_string()}\n{message.subject}\n{message.body}\n{message.to}"


def _words(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _before_it_is_gone(event: str, args: tuple) -> None:
    if event in GONE and _watched and isinstance(args[0], str | os.PathLike):
        for heard in _watched:
            path = Path(args[0])
            if path.is_absolute() and path.is_relative_to(heard.folder):
                heard.read(path)


sys.addaudithook(_before_it_is_gone)
