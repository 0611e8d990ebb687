"""The packed folder that an XLSX file is, checked before anything in it is read.

What the directory of the archive declares is checked first, and what is really unpacked is counted
as well, because the declaration may lie. Nothing is ever written to disk, so no name inside the
archive can lead anywhere; a name that tries to is refused all the same.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from goldenthread.interop.spreadsheets import limits
from goldenthread.interop.spreadsheets.refusals import (
    FileDamaged,
    PasswordProtected,
    TooLargeInside,
    UnsafeInside,
)

CHUNK = 64 * 1024
_PACKED = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ENCRYPTED_FLAG = 0x1
TOO_LARGE = (
    "This file unpacks to far more than an ordinary spreadsheet, so it was not opened. "
    "Copy the rows into a new workbook and save that."
)
DAMAGED = "This file is damaged and cannot be read. Open it, save it again as .xlsx, and try again."


class Archive:
    """An archive that has passed every check; `chunks` reads one member and keeps count."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Open and check the archive.

        Raises FileDamaged, PasswordProtected, TooLargeInside or UnsafeInside.
        """
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise FileDamaged(DAMAGED) from error
        _check_directory(self._zip.infolist())
        self._check_no_archive_inside()
        self._unpacked = 0
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def has(self, name: str) -> bool:
        """Whether a member of that name is there; part names ignore case."""
        return name.lower() in self._names

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack one member piece by piece. Raises FileDamaged, TooLargeInside."""
        here = 0
        try:
            with self._zip.open(self._names[name.lower()]) as member:
                while chunk := member.read(CHUNK):
                    here += len(chunk)
                    self._count(chunk, here)
                    yield chunk
        except KeyError as error:
            raise FileDamaged(DAMAGED) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise FileDamaged(DAMAGED) from error

    def _count(self, chunk: bytes, here: int) -> None:
        # A sheet is read at most twice (merged areas, then rows), hence the factor of two.
        self._unpacked += len(chunk)
        if here > limits.INFLATED_BYTES or self._unpacked > 2 * limits.INFLATED_BYTES:
            raise TooLargeInside(TOO_LARGE)

    def _check_no_archive_inside(self) -> None:
        for member in self._zip.infolist():
            if member.is_dir() or member.file_size < 4:
                continue
            try:
                with self._zip.open(member) as opened:
                    first = opened.read(6)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
                raise FileDamaged(DAMAGED) from error
            if first.startswith(_PACKED):
                raise UnsafeInside(
                    f"There is another packed file inside this one ({member.filename[:80]}). "
                    "Copy the rows into a new workbook and save that."
                )


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.ARCHIVE_MEMBERS:
        raise TooLargeInside(TOO_LARGE)
    if sum(member.file_size for member in members) > limits.INFLATED_BYTES:
        raise TooLargeInside(TOO_LARGE)
    if len({member.filename.lower() for member in members}) < len(members):
        raise UnsafeInside("Two parts inside this file have the same name, so it was not opened.")
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise PasswordProtected(
            "This file is protected with a password. Save a copy without the password."
        )
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileDamaged(DAMAGED)
    packed = max(member.compress_size, 1)
    if member.file_size > limits.RATIO_FREE_BYTES and (
        member.file_size / packed > limits.INFLATION_RATIO
    ):
        raise TooLargeInside(TOO_LARGE)
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts:
        raise UnsafeInside(
            f"A part inside this file has a name that leads outside it ({name[:80]}), "
            "so it was not opened."
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnsafeInside("A part inside this file is a link to another file; it was not opened.")
