"""The columns of a chronology, and which of an agency's own headings mean the same.

The canonical columns are the interchange layout: import, export and replay share them. The known
headings come from published chronology templates (Tayside, Care Inspectorate) and from the words
agencies use; a heading that is not known is left for a person to match, never guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One canonical column: its name in the file, its label and what belongs in it."""

    name: str
    label: str
    meaning: str
    headings: tuple[str, ...] = ()


CANONICAL: tuple[Column, ...] = (
    Column(
        "id",
        "Reference",
        "The agency's own number for the entry, so that a newer file adds only what is new.",
        (
            "ref",
            "reference",
            "reference number",
            "entry id",
            "event id",
            "record id",
            "row id",
            "entry no",
            "entry number",
            "no",
            "unique id",
            "unique reference",
            "log number",
            "occurrence number",
        ),
    ),
    Column(
        "date",
        "When it happened",
        "A day, month, year or period; “about” and “not known” are answers.",
        (
            "event date",
            "event date or period",
            "date or period",
            "date of event",
            "date/time",
            "date and time",
            "date of incident",
            "incident date",
            "date of contact",
            "contact date",
            "date of entry",
            "when",
            "when it happened",
            "happened",
            "date happened",
            "event period",
            "date occurred",
            "occurred",
            "date of occurrence",
            "date of visit",
            "visit date",
            "appointment date",
            "consultation date",
            "date from",
            "start date",
        ),
    ),
    Column(
        "agency",
        "Agency",
        "The agency whose entry this is.",
        ("organisation", "service", "source agency", "agency name", "recording agency"),
    ),
    Column(
        "source",
        "Source",
        "The practitioner, service or record it comes from.",
        (
            "practitioner",
            "source practitioner service",
            "source of information",
            "source document",
            "information source",
            "recorded by",
            "author",
            "entered by",
            "worker",
            "professional",
            "clinician",
            "officer",
            "staff member",
            "name of practitioner",
            "seen by",
            "completed by",
            "source of the information",
            "practitioner service",
        ),
    ),
    Column(
        "how_known",
        "How known",
        "Saw it, was told, read it in a record, or worked it out.",
        (
            "how is it known",
            "how it is known",
            "how we know",
            "basis",
            "how known seen told by whom document inferred",
            "how do we know",
            "first hand or reported",
            "evidence type",
        ),
    ),
    Column(
        "told_by",
        "Told by",
        "Who told the practitioner, if they were told.",
        (
            "informant",
            "told by whom",
            "reported by",
            "who told us",
            "who told you",
            "information from",
            "informed by",
            "referrer",
            "caller",
        ),
    ),
    Column(
        "people",
        "People",
        "Who it is about, by name or role, separated by semicolons.",
        (
            "persons involved",
            "people involved",
            "who",
            "about whom",
            "who was involved",
            "person",
            "person s",
            "persons",
            "family member",
            "family members",
            "subject",
            "subjects",
            "individuals",
            "individuals involved",
            "who is it about",
            "those present",
            "about",
            "persons involved tags for indicators",
            "name",
            "child name",
            "patient",
        ),
    ),
    Column(
        "kind",
        "Kind of event",
        "Visit, referral, injury, missed appointment and so on.",
        (
            "event type",
            "type",
            "type of event",
            "type of contact",
            "contact type",
            "category",
            "event category",
            "incident type",
            "nature of contact",
            "encounter type",
            "activity",
            "crime type",
            "type of incident",
            "record type",
            "entry type",
        ),
    ),
    Column(
        "domain",
        "Area of concern",
        "The concern or strength it touches; several are separated by semicolons.",
        (
            "concern",
            "concerns",
            "area of concern",
            "areas of concern",
            "domains",
            "risk type",
            "harm type",
            "type of harm",
            "category of concern",
            "concern or strength",
            "theme",
            "themes",
            "indicator",
            "indicators",
            "tags",
            "tags for indicators",
            "risk factor",
        ),
    ),
    Column(
        "what",
        "What happened",
        "The event in plain words the family could read.",
        (
            "significant event",
            "event",
            "what happened",
            "details",
            "description",
            "narrative",
            "event details",
            "details of event",
            "summary",
            "significant event plain language family readable",
            "key event",
            "event description",
            "incident",
            "information",
            "entry",
            "note",
            "notes",
            "case note",
            "significant information",
            "contact details of event",
            "account",
            "text",
            "details of contact",
            "consultation notes",
            "event information",
            "comment",
            "comments",
        ),
    ),
    Column(
        "impact",
        "Impact on the child",
        "What it meant for the child, good or bad.",
        (
            "impact on child",
            "impact",
            "impact on child positive or negative",
            "effect on child",
            "effect on the child",
            "impact on child children",
            "impact on children",
            "significance for child",
            "what it meant for the child",
            "impact on the children",
        ),
    ),
    Column(
        "action",
        "Action taken",
        "What was done, or why nothing was.",
        (
            "action taken",
            "action taken reason for none",
            "actions",
            "outcome",
            "action and outcome",
            "action outcome",
            "response",
            "action taken and outcome",
            "agency response",
            "disposal",
            "action taken reason for none and outcome",
            "actions taken",
            "what was done",
            "plan",
            "action taken or reason for none",
            "result",
            "service response",
            "follow up",
        ),
    ),
    Column(
        "known_from",
        "Date learned",
        "When the agency came to know it, if not on the day.",
        (
            "date learned",
            "known from",
            "date known",
            "date received",
            "when known",
            "date reported",
            "known since",
            "date informed",
            "date learned and date recorded",
            "date learned and date recorded distinct from event date",
            "date we knew",
            "learned",
            "date told",
            "date notified",
            "date agency became aware",
            "received",
        ),
    ),
    Column(
        "shared_with",
        "Shared with",
        "Which agencies were told, separated by semicolons.",
        (
            "shared",
            "told",
            "information shared with",
            "agencies told",
            "agencies informed",
            "shared with agency date basis",
            "shared with agency date basis not shared why",
            "who was told",
            "notified",
            "agencies notified",
            "passed to",
            "who has been told",
        ),
    ),
    Column(
        "shared_on",
        "Date shared",
        "When they were told: one date, or one for each agency in the same order.",
        (
            "date shared",
            "shared date",
            "date of sharing",
            "when shared",
            "date passed on",
            "date agencies told",
            "information shared on",
        ),
    ),
    Column(
        "significance",
        "Significance",
        "How much a practitioner judged it to matter.",
        ("significance of event", "importance", "significant", "level of significance", "weight"),
    ),
)
NAMES: tuple[str, ...] = tuple(column.name for column in CANONICAL)


def normal(words: str) -> str:
    """The words without case, punctuation or repeated spaces, for comparing."""
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split())


_KNOWN: dict[str, str] = {}
for _column in CANONICAL:
    for _heading in (_column.name, _column.label, *_column.headings):
        _KNOWN.setdefault(normal(_heading), _column.name)


def column_named(heading: str) -> str | None:
    """The canonical column a heading is known to mean, or None.

    Text in brackets is a gloss ("Date (dd/mm/yyyy)"): tried with it first, then without.
    """
    known = _KNOWN.get(normal(heading))
    if known is None:
        known = _KNOWN.get(normal(re.sub(r"\([^)]*\)|,.*$|:.*$", " ", heading)))
    return known


def suggest(headers: Iterable[str]) -> dict[str, str | None]:
    """For each canonical column the header that is known to mean it, or None.

    A header spelled exactly as the column wins over one that only means the same; otherwise the
    first from the left.
    """
    found: dict[str, str | None] = dict.fromkeys(NAMES)
    remaining = []
    for header in headers:
        name = normal(header).replace(" ", "_")
        if name in found and found[name] is None:
            found[name] = header
        else:
            remaining.append(header)
    for header in remaining:
        name = column_named(header)
        if name is not None and found[name] is None:
            found[name] = header
    return found


def layout_fingerprint(headers: Iterable[str]) -> str:
    """A short text that is the same for the same headings in the same order.

    Case, spacing and punctuation do not count, so an agency's layout is known again next month.
    """
    joined = "\n".join(normal(header) for header in headers)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:32]


def is_canonical(headers: Iterable[str]) -> bool:
    """Whether the headers are exactly our own columns in our own order."""
    return tuple(headers) == NAMES
