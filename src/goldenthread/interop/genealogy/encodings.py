"""The letters of a family's file: its bytes read as text, and never by guessing.

A byte order mark, valid UTF-8 and the pattern of UTF-16 are certain. Otherwise the file's own word
counts (GEDCOM's CHAR line, or what the person names). Where nothing says it, reading stops.
"""

from __future__ import annotations

import codecs
import re

from goldenthread.interop.genealogy.refusals import EncodingNotCertain, NotAFamilyFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHAR = re.compile(rb"^\s*1\s+CHAR\s+([^\r\n]+)", re.MULTILINE)
# What programs write in the CHAR line. ANSI was Windows' word for its Western page, IBMPC for DOS.
_DECLARED = {
    "ANSEL": "ansel",
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
    "ASCII": "ascii",
    "ANSI": "cp1252",
    "WINDOWS": "cp1252",
    "CP1252": "cp1252",
    "WINDOWS-1252": "cp1252",
    "IBMPC": "cp437",
    "IBM DOS": "cp437",
    "MSDOS": "cp437",
    "CP437": "cp437",
    "CP850": "cp850",
    "ISO-8859-1": "iso8859-1",
    "ISO8859-1": "iso8859-1",
    "LATIN1": "iso8859-1",
    "ISO-8859-15": "iso8859-15",
    "MACINTOSH": "mac-roman",
    "UTF-16": "utf-16-le",
    "UNICODE": "utf-16-le",
}


def decoded(content: bytes, *, named: str = "") -> tuple[str, list[str]]:
    """The text of the file, and sentences about how it was read.

    `named` is the encoding a person named for it. Raises EncodingNotCertain or NotAFamilyFile.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotAFamilyFile("This file is empty.")
    if named:
        said = f"You said this file is in {named}"
        return _strictly(content.removeprefix(codecs.BOM_UTF8), _python_name(named), said), []
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            said = "This file's first bytes say how its letters are written"
            return _strictly(content[len(mark) :], encoding, said), []
    if encoding := _wide(content):
        return _strictly(content, encoding, "This file is in UTF-16"), []
    if content.isascii():
        return content.decode("ascii"), []
    return _by_its_word(content)


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of its first, plain letters is empty."""
    look = content[:64]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(look) > 7 and not any(look[first::2]) and all(look[1 - first :: 2]):
            return encoding
    return ""


def _by_its_word(content: bytes) -> tuple[str, list[str]]:
    found = _CHAR.search(content[:8192])
    declared = found[1].decode("ascii", "replace").strip() if found else ""
    encoding = _DECLARED.get(declared.upper(), "")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        notes = [] if encoding == "utf-8" or not declared else [
            f"The file says its letters are {declared}, but they are UTF-8 throughout; "
            "they were read as UTF-8."
        ]  # fmt: skip
        return text, notes
    if not declared:
        raise EncodingNotCertain(
            "This file does not say how its letters are written, and they are not UTF-8. Save it "
            "as UTF-8, or name its encoding (a Windows program in England writes cp1252)."
        )
    if not encoding:
        raise EncodingNotCertain(
            f"This file says its letters are “{declared[:30]}”, which we do not know. Save it as "
            "UTF-8, or name its encoding."
        )
    text = _strictly(content, encoding, f"This file says its letters are {declared}")
    notes = []
    if encoding in ("cp1252", "cp437"):
        page = "Windows Western" if encoding == "cp1252" else "DOS"
        notes = [f"The file says its letters are {declared}; they were read as {page} text."]
    return text, notes


def _strictly(content: bytes, encoding: str, said: str) -> str:
    """The text, or a refusal that says where it is not what was said."""
    if encoding == "ansel":
        return _from_ansel(content, said)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise EncodingNotCertain(
            f"{said}, but line {line:,} is not. Save it as UTF-8, or name its encoding."
        ) from error


def _from_ansel(content: bytes, said: str) -> str:
    from gedcom_lite.ansel import decode_ansel

    text = decode_ansel(content)
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise EncodingNotCertain(
            f"{said}, but line {line:,} is not. Save it as UTF-8, or name its encoding."
        )
    return text


def _python_name(named: str) -> str:
    known = _DECLARED.get(named.upper())
    if known:
        return known
    try:
        return codecs.lookup(named).name
    except LookupError as error:
        raise EncodingNotCertain(f"“{named[:30]}” is no encoding we know.") from error
