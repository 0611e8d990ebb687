"""The forms of the service, as those who may send them meet them, in a family with something of all.

People of every post follow the links of the pages that they may open; a form that has other fields
than those met before is noted once, with whoever met it. So each has the ids of what is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.db import connections, models
from django.test import Client

from goldenthread.interop.clock import now as the_present
from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.keep_draft import keep_draft
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.agreement.surface_addresses import NO_FAMILY
from tests.agreement.surface_probes import HIDDEN_IDS, NEVER, probes
from tests.families import glass, restricted, seldom
from tests.families.hidden import build, hidden_claims, hidden_gaps
from tests.families.world import NOW, World, key
from tests.scan.offers import ID, Walk, matched
from tests.scan.page import Form

WHO = ("priya", "ama", "grace", "rosa", "ivy", "mina", "admin", "dora", "vera")
# Sent after all others, in this order: each takes something away that other forms are sent with.
LAST = (
    "withhold_stop", "seal_change", "entry_label", "entry_withhold", "entry_seal", "team_end",
    "change_post", "move_post", "end_post", "break_glass", "glass_end", "family_withhold",
    "family_seal", "own_conflict", "restricted_records", "discard_draft",
)  # fmt: skip
FORGED_ID, FORGED_WORD = "dec0ded0-dec0-4dec-8dec-dec0dec0dec0", "forgedwren"
FORGED_DAY, FORGED_NUMBER = "1999-12-31", "424242"


@dataclass(frozen=True)
class Met:
    """A form, the name of the address it is sent to, and whoever met it."""

    name: str
    who: str
    form: Form
    client: Client = field(repr=False)
    is_on_a_page: bool = True

    def send(self, **fields: object):
        """Send it with these fields, and follow where that leads."""
        return self.client.post(self.form.action, fields, follow=True)

    def filled(self, typed: str, *, choose: bool = True) -> dict[str, object]:
        """What it holds, with this in each field that somebody types in; {} stands for a number."""
        fields = dict(self.form.fields)
        for name in () if choose else self.form.chosen:
            fields.pop(name, None)
        for number, name in enumerate(self.form.typed):
            fields[name] = typed.format(number)
        return fields


def something_of_everything() -> World:
    """A family in the present database with as much as forms need that are seldom met."""
    world = build(with_it=True)
    restricted.add_leads(world)
    glass.add_posts(world)
    glass.broke(world, "vera", now=the_present())
    priya = world.actors["priya"]
    for number in (1, 2):
        entry = world.entry(
            "social_care", f"Ruth rang, {number}.", told={"health_visiting": "2026-05-04"},
            happened="2026-05-03", known="2026-05-03", id=key(f"entry of every form {number}"),
            asserted_by=priya.practitioner,
        )  # fmt: skip
        record_entry(priya, world.case, entry, now=NOW)
    restricted.seal(world, "priya", "priya", "rosa", statement=key("entry of every form 1"))
    restricted.withhold(
        world, "priya", statement=key("entry of every form 2"), agency="mental_health"
    )
    typed = {"form": "add", "who": {"text": ["Half a sentence"]}}
    keep_draft(priya, world.case, key("draft of every form"), typed, now=NOW)
    seldom.half_done(world)
    return world


def signed_in(who: str) -> Client:
    """Somebody at a browser that says when a page failed."""
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key(f"account {who}")))
    return client


# Pages that no link of theirs leads to soon enough: whoever may not open one is refused it.
STARTS = ("/", "/drafts/", f"/accounts/{key('practitioner sam')}/")


def meet(world: World, starts: Iterable[str] = STARTS) -> tuple[list[Met], dict[str, Walk]]:
    """The forms that those people meet, each shape once; and where each of them went."""
    found: dict[tuple[str, frozenset[str]], Met] = {}
    walks = {}
    for who in WHO:
        walks[who] = walk = Walk(signed_in(who), str(world.case))
        entries = (
            f"/families/{world.case}/entries/{key(f'entry of every form {n}')}/" for n in (1, 2)
        )
        walk.go(*starts, f"/families/{world.case}/", *entries)
        for name, forms in walk.forms.items():
            for form in forms:
                shape = frozenset(ID.sub("#", one) for one in form.fields)
                if form.method == "POST" and not NO_FAMILY.match(name):
                    found.setdefault((name, shape), Met(name, who, form, walk.client))
    met = {name for name, _ in found}
    for one in _sent_by_scripts(world, signed_in("lund")):
        if one.name not in met:
            found.setdefault((one.name, frozenset(one.form.fields)), one)
    order = {name: place for place, name in enumerate(LAST, start=1)}
    return sorted(found.values(), key=lambda one: order.get(one.name, 0)), walks


def _sent_by_scripts(world: World, client: Client) -> Iterator[Met]:
    """What no form of those pages sends, with ids of what Dr Lund may read: drafts as they are
    kept, and what stands on pages that the others have none of."""
    ids = HIDDEN_IDS | {"claim": str(hidden_claims(world)[0]), "gap": hidden_gaps(world)[0]}
    for address, sent in probes(world.case, ids):
        match = matched(address)
        if sent and match is not None:
            typed = [name for name, said in sent.items() if said == "x"]
            form = Form(address, "POST", typed=typed, fields={**sent})
            yield Met(match.url_name, "lund", form, client, is_on_a_page=False)


def fields_of_addresses(met: Iterable[Met], case: UUID) -> dict[str, set[str]]:
    """What some form or script of ours sends to an address, by the address's name."""
    known: dict[str, set[str]] = {}
    for one in met:
        known.setdefault(one.name, set()).update(one.form.fields)
    for address, sent in probes(case, NEVER):
        if sent and (match := matched(address)):
            known.setdefault(match.url_name, set()).update(sent)
    return known


def forged_fields() -> dict[str, str]:
    """A field for every column of every table, with a value that stands nowhere else."""
    found = {"is_superuser": "on", "is_staff": "on", "remit": "administrator"}
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            for name in (column.name, column.attname):
                found.setdefault(name, _forged(column))
    return found


def _forged(column: models.Field) -> str:
    kind = column.target_field if column.is_relation else column
    if isinstance(kind, models.UUIDField):
        return FORGED_ID
    if isinstance(kind, models.DateField):
        return FORGED_DAY
    if isinstance(kind, models.BooleanField):
        return "on"
    return FORGED_NUMBER if isinstance(kind, models.IntegerField) else FORGED_WORD


def kept_in_tables(pattern: str, *, but: str = r"^$") -> dict[str, set[str]]:
    """What matches in any row of any table but those named: the words found, by table."""
    found: dict[str, set[str]] = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if re.match(but, table):
                continue
            cursor.execute(
                f"SELECT DISTINCT (regexp_matches(t::text, %s, 'g'))[1] FROM \"{table}\" t",
                [f"({pattern})"],
            )
            if words := {row[0] for row in cursor.fetchall()}:
                found[table] = words
    return found


def pages(walks: dict[str, Walk]) -> Iterator[tuple[str, str, object]]:
    """Every page that each of them had opened, opened again: who, where, what was answered."""
    for who, walk in walks.items():
        for addresses in list(walk.links.values()):
            for address in addresses:
                yield who, address, walk.client.get(address, follow=True)
