"""What an answer of the service says, whatever it is: all its words, out of every layer of a file.

Pages and texts as they are; a workbook with every part of it, properties too; a PDF with the words
of its pages and its properties; a picture with its size and the texts kept
beside it, for its own words are those of the paper. Headers are part of it.
"""

from __future__ import annotations

import io
import re
import zipfile

import pypdf
from PIL import Image

# What differs between two answers that say the same: tokens, clocks, and ids made for one answer.
PASSING = (
    re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*'),
    re.compile(r'(?<=name="page" value=")[^"]*'),
    re.compile(r"(?:\b|(?<=\dT))\d{1,2}[:.]\d\d(:\d\d)?(\.\d+)?(\+00:00|Z| ?[ap]m)?\b"),
    re.compile(r"D:\d{14}"),
    re.compile(r"sessionid=[^;]*|csrftoken=[^;]*|expires=[^;]*", re.IGNORECASE),
)
NEW_ID = re.compile(r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}\b")


def words_of(response) -> str:
    """Everything an answer says, its status and headers first, in one text."""
    headers = "\n".join(
        f"{name}: {value}"
        for name, value in sorted(response.headers.items())
        if name not in ("Content-Length", "Date")
    )
    return f"{response.status_code}\n{headers}\n{_body(response)}"


def lasting(said: str) -> str:
    """What `words_of` gave, without what differs from one moment to the next.

    Ids made at random are replaced too; those of the test world are not random.
    """
    for passing in PASSING:
        said = passing.sub("…", said)
    return NEW_ID.sub("(new id)", said)


def _body(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(f"{name}\n{parts.read(name).decode()}" for name in parts.namelist())
    if content.startswith(b"%PDF"):
        paper = pypdf.PdfReader(io.BytesIO(content))
        pages = "\n".join(page.extract_text() for page in paper.pages)
        return f"{dict(paper.metadata or {})}\n{pages}"
    if content.startswith(b"\x89PNG"):
        picture = Image.open(io.BytesIO(content))
        picture.load()
        return f"{picture.size} {picture.info}"
    assert kind.startswith(("text/", "image/svg", "application/json")) or not content, kind
    return content.decode()
