"""Every kind of output that there is, made for a family and opened: nothing is hidden in any.

The list is the register of output kinds and nothing else: a kind that is new is opened here too, or
the test names it. Whatever is withheld from a pack is in no layer of its files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from goldenthread.config.cli import main
from goldenthread.domain.addresses.output_kinds import OUTPUTS, Check, kind_at
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.interop.chronology.bring_in import bring_in
from goldenthread.usecases.addresses.document_text import texts_of
from goldenthread.usecases.addresses.hidden_layers import hidden_in
from goldenthread.usecases.chronology.publish_chronology import publish_chronology
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.subject_access import check_pack, prepare_pack, read_packs
from tests.agreement.surface_addresses import looks
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families.hidden import build
from tests.families.hidden_packs import OF_PACK, PRIYAS_PACK
from tests.families.packs import JUST_NOW
from tests.families.world import NOW, World, key
from tests.interop.chronology.files import HOME_VISIT, as_csv, with_cell

pytestmark = pytest.mark.timeout(900)  # some tens of papers

PUBLISHED = key("publication opened")
FORMULA = '=HYPERLINK("http://example.org","Ruth")'
# Each planted in an entry of the pack and withheld there: it may be in no layer of any file.
SECRETS = ("Saffron Kettle", "Zoë O’Ferrall", "Ключ 👩‍👧 ключ")
READERS = ("priya", "ama", "grace")
# Kinds that no address gives: what each is made of is opened below, or says nothing of anybody.
ELSEWHERE = {"page", "command_genogram", "command_replay", "command_merge", "command_import",
             "scratch"}  # fmt: skip
FIXED = {kind.key for kind in OUTPUTS if kind.check is Check.CONTENT_FREE}
LINES_OF_JSON = {"command_sweep"}  # written as command_replay's are


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        world = build(with_it=False)
        add_what_is_awkward(world)
        publish(world)
        release_pack(world)
        yield world


def add_what_is_awkward(world: World) -> None:
    """An entry that looks like a formula, one that holds what is withheld, and rows not kept."""
    words = f"It is said: {', '.join(SECRETS)}. Nothing else."
    for text, who, agency in ((FORMULA, "priya", "social_care"), (words, "priya", "social_care")):
        entry = world.entry(agency, text, about=("ruth",))
        record_entry(world.actors[who], world.case, entry, now=NOW)
    bad = with_cell(with_cell(HOME_VISIT, "What happened", FORMULA), "Date", "31/02/2026")
    world.file = bring_in(
        world.actors["ama"], world.case, as_csv(HOME_VISIT, bad), "hv.csv", id=uuid4(), now=NOW
    ).file


def publish(world: World) -> None:
    publish_chronology(
        world.actors["priya"], world.case, id=PUBLISHED, title="For the meeting", purpose="",
        viewpoint=Viewpoint(NOW), entries=[OF_PACK], now=NOW,
    )  # fmt: skip


def release_pack(world: World) -> None:
    priya, case = world.actors["priya"], world.case
    prepare_pack.add_arrived(priya, case, PRIYAS_PACK, now=NOW)
    prepare_pack.leave_out_waiting(priya, case, PRIYAS_PACK, now=NOW)
    seen = read_packs.read_pack(priya, case, PRIYAS_PACK, now=NOW)
    for one in seen.waiting:
        prepare_pack.choose_entry(
            priya, case, PRIYAS_PACK, one.id, is_in=False, reason="crime", now=NOW
        )
    for words in SECRETS:
        prepare_pack.redact(
            priya, case, PRIYAS_PACK, OF_PACK, id=key(words), words=words, everywhere=True,
            reason="third_party", now=NOW,
        )  # fmt: skip
    check_pack.ask_for_check(priya, case, PRIYAS_PACK, id=key("ask"), now=NOW)
    grace = world.actors["grace"]
    shown = read_packs.read_for_check(grace, case, PRIYAS_PACK, now=NOW).pack
    check_pack.check_pack(grace, case, PRIYAS_PACK, digest=shown.digest, agrees=True, now=NOW)
    check_pack.release_pack(priya, case, PRIYAS_PACK, shown=JUST_NOW, now=NOW)


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Each address that gives an output, with what it can be asked: the kind's key, and address."""
    for name, address in looks(world.case, fully=True):
        kind = kind_at(name, dict(parse_qsl(urlsplit(address).query)))
        if kind is not None:
            yield kind.key, address
    for kind in OUTPUTS:
        if kind.asked and kind.address.startswith("network_"):
            address = reverse(kind.address, kwargs={"case": world.case})
            yield kind.key, f"{address}?{'&'.join(f'{n}={v}' for n, v in kind.asked)}"
    at = {"case": world.case}
    yield "import_problem_rows", reverse("import_problem_rows", kwargs={**at, "file": world.file})
    paper = reverse("publication", kwargs={**at, "publication": PUBLISHED})
    yield "publication_pdf", f"{paper}?form=pdf"


@pytest.fixture(scope="module")
def made(world) -> dict[str, list[HttpResponse]]:
    """Every output that any of three readers is given, by its kind."""
    clients: dict[str, Client] = {who: signed_in(who) for who in READERS}
    found: dict[str, list[HttpResponse]] = {}
    for key_of_kind, address in addresses(world):
        for client in clients.values():
            answer = client.get(address)
            if answer.status_code == 200:
                found.setdefault(key_of_kind, []).append(answer)
                break
    return found


def files(made) -> Iterator[tuple[str, HttpResponse]]:
    yield from ((kind, answer) for kind, answers in made.items() for answer in answers)


def printed(answer: HttpResponse) -> bytes:
    """A file whole; of a page what it says, without the menus that a browser shows and hides."""
    if not answer.headers["Content-Type"].startswith("text/html"):
        return answer.content
    (said,) = re.findall(rb"<main\b.*?</main>", answer.content, re.DOTALL)
    return said


def test_every_kind_of_the_register_is_opened(made):
    by_address = {kind.key for kind in OUTPUTS if kind.address}
    assert by_address - set(made) == set()
    others = {kind.key for kind in OUTPUTS} - by_address
    assert others == ELSEWHERE | FIXED | LINES_OF_JSON


def test_nothing_is_hidden_in_any(made):
    hidden = {
        kind: found
        for kind, answer in files(made)
        if (found := hidden_in(printed(answer), answer.headers["Content-Type"]))
    }
    assert hidden == {}


def test_what_looked_like_a_formula_is_there_and_runs_in_none(made):
    """Otherwise the test above could not fail by it."""
    with_it = {kind for kind, one in files(made) if b"HYPERLINK" in one.content}
    assert {"history_csv", "import_problem_rows"} <= with_it
    rows = b"".join(one.content for kind, one in files(made) if kind.endswith(("_csv", "_rows")))
    assert re.search(rb'"\'=HYPERLINK', rows) and not re.search(rb'(^|[,"])=HYPERLINK', rows)


def test_what_is_withheld_is_in_no_layer_of_a_pack(made):
    for kind in ("pack_pdf", "pack_text"):
        (answer,) = made[kind]
        layers = list(texts_of(answer.content, answer.headers["Content-Type"]))
        whole = " ".join(one.text for one in layers)
        plain = " ".join(whole.split())
        assert "It is said: [withheld: third party]" in plain, kind
        for secret in SECRETS:
            assert secret not in plain and secret.casefold() not in plain.casefold(), (kind, secret)
            assert secret.encode() not in answer.content


def test_a_pack_says_on_every_sheet_for_whom_by_whom_and_when(made):
    import pypdfium2

    (answer,) = made["pack_pdf"]
    for page in pypdfium2.PdfDocument(answer.content):
        said = " ".join(page.get_textpage().get_text_bounded().split())
        assert re.search(r"SA-[0-9A-F]{8}\. For Ruth Okafor\. By Priya Nair, .* on \d", said)


def test_nothing_is_hidden_in_what_a_command_writes(tmp_path):
    chronology = tmp_path / "hv.csv"
    chronology.write_bytes(as_csv(HOME_VISIT, with_cell(HOME_VISIT, "What happened", FORMULA)))
    tree = tmp_path / "tree.ged"
    tree.write_bytes(TREE)
    merged, lines = tmp_path / "merged.csv", tmp_path / "questions.jsonl"
    drawn, told = tmp_path / "family.svg", tmp_path / "family.json"
    asked = [
        ["merge", chronology, "--out", merged],
        ["genogram", tree, "--svg", drawn, "--json", told],
    ]
    for words in asked:
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exit_code == 0, result.output
    result = CliRunner().invoke(main, ["replay", str(merged), "--json", str(lines)])
    assert result.exit_code == 0, result.output
    kinds = ((merged, "text/csv"), (drawn, "image/svg+xml"), (told, "application/json"),
             (lines, "application/json"))  # fmt: skip
    assert [(path.name, hidden_in(path.read_bytes(), kind)) for path, kind in kinds] == [
        (path.name, ()) for path, _ in kinds
    ]


TREE = b"""0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
0 @I1@ INDI
1 NAME Ruth /Okafor/
1 SEX F
0 @I2@ INDI
1 NAME Ada /Okafor/
0 @F1@ FAM
1 WIFE @I1@
1 CHIL @I2@
0 TRLR
"""
