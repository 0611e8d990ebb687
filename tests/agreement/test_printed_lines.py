"""Whose it is stands on whatever leaves: by whom, when and for whom, on each sheet of each kind.

Every address that answers with a page, for three readers; and every kind of the register that is
fetched from an address, opened. What is looked for is that very line, with the name of whoever
asked for it and of whom it is for, and no other name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import openpyxl
import pypdfium2
import pytest
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from goldenthread.domain.addresses.output_kinds import OUTPUTS, Check
from goldenthread.interop.clock import now as the_present
from goldenthread.usecases.addresses.document_text import texts_of
from goldenthread.web.kit.words import day_of_instant
from tests.agreement.surface_addresses import NO_FAMILY, looks, named_addresses
from tests.agreement.test_hidden_layers import READERS, addresses, world  # noqa: F401
from tests.agreement.test_no_second_surface import signed_in
from tests.families.world import World

pytestmark = pytest.mark.timeout(900)  # some tens of papers, and every page

PEOPLE = {
    "priya": ("Priya Nair", "priya-nair"),
    "ama": ("Ama Boateng", "ama-boateng"),
    "grace": ("Grace Obi", "grace-obi"),
}
LINE = re.compile(r'<p class="gt-made-by__line">(.*?)</p>', re.DOTALL)
# Whom the addresses of `looks` name: these are for nobody else.
NAMED_FOR = {"plan_own": r"(?:Ruth Okafor|Ama Boateng)", "family_copy": "Ruth Okafor"}
DRAWN_WITHOUT_WORDS = {"image/png"}


@pytest.fixture(scope="module", autouse=True)
def today(world: World) -> str:  # noqa: F811
    return f"{day_of_instant(the_present())} at \\d\\d:\\d\\d"


def test_every_page_says_whose_it_is_when_it_is_printed(world: World, today: str):  # noqa: F811
    unsaid, pages = [], 0
    for who in READERS:
        client, (name, _) = signed_in(who), PEOPLE[who]
        for address, whom in every_page(world):
            answer = client.get(address)
            if answer.status_code != 200 or not is_page(answer):
                continue
            pages += 1
            said = " ".join(LINE.findall(answer.content.decode()))
            wanted = rf"Seen as [^.]+ on {today} by {name}\. For {whom.format(name=name)}"
            if len(LINE.findall(answer.content.decode())) != 1 or not re.search(wanted, said):
                unsaid.append((who, address, wanted, said))
    assert unsaid == []
    assert pages > 200, "otherwise little was looked at"


def every_page(world: World) -> Iterator[tuple[str, str]]:  # noqa: F811
    """Each address, and whom its page is for."""
    documents = {kind.address: kind.check for kind in OUTPUTS if kind.address and not kind.asked}
    for name, address in looks(world.case, fully=False):
        if name == "plan_own":
            continue  # a page of its own make, among the kinds below
        whom = {Check.FOR_WHOM: "{name}, ", Check.NAMED: NAMED_FOR.get(name, "")}
        yield address, whom.get(documents.get(name), "their own use")
    for name in sorted(named_addresses()):
        if NO_FAMILY.match(name) and name not in ("account_logout", "session_left"):
            with suppress(NoReverseMatch):  # what is asked for with an id is no page of its own
                yield reverse(name), "their own use"


def is_page(answer: HttpResponse) -> bool:
    return answer.headers["Content-Type"].startswith("text/html")


@pytest.fixture(scope="module")
def made(world: World) -> dict[str, list[tuple[str, HttpResponse]]]:  # noqa: F811
    """Every output that any of three readers is given: by its kind, who was given it."""
    clients = {who: signed_in(who) for who in READERS}
    found: dict[str, list[tuple[str, HttpResponse]]] = {}
    for kind, address in addresses(world):
        for who, client in clients.items():
            answer = client.get(address)
            if answer.status_code == 200:
                found.setdefault(kind, []).append((who, answer))
                break
    return found


BY_KEY = {kind.key: kind for kind in OUTPUTS if kind.address}


@pytest.mark.parametrize("kind", BY_KEY)
def test_every_kind_of_the_register_says_whose_it_is(made, today, kind):
    assert made[kind]
    for who, answer in made[kind]:
        named = NAMED_FOR.get(BY_KEY[kind].address, "Ruth Okafor")
        for part in parts_of(answer):
            name, plain = PEOPLE[who]
            is_named = BY_KEY[kind].check is Check.NAMED
            whom = named if is_named else f"{name}, "
            what = answer.headers["Content-Type"].partition(";")[0]
            if what in ("text/csv", "text/vnd.familysearch.gedcom"):
                day = date.today().isoformat()
                told = answer.headers["Content-Disposition"]
                assert f"-by-and-for-{plain}." in told and day in told, (kind, told)
            elif what in DRAWN_WITHOUT_WORDS:
                return  # made from the drawing that its SVG is made from
            else:
                assert re.search(rf"\b(?:by|By) {name}\b", part), (kind, part[-400:])
                assert re.search(rf"\bon (?:{today}|\d\d/\d\d/20\d\d at)", part), (
                    kind,
                    part[-400:],
                )
                assert re.search(rf"\bFor {whom}", part), (kind, part[-400:])


def parts_of(answer: HttpResponse) -> list[str]:
    """What each sheet of it says: each page of a PDF, each sheet of a workbook, or the whole."""
    content = answer.content
    if content.startswith(b"%PDF"):
        said = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    elif content.startswith(b"PK"):
        said = [on_paper(sheet) for sheet in openpyxl.load_workbook(io.BytesIO(content))]
    elif content.startswith(b"\x89PNG"):
        said = [""]
    else:
        said = [re.sub(r"<[^>]+>", " ", content.decode())]
    assert said
    return [" ".join(one.split()) for one in said]


def on_paper(sheet) -> str:
    """The head and the foot that are printed with a sheet of a workbook."""
    return f"{sheet.oddHeader.left.text} {sheet.oddFooter.left.text}"


def test_the_head_and_foot_of_a_sheet_are_looked_through_before_they_leave(made):
    ((_, answer),) = made["history_xlsx"][:1]
    read = " ".join(one.text for one in texts_of(answer.content, answer.headers["Content-Type"]))
    assert "&LFamily" in read and "&LFor " in read
