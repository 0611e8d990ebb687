"""A network written as our own relations CSV: everything of it, so that it reads back the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.interop.genealogy import relations_columns as columns
from goldenthread.interop.spreadsheets import escaping


def relations_csv(network: Network) -> bytes:
    """The network as CSV: UTF-8, a header row, every cell quoted, no cell a live formula.

    What is written was chosen before: a network for somebody else holds nothing they may not see.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns.NAMES)
    for row in rows_of(network):
        writer.writerow([escaping.escaped(row.get(name, "")) for name in columns.NAMES])
    return text.getvalue().encode()


def rows_of(network: Network) -> Iterator[dict[str, str]]:
    """The rows of a network by column; a column that is not there is empty."""
    for one in network.people:
        yield {"kind": columns.PERSON, **_of_person(one)}
    for home in network.households:
        yield {
            "kind": columns.HOUSEHOLD, "id": home.id, "name": home.name, "nature": str(home.nature),
        }  # fmt: skip
    for agency, name in network.agencies:
        yield {"kind": columns.AGENCY, "id": agency, "name": name}
    for claim in network.claims:
        yield {**_of_claim(claim), **_of_source(claim)}


def _of_person(one: Relative) -> dict[str, str]:
    return {
        "id": one.id,
        "name": one.name,
        "gender": str(one.gender),
        "born": one.born.edtf if one.born else "",
        "died": one.died.edtf if one.died else "",
        "due": one.expected_on.isoformat() if one.expected_on else "",
        "loss": str(one.loss),
        "role": one.role,
        "is_child": columns.YES if one.is_child else columns.NO,
        "is_identified": columns.YES if one.is_identified else columns.NO,
        "description": one.description,
        "birth_order": "" if one.birth_order is None else repr(one.birth_order),
    }


def _of_claim(claim: Claim) -> dict[str, str]:
    return {
        "id": claim.id,
        "kind": str(claim.kind),
        "person": claim.person,
        "other": claim.other,
        "household": claim.household,
        "agency": claim.agency,
        "nature": str(claim.nature),
        "happened": claim.happened.edtf,
        "polarity": str(claim.polarity),
        "status": str(claim.status),
        "days": ";".join(map(str, claim.days)),
        "nights": ";".join(map(str, claim.nights)),
        "words": claim.words,
    }


def _of_source(claim: Claim) -> dict[str, str]:
    source = claim.source
    if source is None:
        return {}
    return {
        "said_by": source.agency_name,
        "how_known": str(source.how_known),
        "known_from": source.known_on.isoformat(),
        "said_by_id": source.agency,
        "statement": source.statement,
        "author": source.asserted_by,
        "told_by": source.informant,
        "standing": str(source.standing),
    }
