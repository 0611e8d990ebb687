"""Places on a team in words: their days, who settled them and why, and what they open."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.domain.access.team import MembershipStep, TeamRole, Term
from goldenthread.usecases.access.end_membership import Ended
from goldenthread.usecases.access.join_team import Joining
from goldenthread.usecases.access.read_team import MembershipRow
from goldenthread.web.kit import words

WHAT_EACH_IS = {
    TeamRole.ALLOCATED: "Answers for the team, and says who is on it.",
    TeamRole.NAMED_MEMBER: "A family’s named GP, health visitor or midwife, for instance.",
    TeamRole.CHAIR: "Reads what every agency put in the record. Their post is conference chair.",
    TeamRole.SUPERVISOR: "Of the same agency as the allocated worker.",
    TeamRole.CORE_GROUP: "For the dates of membership: give the last day.",
    TeamRole.STRATEGY_MEETING: "For the dates of membership: give the last day.",
    TeamRole.REVIEW_PANEL: "For the time of the review: give the last day.",
}


def days_of(term: Term, today: date) -> str:
    """The days of a place on a team: "Since 1 December 2025", "10 June 2026 to 12 June 2026"."""
    first, last = words.day_in_words(term.from_on), term.last_day
    if term.is_empty:
        return f"Was to begin on {first}, and ended before a day of it was over"
    if last is None:
        return f"{'Since' if term.from_on <= today else 'From'} {first}"
    if last == term.from_on:
        return f"{first} alone"
    return f"{first} to {words.day_in_words(last)}"


def settled_in_words(row: MembershipRow) -> list[tuple[str, str]]:
    """Each step about it: who took it when, and why in their words, which are empty for others."""
    said = [
        (
            f"{MembershipStep.label_of(one.step)} by {one.by_name}, {one.by_agency_name}, on "
            f"{words.day_of_instant(one.recorded_at)}",
            one.reason,
        )
        for one in row.steps
    ]
    last = row.steps[-1].to_on if row.steps else None
    if not said:
        said = [("On it since the record was set up", "")]
    if row.term.to_on is not None and row.term.to_on != last:
        said.append(("Ended with a post, or as the record was set up", ""))
    return said


def what_it_opens(found: Joining, today: date) -> list[str]:
    """What putting them on the team lets them, and others, see; in plain sentences."""
    who, agency, last = found.who.name, found.who.agency_name, found.term.last_day
    first = (
        "from today on"
        if found.term.from_on == today
        else f"from {words.day_in_words(found.term.from_on)} on, and not before"
    )
    until = (
        f"Their last day is {words.day_in_words(last)}; the day after it they can no longer."
        if last
        else "They can until somebody ends it."
    )
    reads = (
        "They read what every agency put in the record."
        if found.role == TeamRole.CHAIR
        else f"They read in full what {agency} wrote or was told. Of any other entry they see that "
        "it is there, its date, and whom to ask."
    )
    already = (
        "Nobody else there is on the team on the first day."
        if found.agency_is_new
        else "Somebody else there is on the team on the first day already."
    )
    return [
        f"{who} can open this family’s record {first}. {until}",
        reads,
        f"On those days everybody else of {agency} who opens families’ records can open this one "
        f"too. {already}",
        "What is labelled, sealed or withheld stays so for them, and a safe address too.",
        "They are sent a notice that names nobody. Whoever can open this record reads that you put "
        "them on the team, and why.",
    ]


def what_it_closes(found: Ended, today: date) -> list[str]:
    """What ending a place on the team changes; in plain sentences."""
    row, agency = found.row, found.row.agency_name
    last = found.to_on - timedelta(days=1)
    over = (
        "From now on"
        if found.to_on <= max(today, row.term.from_on)
        else f"After {words.day_in_words(last)}"
    )
    said = [f"{over}, {row.name} has no place on this team as {row.role_label.lower()}."]
    said.append(
        f"Somebody else of {agency} is on the team then, so {row.name} can still open the record "
        "as a colleague of theirs."
        if found.agency_stays
        else f"Nobody else of {agency} is on the team then: for everybody of {agency} it is as if "
        "there were no such family. What they wrote stays in the record."
    )
    if found.next is not None:
        begins = "From today" if found.to_on == today else f"From {words.day_in_words(found.to_on)}"
        gives_up = (
            f", and is no longer {found.gives_up.role_label.lower()}" if found.gives_up else ""
        )
        said.append(
            f"{begins} {found.next.name} of {found.next.agency_name} is allocated{gives_up}. "
            "They are sent a notice that names nobody."
        )
    said.append("Whoever can open this record reads that you ended it, and why.")
    return said


def began_on(found: Joining, today: date) -> str:
    """The message when somebody was put on the team."""
    first, last = found.term.from_on, found.term.last_day
    begins = "today" if first == today else words.day_in_words(first)
    until = f" to {words.day_in_words(last)}" if last else ""
    return f"{found.who.name} is on the team from {begins}{until}. They were sent a notice."


def over_on(found: Ended, today: date) -> str:
    """The message when a place on the team was ended."""
    if found.to_on <= max(today, found.row.term.from_on):
        return f"{found.row.name} is no longer on the team."
    last = words.day_in_words(found.to_on - timedelta(days=1))
    return f"The last day of {found.row.name} on the team is {last}."
