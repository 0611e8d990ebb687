"""What the scanners are given: every address of the URL map, with ids that are there, and its forms.

Somebody who is signed in follows the links of the service and notes the forms on its pages, a few
pages of each address. What no link led to is put together from the ids that were met on the way;
what no page had a form for is sent the fields that `tests/agreement/surface_probes.py` sends.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from django.test import Client
from django.urls import Resolver404, ResolverMatch, get_resolver, resolve

from tests.agreement.surface_addresses import ASKED
from tests.agreement.surface_probes import NEVER, probes
from tests.scan.page import Form, Page

TOKEN = "csrfmiddlewaretoken"
MARK = "*"  # where sqlmap is to try what it tries
PAGES_OF_ONE_ADDRESS = 3
FILE = re.compile("_(pdf|png|svg|csv|xlsx|gedcom|text)$")  # leads nowhere, and may take seconds
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d+")


@dataclass(frozen=True)
class Offer:
    """One request: the name of its address, how it is asked, and what is sent with it."""

    name: str
    method: str
    address: str
    fields: tuple[tuple[str, str], ...] = ()
    has_file: bool = False

    @property
    def parameters(self) -> frozenset[str]:
        """What may be altered in it, rows of a form counted once."""
        return frozenset(ID.sub("#", name) for name, _ in self.fields if name != TOKEN)

    def without(self, tried: Container[str]) -> Offer:
        """The same without questions that another request asks already."""
        left = tuple(one for one in self.fields if ID.sub("#", one[0]) not in tried)
        return replace(self, fields=left)


@dataclass
class Walk:
    """What somebody who is signed in has met of the service."""

    client: Client
    within: str
    links: dict[str, list[str]] = field(default_factory=dict)  # by the name of an address
    forms: dict[str, list[Form]] = field(default_factory=dict)
    ids: dict[str, dict[str, object]] = field(default_factory=dict)  # by the name of an address
    any_id: dict[str, object] = field(default_factory=dict)  # by what it is an id of

    def go(self, *starts: str) -> None:
        """Follow the links from these addresses until a few pages of each address were read."""
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            match = matched(address)
            if match is None or not self._is_new(match, address) or FILE.search(match.url_name):
                continue
            answer = self.client.get(address, follow=True)
            if "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            came_to = (getattr(answer, "redirect_chain", None) or [(address, 0)])[-1][0]
            page = Page(came_to, answer.content.decode())
            if came_to != address and (there := matched(came_to)):
                self._met(there)
            for form in page.forms:
                self._note(form)
            waiting.extend(page.links)

    def _is_new(self, match: ResolverMatch, address: str) -> bool:
        if match.kwargs.get("case", UUID(self.within)) != UUID(self.within):
            return False
        known = self.links.setdefault(match.url_name, [])
        if address in known or len(known) >= PAGES_OF_ONE_ADDRESS:
            return False
        known.append(address)
        self._met(match)
        return True

    def _met(self, match: ResolverMatch) -> None:
        self.ids.setdefault(match.url_name, dict(match.kwargs))
        for name, value in match.kwargs.items():
            self.any_id.setdefault(name, value)

    def _note(self, form: Form) -> None:
        match = matched(form.action)
        if match is None or match.kwargs.get("case", UUID(self.within)) != UUID(self.within):
            return
        self._met(match)
        known = self.forms.setdefault(match.url_name, [])
        shape = {ID.sub("#", name) for name in form.fields}
        if not any(shape <= {ID.sub("#", name) for name in one.fields} for one in known):
            known.append(form)


def matched(address: str) -> ResolverMatch | None:
    """What the URL map has for an address of the service; None where it has nothing of ours."""
    path = address.partition("?")[0]
    if not path.startswith("/") or path.startswith(("/static/", "/scan/")):
        return None
    try:
        return resolve(path)
    except Resolver404:
        return None


def every_offer(walk: Walk) -> list[Offer]:
    """What is asked of every address of the URL map, and every field and question once."""
    sent = _fields_of_probes(walk.within)
    found = []
    for name, route in routes():
        at = _filled(route, name, walk)
        found.append(Offer(name, "GET", at))
        asked = [_asked(link) for link in walk.links.get(name, ())]
        asked += [{n: _one(v) for n, v in one.items()} for one in ASKED.get(name, ())]
        asked += [form.fields for form in walk.forms.get(name, ()) if form.method == "GET"]
        found += _largest_first(Offer(name, "GET", at, tuple(one.items())) for one in asked if one)
        forms = [form for form in walk.forms.get(name, ()) if form.method == "POST"]
        posts = [
            Offer(name, "POST", form.action, tuple(form.fields.items()), bool(form.files))
            for form in forms
            if _is_of(route, form.action)
        ]
        posts += [
            Offer(name, "POST", at, tuple(one.items()))
            for address, one in sent.get(name, ())
            if _is_of(route, address)
        ]
        found += _largest_first(posts) or [Offer(name, "POST", at)]
    return found


def routes(patterns: list | None = None) -> list[tuple[str, str]]:
    """Every address of the service by its name: the route, with its ids in angle brackets."""
    found: list[tuple[str, str]] = []
    for one in (
        get_resolver("goldenthread.config.urls").url_patterns if patterns is None else patterns
    ):
        if hasattr(one, "url_patterns"):
            found += [(name, f"{one.pattern}{route}") for name, route in routes(one.url_patterns)]
        else:
            found.append((one.name, str(one.pattern)))
    return found


PART = re.compile(r"<(\w+):(\w+)>")


def _filled(route: str, name: str, walk: Walk) -> str:
    """An address of a route, with ids that were met: of this address, else of any other."""
    met = walk.ids.get(name, {})

    def value(part: re.Match) -> str:
        kind, called = part.groups()
        made_up = {"uuid": uuid4(), "int": 1}.get(kind, "x")
        return str(met.get(called, walk.any_id.get(called, made_up)))

    return "/" + PART.sub(value, route)


def _is_of(route: str, address: str) -> bool:
    pattern = PART.sub("[^/]+", re.sub(r"([.])", r"\\\1", route))
    return re.fullmatch(f"/{pattern}", address.partition("?")[0]) is not None


def _asked(link: str) -> dict[str, str]:
    return dict(parse_qsl(link.partition("?")[2], keep_blank_values=True))


def _one(value: object) -> str:
    return str(value[0] if isinstance(value, list) else value)


def _first_row(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of the rows of a form, which differ by a number or an id, the first."""
    firsts: dict[str, tuple[str, str]] = {}
    for name, value in fields:
        firsts.setdefault(ID.sub("#", name), (name, value))
    return tuple(firsts.values())


def _largest_first(offers: Iterable[Offer]) -> list[Offer]:
    """Each with one row, and without those that add no field to what larger ones have."""
    kept: list[Offer] = []
    seen: set[str] = set()
    rows = [replace(one, fields=_first_row(one.fields)) for one in offers]
    for one in sorted(rows, key=lambda one: -len(one.fields)):
        if not kept or not one.parameters <= seen:
            kept.append(one if one.method == "POST" else one.without(seen))
            seen |= one.parameters
    return kept


def _fields_of_probes(case: str) -> dict[str, list[tuple[str, dict[str, str]]]]:
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for address, sent in probes(UUID(case), NEVER):
        if sent and (match := matched(address)):
            fields = {name: _one(value) for name, value in sent.items()}
            found.setdefault(match.url_name, []).append((address, fields))
    return found


def words_in_addresses(walk: Walk) -> list[Offer]:
    """Each address that has a word in it and not ids alone, with a mark after that word.

    An id is matched as one by the URL map, so that nothing else comes to a page.
    """
    found = []
    for name, route in routes():
        for part in PART.finditer(route):
            if part[1] not in ("uuid", "int"):
                marked = f"{route[: part.end()]}{MARK}{route[part.end() :]}"
                found.append(Offer(name, "GET", _filled(marked, name, walk)))
    return found
