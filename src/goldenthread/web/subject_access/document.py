"""A pack as it is read: one document for the page of the check, the PDF and the plain text.

It is made from what leaves and nothing else: no page and no file of it is given an entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from textwrap import wrap

from goldenthread.domain.provenance.vocabulary import AgencyKind, HowKnown, Kind
from goldenthread.domain.shared.partial_date import MONTHS, parse_edtf
from goldenthread.domain.subject_access.pack import Leaving, LeavingEntry
from goldenthread.domain.subject_access.rules import AccessRules
from goldenthread.domain.subject_access.spans import Piece
from goldenthread.domain.subject_access.vocabulary import Part
from goldenthread.web.kit import words

SAFE = "[words withheld]"
UNKNOWN = "When is not known"
HEADS = {Part.TEXT: "", Part.IMPACT: "What it means for the child", Part.ACTION: "What was done",
         Part.INFORMANT: "Who told it", Part.REASONING: "How it was worked out"}  # fmt: skip
COVER = (
    "It stands in the order in which it happened, as it was written down at the time.",
    "Where words are left out, that is said in their place, and nothing is underneath.",
    f"Words that could tell where somebody is kept safe are never given. “{SAFE}” stands there.",
    "Sometimes the law lets us not say that a reason was used, where saying so would do the harm.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who answers: name, post, agency and telephone, and when this sheet was made."""

    name: str
    post: str
    agency: str
    phone: str
    at: datetime


def document_of(leaving: Leaving, rules: AccessRules, told: Told | None) -> dict[str, object]:
    """Everything a template of the document is given; `told` is None before it is taken out."""
    return {
        "title": f"What is kept about {leaving.about}",
        "reference": leaving.reference,
        "asked": f"Asked by {leaving.asked_by} on {words.day_in_words(leaving.asked_on)}.",
        "answered": _answered(told) if told else "",
        "mark": mark_of(leaving, told) if told else "",
        "cover": COVER,
        "number": words.counted(len(leaving.entries), "entry", "entries"),
        "left_out": [
            *_reasons(leaving.entries_out, rules, "entry", "entries", "left out whole"),
            *_reasons(leaving.words_out, rules, "place", "places", "withheld in an entry"),
        ],
        "complain": rules.complain,
        "chapters": [
            {"heading": heading, "entries": [_entry(one, rules) for one in group]}
            for heading, group in groupby(leaving.entries, _chapter)
        ],
    }


def mark_of(leaving: Leaving, told: Told) -> str:
    """What stands on every sheet: for whom, by whom, when, and the pack's reference."""
    when = words.instant_in_words(told.at)
    return f"{leaving.reference}. For {leaving.asked_by}. By {told.name}, {told.agency}, on {when}"


def shown_pieces(pieces: Iterable[Piece], rules: AccessRules) -> list[dict[str, object]]:
    """Words as they leave, and the mark wherever there are none."""
    return [
        {"text": one.words, "is_withheld": False}
        if one.codes is None
        else {"text": mark_for(one.codes, rules), "is_withheld": True}
        for one in pieces
    ]


def mark_for(codes: frozenset[str], rules: AccessRules) -> str:
    """What stands in place of words; the mark of an address is the same for everybody."""
    decided = [code for code in codes if code]
    return rules.mark_of(decided) if decided else SAFE


def plain_text(document: dict) -> str:
    """The document as plain text, 78 characters to a line."""
    lines = [document["title"], "=" * len(document["title"]), "", document["asked"]]
    lines += [document["answered"], f"Reference {document['reference']}", "", *document["cover"]]
    lines += ["", "What was left out", "-----------------", ""]
    lines += [
        f"{one['number']}: {one['label']}. {one['when']} ({one['source']})"
        for one in document["left_out"]
    ] or ["Nothing that is told here."]
    lines += ["", "How to complain", "---------------", "", document["complain"]]
    for chapter in document["chapters"]:
        lines += ["", "", chapter["heading"], "-" * len(chapter["heading"])]
        for one in chapter["entries"]:
            lines += ["", f"{one['when']}. {one['kind']}. {one['by']}. {one['standing']}".strip()]
            for part in one["parts"]:
                said = "".join(piece["text"] for piece in part["pieces"])
                lines.append(f"{part['head']}: {said}" if part["head"] else said)
    lines += ["", "", document["mark"], ""]
    return "\r\n".join(folded for line in lines for folded in _folded(line))


def _folded(line: str) -> list[str]:
    return [
        part
        for each in line.splitlines() or [""]
        for part in wrap(each, 78, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _answered(told: Told) -> str:
    phone = f", {told.phone}" if told.phone else ""
    when = words.instant_in_words(told.at)
    return f"Answered by {told.name}, {told.post}, {told.agency}{phone}, on {when}."


def _reasons(
    counted: Iterable[tuple[str, int]], rules: AccessRules, one: str, many: str, what: str
) -> list[dict[str, str]]:
    return [
        {
            "number": f"{words.counted(number, one, many)} {what}",
            "label": rules.reasons[code].label,
            "when": rules.reasons[code].when,
            "source": rules.reasons[code].source,
        }
        for code, number in counted
    ]


def _chapter(one: LeavingEntry) -> str:
    when = parse_edtf(one.happened) if one.happened else None
    if when is None or when.from_min is None:
        return UNKNOWN
    months = (when.from_min.year, when.from_min.month) == (
        (when.from_max or when.from_min).year, (when.from_max or when.from_min).month,
    )  # fmt: skip
    month = f"{MONTHS[when.from_min.month - 1].title()} " if months else ""
    return f"{month}{when.from_min.year}"


def _entry(one: LeavingEntry, rules: AccessRules) -> dict[str, object]:
    return {
        "when": _when(one.happened),
        "kind": Kind.label_of(one.kind),
        "by": f"Written by {AgencyKind.label_of(one.agency_kind).lower()}",
        "how": HowKnown.label_of(one.how_known) if one.how_known else "",
        "standing": f"{one.standing} later" if one.standing else "",
        "parts": [
            {"head": HEADS[Part(part)], "pieces": shown_pieces(pieces, rules)}
            for part, pieces in one.parts
        ],
    }


def _when(happened: str) -> str:
    said = words.date_in_words(parse_edtf(happened)) if happened else UNKNOWN
    return said[:1].upper() + said[1:]
