"""Loads the demonstration's families through the same import as any agency's spreadsheets.

Family by family it sets up the invented agencies, opens the family's record and brings in each
agency's file as the practitioner who would upload it; then it adds what somebody judged of people
of two families. What is there already is left alone, so a family that is new to an older
demonstration is added beside what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.network.vocabulary import SamePerson
from goldenthread.domain.shared.counting import counted
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.interop.chronology.bring_in import bring_in
from goldenthread.interop.clock import now
from goldenthread.interop.demo.addresses import keep_all
from goldenthread.interop.demo.challenges import raise_all
from goldenthread.interop.demo.decisions import sign_all
from goldenthread.interop.demo.needs import write_down
from goldenthread.interop.demo.network import read_out
from goldenthread.interop.demo.plans import sign_versions
from goldenthread.interop.demo.restricted import restrict_all
from goldenthread.interop.demo.sharing import share_all
from goldenthread.interop.demo.story import (
    FIRST,
    families,
    is_told,
    read_links,
    read_partnership,
    read_toml,
)
from goldenthread.interop.demo.write_spreadsheets import folder_of
from goldenthread.usecases.access.demonstration import DEMONSTRATION_PASSWORD
from goldenthread.usecases.access.families import PractitionerRow, who_acts
from goldenthread.usecases.chronology.imports.arrangement import Arrangement
from goldenthread.usecases.chronology.imports.receiving import is_brought_in
from goldenthread.usecases.network.linked_families import has_been_judged, link_people
from goldenthread.usecases.people import set_up
from goldenthread.usecases.risk.consider_families import (
    NotConsidered,
    consider_family,
    considered_later,
)

SPACE = UUID("2b9d6c0e-17a5-4f4e-8d39-6f0a6c7e5d21")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account to sign in with, as the welcome lists it."""

    name: str
    role: str
    agency: str
    email: str


def key(kind: str, name: str) -> UUID:
    """The id of a thing of the demonstration: the same on every machine."""
    return uuid5(SPACE, f"{kind} {name}")


def story(family: str = FIRST) -> dict:
    """Who is who in one family, as its family.toml says."""
    return read_toml("family.toml", family)


def load(*, say: Callable[[str], None]) -> list[DemoAccount]:
    """Load what is not there yet; returns the accounts to sign in with."""
    for family in families():
        with considered_later(key("case", story(family)["case"]["reference"])):
            _load_family(family, say)
            _tell_story(family, say)
        _consider(family, say)
    for link in read_links():
        _link(link, say)
    return _accounts(read_partnership())


def _load_family(family: str, say: Callable[[str], None]) -> None:
    told = story(family)
    case = key("case", told["case"]["reference"])
    first = told["practitioner"][0]
    by = Actor(
        key("account", first["key"]),
        key("practitioner", first["key"]),
        key("agency", first["agency"]),
    )
    if who_acts(by.account) is None:
        say(f"Setting up the agencies around the {told['case']['label']}.")
        set_up.set_up_agencies(by, _agencies(told), _practitioners(told))
        set_up.open_family(by, _family(told, case))
    elif missing := [one for one in _practitioners(told) if not _has_account(one)]:
        set_up.set_up_agencies(by, [], missing)
    for place, sheet in enumerate(told["spreadsheet"], start=1):
        _bring_in(family, case, sheet, say, f"{place} of {len(told['spreadsheet'])}")
    _read_out_network(family, case, say)


def _tell_story(family: str, say: Callable[[str], None]) -> None:
    """Do what the family's story says its people did beside what their agencies' files hold."""
    _ask_adults(family, say)
    _decide(family, say)
    _challenge(family, say)
    _plan(family, say)
    _share(family, say)
    _keep_addresses(family, say)
    _restrict(family, say)


def _decide(family: str, say: Callable[[str], None]) -> None:
    """Sign the decisions of the family's story, where it has any."""
    if not is_told("decisions.toml", family):
        return
    case = key("case", story(family)["case"]["reference"])
    told = read_toml("decisions.toml", family)
    if signed := sign_all(told, case, lambda who: _acting(who)[0], key):
        say(f"{counted(signed, 'decision')} signed by those who took them.")


def _ask_adults(family: str, say: Callable[[str], None]) -> None:
    """Write down what the family's adults need, where its story tells of it."""
    told = read_toml("needs.toml", family)
    case = key("case", story(family)["case"]["reference"])
    if kept := write_down(told, case, lambda who: _acting(who)[0], key, now=now()):
        say(f"{counted(kept, 'profile or adjustment', 'profiles and adjustments')} of adults kept.")


def _challenge(family: str, say: Callable[[str], None]) -> None:
    """Raise, answer and settle the challenges of the family's story, where it has any."""
    if not is_told("challenges.toml", family):
        return
    case = key("case", story(family)["case"]["reference"])
    told = read_toml("challenges.toml", family)
    if taken := raise_all(told, case, lambda who: _acting(who)[0], key, now=now()):
        say(f"{counted(taken, 'step')} of challenges taken by those who took them.")


def _share(family: str, say: Callable[[str], None]) -> None:
    """Tell, read and acknowledge as the family's story says, where it says so."""
    if not is_told("sharing.toml", family):
        return
    people = story(family)
    case = key("case", people["case"]["reference"])
    readers = [p["key"] for p in people["practitioner"] if p["team"] != "none"]
    told = read_toml("sharing.toml", family)
    if new := share_all(told, case, readers, lambda who: _acting(who)[0], key, now=now()):
        say(f"{counted(new, 'step')} of telling and acknowledging taken.")


def _keep_addresses(family: str, say: Callable[[str], None]) -> None:
    """Keep the safe addresses of the family's story, where it has any."""
    if not is_told("addresses.toml", family):
        return
    case = key("case", story(family)["case"]["reference"])
    told = read_toml("addresses.toml", family)
    if kept := keep_all(told, case, lambda who: _acting(who)[0], key, now=now()):
        say(f"{counted(kept, 'address', 'addresses')} kept safe.")


def _restrict(family: str, say: Callable[[str], None]) -> None:
    """Restrict what the family's story says was restricted, where it says so."""
    if not is_told("restricted.toml", family):
        return
    case = key("case", story(family)["case"]["reference"])
    told = read_toml("restricted.toml", family)
    if new := restrict_all(told, case, lambda who: _acting(who)[0], key, now=now()):
        say(f"{counted(new, 'entry', 'entries')} restricted by those who did.")


def _consider(family: str, say: Callable[[str], None]) -> None:
    """Work out what the family's history asks, in every scope its team reads."""
    case = key("case", story(family)["case"]["reference"])
    try:
        consider_family(case, now=now())
    except NotConsidered as fault:
        say(fault.reason)


def _plan(family: str, say: Callable[[str], None]) -> None:
    """Sign the versions of the family's safety plan, where its story tells of any."""
    try:
        told = read_toml("plans.toml", family)
    except FileNotFoundError:
        return
    case = key("case", story(family)["case"]["reference"])
    if signed := sign_versions(told, case, lambda who: _acting(who)[0], key, now=now()):
        say(f"{counted(signed, 'version')} of a safety plan signed.")


def _has_account(one: set_up.NewPractitioner) -> bool:
    return one.account is not None and who_acts(one.account) is not None


def _read_out_network(family: str, case: UUID, say: Callable[[str], None]) -> None:
    told = story(family)
    speaking = {
        key("agency", sheet["agency"]): _acting(sheet["uploaded_by"])[0]
        for sheet in told["spreadsheet"]
    }
    # A chair sees every entry; where nobody chairs, each agency sees its own.
    chairs = [_acting(p["key"])[0] for p in told["practitioner"] if p["team"] == "chair"]
    readers = chairs or list(speaking.values())
    network = read_toml("network.toml", family)
    added = read_out(network, case, speaking, readers, key, now=now())
    if added:
        say(f"{added} things these entries say of who is who were read out of them.")


def _link(link: dict, say: Callable[[str], None]) -> None:
    """Add one judgement, unless anybody has judged these two people already."""
    actor, person = _acting(link["by"])
    case = key("case", link["case"])
    pair = key("person", link["person"]), key("person", link["is"])
    if has_been_judged(actor, case, *pair, now=now()):
        return
    link_people(actor, case, *pair, SamePerson(link["verdict"]), link["reason"], now=now())
    say(f"Somebody is known in two families, as {person.name} judged.")


def _acting(practitioner: str) -> tuple[Actor, PractitionerRow]:
    acting = who_acts(key("account", practitioner))
    if acting is None:
        raise LookupError(f"Nobody of the demonstration is called {practitioner}.")
    return acting


def _bring_in(family: str, case: UUID, sheet: dict, say: Callable[[str], None], place: str) -> None:
    actor, person = _acting(sheet["uploaded_by"])
    content = (folder_of(family) / sheet["file"]).read_bytes()
    agency = key("agency", sheet["agency"])
    if is_brought_in(actor, case, content, agency=agency, now=now()):
        return
    receipt = bring_in(
        actor,
        case,
        content,
        sheet["file"],
        id=uuid5(key("file", sheet["file"]), now().isoformat()),
        now=now(),
        agency=agency,
        arrangement=_arrangement(sheet),
        sheet=sheet["sheet"],
        header_row=sheet["header_row"],
    )
    problems = receipt.counts.get("problem", 0)
    say(
        f"{place}: {sheet['file']}, brought in by {person.name}: "
        f"{counted(receipt.kept, 'entry', 'entries')} added"
        + (f", {problems} not kept" if problems else "")
        + "."
    )


def _arrangement(sheet: dict) -> Arrangement:
    words = {column: dict(meanings) for column, meanings in sheet.get("words", {}).items()}
    if "agency" in words:
        words["agency"] = {w: str(key("agency", a)) for w, a in words["agency"].items()}
        words["shared_with"] = words["agency"]
    fixed = dict(sheet.get("fixed", {}))
    if "agency" in fixed:
        fixed["agency"] = str(key("agency", fixed["agency"]))
    return Arrangement(sheet["mapping"], words, sheet["date_order"], fixed)


def _accounts(partnership: dict) -> list[DemoAccount]:
    names = {agency["key"]: agency["name"] for agency in partnership["agency"]}
    return [
        DemoAccount(p["name"], p["role_title"], names[p["agency"]], p["email"])
        for p in partnership["practitioner"]
        if p["demo_account"]
    ]


def _agencies(told: dict) -> list[set_up.NewAgency]:
    return [
        set_up.NewAgency(key("agency", a["key"]), a["slug"], a["name"], a["phone"])
        for a in told["agency"]
    ]


def _practitioners(told: dict) -> list[set_up.NewPractitioner]:
    return [
        set_up.NewPractitioner(
            id=key("practitioner", p["key"]),
            agency=key("agency", p["agency"]),
            name=p["name"],
            role=p["role_title"],
            phone=p["phone"],
            remit=p.get("remit")
            or ("conference_chair" if p["team"] == "chair" else "practitioner"),
            account=key("account", p["key"]),
            email=p["email"],
            password=DEMONSTRATION_PASSWORD if p["demo_account"] else None,
        )
        for p in told["practitioner"]
    ]


def _family(told: dict, case: UUID) -> set_up.NewFamily:
    return set_up.NewFamily(
        id=case,
        reference=told["case"]["reference"],
        family_label=told["case"]["label"],
        opened_on=date.fromisoformat(told["case"]["begins"]),
        legal_status=told["case"]["legal_status"],
        members=tuple(_member(person) for person in told["person"]),
        team=tuple(_team(told)),
    )


def _team(told: dict) -> Iterator[set_up.NewTeamMember]:
    """Those named for this family, and those of other families' files who work with it too."""
    reference = told["case"]["reference"]
    named = [(p["key"], p["key"], p) for p in told["practitioner"] if p["team"] != "none"]
    joined = [(f"{reference} {p['key']}", p["key"], p) for p in told.get("joined_by", ())]
    for name, practitioner, one in named + joined:
        yield set_up.NewTeamMember(
            key("team", name),
            key("practitioner", practitioner),
            one["team"],
            date.fromisoformat(one["from"]),
            date.fromisoformat(one["to"]) if one["to"] else None,
        )


def _member(person: dict) -> set_up.NewMember:
    unknown = person.get("unknown", False)
    return set_up.NewMember(
        id=key("person", person["key"]),
        role=person["role"],
        given_name=person["given_name"],
        family_name=person["family_name"],
        known_as=person["known_as"],
        description=person["description"] if unknown else "",
        is_identified=not unknown,
        is_child=person["role"] == "child" or person["role"].startswith("sibling"),
        born=parse_edtf(person["born"]) if person["born"] else None,
        expected_on=date.fromisoformat(person["expected"]) if person.get("expected") else None,
        aliases=(person["key"], *person["aliases"]),
        brought_by=key("agency", person["brought_by"]) if "brought_by" in person else None,
        died=parse_edtf(person["died"]) if person.get("died") else None,
        gender=person.get("gender", ""),
        loss=person.get("loss", ""),
    )


def welcome(address: str, accounts: list[DemoAccount]) -> str:
    """What the command prints once the demonstration can be opened."""
    widest = max(len(account.email) for account in accounts)
    lines = [
        "",
        f"Goldenthread is running: open {address}",
        f"Everybody here is invented. The password of each account is: {DEMONSTRATION_PASSWORD}",
        "",
        *(f"  {a.email:<{widest}}  {a.name}, {a.role}, {a.agency}" for a in accounts),
        "",
        "Press Ctrl-C to stop. What you add is kept for the next time.",
    ]
    return "\n".join(lines)
