"""A family's file, whatever its kind, as a network: GEDCOM, pedigree columns or our own CSV.

`read_family` reads in this process, for a person's own files on the command line. A file that
somebody sent up goes through `read_upload`, which opens it in a confined child process.
"""

from __future__ import annotations

import re
from contextlib import closing

from goldenthread.interop.genealogy import limits, refusals
from goldenthread.interop.genealogy.encodings import decoded
from goldenthread.interop.genealogy.found import FromFile, Warned, Warnings
from goldenthread.interop.genealogy.refusals import (
    FamilyFileBroken,
    FamilyFileRefused,
    FamilyFileTookTooLong,
    FamilyFileTooLarge,
    NotAFamilyFile,
)

_OTHERS = (
    (b"PK", "This is a packed file. If it is a GEDZIP, unpack it and choose gedcom.ged."),
    (b"%PDF", "This is a PDF, not a family file."),
    (b"\x1f\x8b", "This is a packed file. Unpack it and choose the family file."),
    (b"\x89PNG", "This is a picture, not a family file."),
    (b"\xff\xd8\xff", "This is a picture, not a family file."),
    (b"<", "This is a web page or XML, not a family file."),
    (b"{", "This is JSON, which is not read; choose a .ged, .ped or .csv file."),
)
_GEDCOM = re.compile(r"\s*\ufeff?\s*0\s+HEAD\b")


def read_family(content: bytes, filename: str = "", *, encoding: str = "") -> FromFile:
    """Read a family's file; `encoding` where a person names it.

    Raises a FamilyFileRefused with a plain sentence.
    """
    _check_size(content)
    for signature, sentence in _OTHERS:
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(signature):
            raise NotAFamilyFile(sentence)
    text, notes = decoded(content, named=encoding)
    if filename.lower().endswith((".ged", ".gedcom")) or _GEDCOM.match(text[:200]):
        from goldenthread.interop.genealogy.gedcom_reading import read_gedcom

        return read_gedcom(text, notes)
    if text.count("\0") > len(text) // 4:
        raise NotAFamilyFile("This file is not text, so it is no family file.")
    from goldenthread.interop.genealogy.relations_reading import is_relations_csv, read_relations

    if is_relations_csv(text):
        return read_relations(text, notes)
    from goldenthread.interop.genealogy.pedigree_reading import read_pedigree

    return read_pedigree(text, notes)


def read_upload(content: bytes, filename: str, *, encoding: str = "") -> FromFile:
    """The same for a file from outside, opened in a child process with little memory and time.

    The file's own family numbers stay behind. Raises a FamilyFileRefused with a plain sentence.
    """
    from goldenthread.interop.confined import outside
    from goldenthread.interop.genealogy.relations_reading import network_of_rows

    _check_size(content)
    child = outside.Child(
        program="goldenthread.interop.genealogy.child",
        refusals=refusals.BY_NAME,
        otherwise=FamilyFileRefused,
        took_too_long=FamilyFileTookTooLong(
            f"Reading this file took longer than {limits.SECONDS} seconds and was stopped."
        ),
        broken=FamilyFileBroken("This file cannot be read."),
        line_too_long=FamilyFileBroken("A record of this file is too long to read."),
        seconds=limits.SECONDS,
        line_bytes=4 * limits.MEGABYTE,
    )
    rows: list[dict[str, str]] = []
    warnings: list[Warned] = []
    with closing(outside.ask(content, [filename, encoding], child)) as answers:
        for answer in answers:
            if "row" in answer:
                rows.append(answer["row"])
            else:
                warnings.append(Warned(*answer["warned"]))
    found = network_of_rows(enumerate(rows, start=1), Warnings())
    return FromFile(found.network, tuple(warnings))


def _check_size(content: bytes) -> None:
    if len(content) > limits.FILE_BYTES:
        raise FamilyFileTooLarge(
            f"This file is larger than {limits.FILE_BYTES // limits.MEGABYTE} MB."
        )
