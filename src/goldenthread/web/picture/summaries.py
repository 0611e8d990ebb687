"""Cumulative summaries in words: the newest on the Picture page, every version, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.risk.summary import Reads
from goldenthread.usecases.chronology.shown import History
from goldenthread.usecases.risk.read_picture import Picture
from goldenthread.usecases.risk.summaries import SummarySeen
from goldenthread.web.kit.words import counted, day_of_instant, instant_in_words
from goldenthread.web.picture.asked import Asked

NONE_YET = (
    "Nobody has written one that you can read. It is drafted from the facts as headings with their "
    "entries; the words are the writer’s own."
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version, ready to show; `newer` is a sentence where entries are newer, else empty."""

    id: UUID
    href: str
    heading: str
    title: str
    made: str
    newer: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Summaries:
    """What the Picture page says of summaries: the newest, the way to all, the way to write."""

    latest: Version | None
    none: str
    all_href: str
    all_text: str
    write: dict[str, str] | None


def summaries_of(found: Picture, history: History, asked: Asked, case: UUID) -> Summaries:
    """The newest version the reader may read that was finished by the day of the viewpoint."""
    by_then = [s for s in found.summaries if s.row.recorded_at <= asked.viewpoint.as_of]
    latest = version_of(by_then[0], case) if by_then else None
    return Summaries(
        latest=latest,
        none=NONE_YET,
        all_href=reverse("summaries", kwargs={"case": case}) if len(by_then) > 1 else "",
        all_text=f"All {len(by_then)} versions",
        write=write_link(found, case) if found.may_write and asked.is_now else None,
    )


def write_link(found: Picture, case: UUID) -> dict[str, str]:
    """The way to begin a version, or to carry on with one's own draft."""
    if found.draft is not None:
        href = reverse("summary_write", kwargs={"case": case, "draft": found.draft})
        return {"href": href, "text": "Carry on with your draft"}
    text = "Write the next version" if found.summaries else "Write a summary"
    return {"href": reverse("summary_start", kwargs={"case": case}), "text": text}


def version_of(seen: SummarySeen, case: UUID) -> Version:
    """One version, ready to show."""
    return Version(
        id=seen.row.id,
        href=reverse("summary", kwargs={"case": case, "summary": seen.row.id}),
        heading=heading_of(seen),
        title=title_of(seen),
        made=made_words(seen),
        newer=newer_words(seen),
        parts=tuple((part.heading.label, part.words) for part in seen.parts),
    )


def title_of(seen: SummarySeen) -> str:
    """Which version it is: its number where the reader may know of the others, else its day."""
    row = seen.row
    if not seen.is_numbered:
        return f"Summary of {day_of_instant(row.recorded_at)}"
    return f"Version {row.number}"


def heading_of(seen: SummarySeen) -> str:
    """What stands at the head of its page and paper."""
    if not seen.is_numbered:
        return f"Cumulative summary of {day_of_instant(seen.row.recorded_at)}"
    return f"Cumulative summary: version {seen.row.number}"


def made_words(seen: SummarySeen) -> str:
    """Who finished it and when, and from what they could see."""
    row = seen.row
    sight = "everything the agencies put in the record" if row.pooled else (
        f"what {row.agency_name} recorded or was told"
    )  # fmt: skip
    return (
        f"finished by {row.written_by_name}, {row.agency_name}, on "
        f"{instant_in_words(row.recorded_at)}, from {sight}"
    )


def newer_words(seen: SummarySeen) -> str:
    """That entries are newer, as a sentence; empty where none is.

    To whoever sees more than its writer did, what the writer never knew is said as that.
    """
    if not seen.newer:
        return ""
    if seen.reads is Reads.OWN or seen.row.pooled:
        return f"{counted(seen.newer, 'entry is', 'entries are')} newer than this summary."
    number = counted(seen.newer, "entry that you may see was", "entries that you may see were")
    return f"{number} not known to {seen.row.agency_name} when it was finished."


def considered_words(seen: SummarySeen) -> str:
    """How many entries its writer could read when they finished."""
    number = counted(seen.row.considered, "entry", "entries")
    return f"Its writer could read {number} then."
