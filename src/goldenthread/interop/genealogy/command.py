"""What `goldenthread genogram` does with a file, apart from talking to a terminal.

Imports little: the whole command, process start included, has a second at most.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.interop.genealogy.any_year import parse_any_year
from goldenthread.interop.genealogy.found import Warned
from goldenthread.interop.genealogy.genogram import Genogram, as_json, as_svg, genogram_of
from goldenthread.interop.genealogy.reading import read_family
from goldenthread.interop.genealogy.refusals import FamilyFileRefused


@dataclass(frozen=True, slots=True)
class Drawn:
    """A genogram and the sentences to say about what it was drawn from."""

    genogram: Genogram
    warnings: tuple[Warned, ...] = field(default=())


def genogram_of_file(path: Path, *, at: date | None = None, encoding: str = "") -> Drawn:
    """Read a family file and lay it out. Raises a Refusal with a plain sentence."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FamilyFileRefused(f"{path.name} cannot be opened: {error.strerror}.") from error
    found = read_family(content, path.name, encoding=encoding)
    genogram = genogram_of(found, at=at)
    wrong = (Warned(next(iter(one.people), ""), one.sentence) for one in genogram.warnings)
    return Drawn(genogram, (*found.warnings, *wrong))


def write(
    genogram: Genogram, *, gedcom_version: int = 7, svg: IO[bytes] | None = None,
    json: IO[bytes] | None = None, gedcom: IO[bytes] | None = None,
    relations: IO[bytes] | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Write the genogram, and the network it was drawn from, to each place that is given.

    Gives back what GEDCOM leaves out, in sentences. The network holds what its reader may see.
    """
    if svg:
        svg.write(as_svg(genogram).encode())
    if json:
        json.write(as_json(genogram).encode())
    if relations:
        from goldenthread.interop.genealogy.relations_writing import relations_csv

        relations.write(relations_csv(genogram.network))
    if not gedcom:
        return ()
    from goldenthread.interop.genealogy.gedcom_writing import write_gedcom

    written = write_gedcom(genogram.network, version=gedcom_version)
    gedcom.write(written.content)
    return tuple(f"Not in the GEDCOM file: {sentence}" for sentence in written.left_out)


def day_asked(text: str) -> date | None:
    """The day of `--at`, "" for none. Raises DateNotUnderstood."""
    if not text:
        return None
    when = parse_any_year(text)
    if when.from_min is None or not when.is_exact:
        raise DateNotUnderstood(f"“{text}” is not one day. Write it like 2026-03-14.")
    return when.from_min
