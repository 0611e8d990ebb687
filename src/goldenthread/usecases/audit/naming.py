"""Names a row of the record for whoever checks it: what, when, by whom; never what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action
from goldenthread.domain.audit.findings import moment
from goldenthread.records.shared.reading import actor_of, agencies, practitioner

EVENTS = "audit_auditevent"
WORDS = {
    EVENTS: "an event",
    "audit_witness": "a witness of the log",
    "audit_cosignature": "a co-signature",
    "audit_rowhistory": "how a row stood",
    "shared_agency": "an agency",
    "shared_practitioner": "a post",
    "shared_account": "an account",
    "people_person": "a person",
    "people_case": "a family's record",
    "people_casemember": "a member of a family",
    "people_personalias": "a name that papers call somebody by",
    "access_teammember": "a place on a family's team",
    "provenance_statement": "a statement",
    "provenance_statementlink": "a link between statements",
    "provenance_shareevent": "a record of telling or not telling",
    "provenance_awareness": "a record of who knows a statement",
    "provenance_sharereceipt": "a receipt",
    "people_statementsubject": "whom a statement is about",
    "people_filing": "a filing on a family",
    "network_claim": "a claim of who is who",
    "network_personlink": "a link between two people",
    "decisions_decision": "a decision",
    "decisions_decisionparty": "somebody's part in a decision",
    "decisions_decisionpin": "an entry a decision rests on",
    "plans_planversion": "a version of a plan",
    "challenges_challenge": "a challenge",
    "challenges_challengestep": "a step of a challenge",
}


def in_words(
    table: str, row: UUID, columns: Sequence[str] = (), values: Sequence[str | None] = ()
) -> str:
    """What a row is: "the event of 3 March 2026, 14:02, Ruth Lindley: Read one entry"."""
    said = dict(zip(columns, values, strict=True))
    what = WORDS.get(table, f"a row of {table}").removeprefix("a ").removeprefix("an ")
    when = _when(said)
    parts = [f"the {what}" + (f" of {when}" if when else f" {row}")]
    if who := _who(said):
        parts.append(f"{who}: {_action(said)}" if table == EVENTS else who)
    if when:
        parts.append(str(row))
    return ", ".join(parts)


def _when(said: Mapping[str, str | None]) -> str:
    written = said.get("recorded_at")
    try:
        return moment(datetime.fromisoformat(written)) if written else ""
    except ValueError:  # altered into something that is no moment
        return ""


def _action(said: Mapping[str, str | None]) -> str:
    done = said.get("action") or "nothing"
    refused = " (refused)" if said.get("outcome") == "deny" else ""
    return f"{Action.label_of(done)}{refused}"


def _who(said: Mapping[str, str | None]) -> str:
    """Whoever did or recorded it; else their agency; else nothing."""
    person = _id(said.get("practitioner")) or _id(said.get("practitioner_id"))
    account = _id(said.get("recorded_by_id")) or _id(said.get("account"))
    if person is None and account and (actor := actor_of(account)):
        person = actor.practitioner
    if person and (found := practitioner(person)):
        return f"{found.name}, {found.agency_name}"
    agency = _id(said.get("agency_id")) or _id(said.get("agency"))
    return agencies()[agency].name if agency and agency in agencies() else ""


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
