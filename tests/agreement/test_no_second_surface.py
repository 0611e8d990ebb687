"""What one agency alone knows is on no page, in no file and behind no id, for anybody else.

Every address of the service is fetched by every sort of reader in two families that differ in one
hidden thing (`tests/families/hidden.py`). No word and no id of it may be anywhere, both families
must read alike to the last character, and an id of it must be answered like one that never was.
An address that is new is covered here or fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from goldenthread.interop.clock import now as the_present
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from goldenthread.usecases.risk.consider_families import consider_family
from tests.conftest import PRISTINE, cloned
from tests.families.answers import lasting, words_of
from tests.families.hidden import (
    AMBROSE,
    BOY,
    DECISION,
    DRAFT,
    FILE,
    GRACES_DECISION,
    HIDDEN,
    HOME,
    MAN,
    OF_DR_LUND,
    OF_THE_RECORD,
    OTHER_DECISION_DRAFT,
    OTHER_SUMMARY_DRAFT,
    PEREGRINE,
    PRIYAS_SUMMARY,
    PUBLISHED,
    QUESTION,
    SUMMARY,
    build,
    hidden_claims,
    hidden_gaps,
)
from tests.families.hidden_challenges import (
    AMAS_CHALLENGE,
    CHALLENGE,
    CHALLENGE_DRAFT,
    DECIDED,
    OWN_DECISION,
)
from tests.families.hidden_needs import (
    ADJUSTMENT,
    AMAS_VERSION,
    CONTACT,
    NEEDS_DRAFT,
    VERSION,
    VISIT,
)
from tests.families.hidden_plans import COPY, LUNDS_PLAN, PLAN_DRAFT, PRIYAS_PLAN
from tests.families.world import World, key

# Each stands in a draft of somebody who knows what is hidden, and nowhere else.
WORDS_OF_HIDDEN_DRAFTS = frozenset(
    {"foxglove", "carnelian", "periwinkle", "cerulean", "gamboge", "cinnabar"}
)

pytestmark = pytest.mark.timeout(900)  # some hundreds of answers, papers among them

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Another agency of the team, another of its members, a colleague who is on no team, the chair,
# somebody of another family, an administrator, and whoever sets the partnership's patterns.
FULLY = ("priya", "ama", "grace")  # asked everything there is to ask
READERS = ("priya", "ama", "sam", "grace", "tom", "admin", "mina")
OUTPUTS = ("network_svg", "network_pdf", "network_png", "network_csv", "network_gedcom")
VIEWPOINTS = tuple(
    {"known-to": str(key(f"agency {name}"))} for name in ("health_visiting", "mental_health")
)
# What each address of one family can be asked, beside nothing; {} is always asked.
ASKED: dict[str, tuple[dict[str, object], ...]] = {
    "network": (
        *VIEWPOINTS,
        {"form": "ecomap"},
        {"form": "homes", "marks": ["households", "caring", "couples", "names", "quality", "harm"]},
        {"at": "2026-04-01", "style": "child-friendly"},
        {"on": "2026-04-01", "person": str(key("person ruth"))},
        {"person": str(key("person ada"))},
        {"at": "2026-02-01", "step": "next"},
    ),
    "history": (
        *VIEWPOINTS,
        {"form": "lanes"},
        {"person": str(key("person ruth"))},
        {"held": "alone"},
        {"compare": str(key("agency mental_health"))},
        {"order": "newest", "kind": "background"},
    ),
    "picture": (
        *VIEWPOINTS,
        {"on": "2026-04-01"},
        {"child": str(key("person ada")), "lane": "domestic_abuse"},
        {"from": "2026-02-01", "to": "2026-04-01", "lane": "masked"},
        {"question": "man_or_woman_nobody_has_named"},
    ),
    "replay": (
        {"agency": str(key("agency mental_health"))},
        {"agency": str(key("agency health_visiting")), "on": "2026-03-20"},
        {"on": "2026-04-01"},
    ),
    "network_svg": ({"form": "ecomap"}, {"form": "homes"}, *VIEWPOINTS),
    "network_csv": VIEWPOINTS,
    "network_gedcom": ({"version": "5"}, *VIEWPOINTS),
    "history_csv": VIEWPOINTS,
    "adjustment_start": ({"instead": str(key("adjustment"))},),
    "needs_version": ({"compare": str(AMAS_VERSION)},),
    "before_deciding": (
        {"all": "1"},
        {"with": str(key("agency health_visiting")), "reach": "some", "all": "1"},
    ),
    "decision_gap": ({"all": "1"}, {"reach": "nobody_at_all", "all": "1"}),
    "families": (),
    "plan": ({"on": "2026-06-10"}, {"on": "2026-05-01"}),
    "plan_version": ({"compare": str(PRIYAS_PLAN)},),
    "plan_own": ({"layout": "easy"},),
}  # fmt: skip
STEPS = ("answer", "further", "accept", "resolve", "withdraw", "praise")
# Addresses with an id of something within a family: what the ids are here.
WITHIN: dict[str, tuple[dict[str, object], ...]] = {
    "network_beyond": tuple({"person": key(f"person {n}")} for n in ("ruth", "ada", "dean")),
    "add_screen": ({"draft": key("draft new"), "screen": "who"},),
    "network_add": ({"draft": key("draft new"), "step": "what"},),
    "publication": ({"publication": PUBLISHED},),
    "pattern": ({"key": "new_adult_without_checks"}, {"key": "no_such_pattern"}),
    "set_pattern": ({"key": "new_adult_without_checks"},),
    "picture_answer": (
        {"question": "man_or_woman_nobody_has_named"},
        {"question": "neglect_building"},
    ),
    **{
        name: ({"adult": key("person ruth")},)
        for name in ("needs_adult", "needs_sheet", "needs_start", "adjustment_start")
    },
    "needs_version": ({"adult": key("person ruth"), "version": AMAS_VERSION},),
    **{
        name: ({"adult": key("person ruth"), "draft": key("draft new")},)
        for name in ("needs_draft", "adjustment")
    },
    "needs_part": tuple(
        {"adult": key("person ruth"), "draft": key("draft new"), "part": part}
        for part in ("words", "area-night", f"child-{key('person ada')}", "about", "keep")
    ),
    "was_it_used": ({"statement": VISIT},),
    "summary_write": ({"draft": key("draft new")},),
    "summary": ({"summary": PRIYAS_SUMMARY},),
    "plan_write": tuple(
        {"draft": key("draft new"), "step": step}
        for step in ("worries", "actions", "what_ifs", "assumptions")
    ),
    "plan_sign": ({"draft": key("draft new")},),
    **{name: ({"version": PRIYAS_PLAN},) for name in ("plan_version", "plan_answer", "plan_agree")},
    "plan_own": (
        {"version": PRIYAS_PLAN, "sort": "person", "who": key("person ruth")},
        {"version": PRIYAS_PLAN, "sort": "practitioner", "who": key("practitioner ama")},
    ),
    "summary_pdf": ({"summary": PRIYAS_SUMMARY},),
    "challenge_start": ({"statement": DECIDED},),
    "challenge_raise": ({"statement": DECIDED, "draft": key("draft new")},),
    "challenge": ({"challenge": AMAS_CHALLENGE},),
    "challenge_step_start": ({"challenge": AMAS_CHALLENGE, "kind": "praise"},),
    "challenge_step": tuple(
        {"challenge": AMAS_CHALLENGE, "kind": kind, "draft": key("draft new")} for kind in STEPS
    ),
    "name_answerer": ({"stage": 1, "agency": key("agency social_care")},),
    "decision_write": ({"draft": key("draft new")},),
    **{
        name: ({"decision": GRACES_DECISION},)
        for name in ("decision", "decision_again", "decision_difference", "decision_read_back",
                     "decision_print", "decision_gap")
    },
}  # fmt: skip
# What holds nothing of any family: one's own account, and how one signs in.
NO_FAMILY = re.compile(
    "^(account.*|signed_out|session_left|usersessions_list|mfa_.*|pending_code)$"
)
# Says nothing of any record.
WITHOUT_RECORD = frozenset(
    {
        "accessibility",
        "drafts",
        "patterns",
        "pattern",
        "set_pattern",
        "replay_file",
        "challenge_stages",
        "set_challenge_stages",
        "name_answerer",
    }
)
# Fetched with the ids of what is hidden, further down, and with nothing else.
BY_ID_ALONE = frozenset(
    {
        "entry", "resume_draft", "discard_draft", "save_draft", "add_saved", "answer_entry",
        "answer_saved", "answer_form", "share_entry", "receive_entry", "came_of_entry",
        "tell_correction", "judge", "network_question", "network_found",
        "plan_save", "plan_copy", "plan_copy_ended", "network_read_file", "network_record_file", "import_progress", "import_again",
        "import_put_aside", "import_columns", "import_headings", "import_report", "import_names",
        "import_confirm", "import_receipt", "import_problem_rows", "summary_save", "summary_give",
        "needs_save", "adjustment_save", "adjustment_agreement", "adjustment_tell",
        "decision_save", "challenge_raise_save", "challenge_step_save",
    }
)  # fmt: skip


def named_addresses(patterns=None) -> dict[str, set[str]]:
    """Every address of the service: its name, and the names of the ids in it."""
    found: dict[str, set[str]] = {}
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(one, "url_patterns"):
            found |= named_addresses(one.url_patterns)
        else:
            found[one.name] = set(one.pattern.converters)
    return found


def looks(case: UUID, *, fully: bool) -> Iterator[tuple[str, str]]:
    """Each address that can be looked at with no id of anything hidden: name and address."""
    for name, ids in sorted(named_addresses().items()):
        if NO_FAMILY.match(name) or name in BY_ID_ALONE:
            continue
        for within in WITHIN.get(name, ({},)):
            given = {"case": case} if "case" in ids else {}
            named = {*given, *within} - {"screen", "step", "sort"}  # part of the address, and no id
            assert ids == named, f"say in this test what {name} is asked"
            for asked in ({}, *(ASKED.get(name, ()) if fully else ())):
                query = f"?{urlencode(asked, doseq=True)}" if asked else ""
                yield name, reverse(name, kwargs={**given, **within}) + query


def signed_in(who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


@dataclass
class Shown:
    """What each reader is answered at each address, and the addresses that left no audit."""

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    unaudited: list[tuple[str, str]] = field(default_factory=list)

    def look(self, who: str, client: Client, name: str, address: str) -> None:
        before = audited(who)
        self.answers[who, address] = words_of(client.get(address))
        if audited(who) == before and name not in WITHOUT_RECORD:
            self.unaudited.append((who, address))


def audited(who: str) -> int:
    return AuditEvent.objects.using("reader").filter(account=key(f"account {who}")).count()


def everything_shown(world: World, readers: Iterable[str]) -> Shown:
    """What readers are answered at each address, and on a search for the hidden names.

    Questions are counted as they were last worked out: in both families today, whoever looks.
    """
    shown = Shown()
    consider_family(world.case, now=the_present())
    for who in readers:
        client = signed_in(who)
        for name, address in looks(world.case, fully=who in FULLY):
            shown.look(who, client, name, address)
        for words in ("quillfeather", "obsidian", "ruth"):
            for at in ("/", reverse("history", kwargs={"case": world.case})):
                found = client.post(at, {"words": words}, follow=True)
                shown.answers[who, f"{at} sought {words}"] = words_of(found).replace(words, "")
    return shown


@pytest.fixture(scope="module")
def without(postgres) -> Iterator[Shown]:
    """Everything that is shown in the family without the hidden thing."""
    for _ in cloned(postgres, PRISTINE):
        shown = everything_shown(build(with_it=False), [w for w in READERS if w != "grace"])
    return shown


@pytest.fixture(scope="module")
def world(without, postgres) -> Iterator[World]:
    """The family with the hidden thing, in the present database."""
    for _ in cloned(postgres, PRISTINE):
        yield build(with_it=True)


@pytest.fixture(scope="module")
def shown(world) -> Shown:
    """Everything that is shown in the family with the hidden thing."""
    return everything_shown(world, (*READERS, "lund"))


def hidden_from(who: str) -> dict[str, str]:
    return OF_DR_LUND if who == "grace" else OF_THE_RECORD | OF_DR_LUND


@pytest.mark.parametrize("who", READERS)
def test_no_word_and_no_id_of_it_is_anywhere(shown, who):
    told = [
        f"{what} ({word}) at {address}"
        for (reader, address), said in shown.answers.items()
        if reader == who
        for word, what in hidden_from(who).items()
        if word in said.casefold()
    ]
    assert told == []


def test_whoever_knows_it_is_shown_it(shown):
    """Otherwise nothing above could fail."""
    of_lund = " ".join(said for (who, _), said in shown.answers.items() if who == "lund").casefold()
    # On no page that is fetched here without an id: said of a link, and of the other family.
    elsewhere = {"sandalwood", "bramblewick", "foxglove", "ambrose", str(AMBROSE)}
    assert {word for word in OF_THE_RECORD | OF_DR_LUND if word not in of_lund} <= elsewhere


@pytest.mark.parametrize("who", [who for who in READERS if who != "grace"])
def test_with_it_and_without_it_every_answer_is_the_same(shown, without, who):
    differ = {
        address: [
            pair
            for pair in zip(lasting(said).split("\n"), lasting(plain).split("\n"), strict=False)
            if pair[0] != pair[1]
        ][:2]
        for (reader, address), said in shown.answers.items()
        if reader == who
        and not address.endswith("/who/")  # the trail says who did what sort of thing, to all
        and lasting(said) != lasting(plain := without.answers[reader, address])
    }
    assert differ == {}


def test_every_look_is_in_the_audit_trail(shown):
    assert shown.unaudited == []


HIDDEN_IDS = {
    "entry": str(HIDDEN), "man": str(MAN), "boy": str(BOY), "home": str(HOME), "draft": str(DRAFT),
    "file": str(FILE), "family": str(PEREGRINE), "ambrose": str(AMBROSE), "summary": str(SUMMARY),
    "version": str(VERSION), "adjustment": str(ADJUSTMENT), "contact": str(CONTACT),
    "needs_draft": str(NEEDS_DRAFT), "question": QUESTION,
    "plan": str(LUNDS_PLAN), "copy": str(COPY), "decision": str(DECISION),
    "challenge": str(CHALLENGE), "challenged": str(OWN_DECISION),
}  # fmt: skip
NEVER = {name: str(key(f"never {name}")) for name in (*HIDDEN_IDS, "claim")} | {"gap": "never:1"}
WORDS = {"text": "x", "informant": "x", "words": "x", "reason": "x", "outcome": "explained"}
RELATION = {"polarity": "asserts", "text": "x", "go": "next", "person": str(key("person ruth"))}


def _picture_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of the Picture, its questions and its summaries; `at` makes their addresses."""
    yield f"{at('picture')}?{urlencode({'child': one['boy']})}", None
    yield f"{at('picture')}?{urlencode({'question': one['question']})}", None
    yield at("picture_answer", question=one["question"]), None
    yield at("picture_answer", question=one["question"]), {"what_we_make_of_it": "x"}
    for name in ("summary", "summary_pdf"):
        yield at(name, summary=one["summary"]), None
    yield f"{at('summary', summary=PRIYAS_SUMMARY)}?compare={one['summary']}", None
    yield at("summary_give", summary=one["summary"]), {"agency": str(key("agency gp"))}
    summing = {"harm": "x", "entry": one["entry"]}
    yield at("summary_write", draft=uuid4()), summing


def _decision_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of decisions: of one, of one's entries, and of one that is gone on from."""
    names = ("decision", "decision_again", "decision_read_back", "decision_print", "decision_gap")
    for name in (*names, "decision_difference"):
        yield at(name, decision=one["decision"]), None
    with_it = urlencode({"with": one["decision"]})
    yield f"{at('decision_difference', decision=GRACES_DECISION)}?{with_it}", None
    back = {"id": str(key("form back")), "risk": "x", "reason": "x", "understood": "yes"}
    yield at("decision_read_back", decision=one["decision"]), back
    new = at("decision_write", draft=key("draft deciding"))
    yield f"{new}?{urlencode({'after': one['decision']})}", None
    grounds = {"pin": one["entry"], "rationale": "x", "question": "x", "decided": "x"}
    for go in ("check", "sign", "pick"):
        yield at("decision_write", draft=uuid4()), {**grounds, "pick": one["entry"], "go": go}
        yield at("decision_write", draft=uuid4()), {"after": one["decision"], "go": go}
    yield at("decision_write", draft=uuid4()), {**grounds, "about": one["man"], "go": "sign"}


def _challenge_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of challenges: of one, of what was challenged, and of what is relied on."""
    raising = {"issue": "x", "wanted": "x", "because": "x", "immediate_risk": "no"}
    for statement in (one["challenged"], one["entry"]):
        yield at("challenge_start", statement=statement), None
        yield at("challenge_raise", statement=statement, draft=uuid4()), None
        yield at("challenge_raise", statement=statement, draft=uuid4()), raising
        yield at("challenge_raise_save", statement=statement, draft=uuid4()), raising
    relying = {**raising, "entry": one["entry"]}
    yield at("challenge_raise", statement=DECIDED, draft=uuid4()), relying
    yield at("challenge", challenge=one["challenge"]), None
    step = {"step_words": "x", "effect": "x", "outcome": "stands", "to_stage": "2"}
    for kind in STEPS:
        yield at("challenge_step_start", challenge=one["challenge"], kind=kind), None
        of = {"challenge": one["challenge"], "kind": kind}
        yield at("challenge_step", **of, draft=uuid4()), None
        yield at("challenge_step", **of, draft=uuid4()), step
        yield at("challenge_step_save", **of, draft=uuid4()), step


def _needs_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of adults' needs, their adjustments, and whether those were used."""
    ruth = key("person ruth")
    for name in ("needs_adult", "needs_sheet", "needs_start", "adjustment_start"):
        yield at(name, adult=one["man"]), None
    yield at("needs_version", adult=ruth, version=one["version"]), None
    yield f"{at('needs_version', adult=ruth, version=AMAS_VERSION)}?compare={one['version']}", None
    for person in (one["man"], one["boy"]):
        new = {"adult": person, "draft": uuid4()}
        yield at("needs_draft", **new), None
        yield at("needs_part", **new, part="words"), {"how_to_work_with_me": "x"}
        yield at("needs_save", **new, part="words"), {"how_to_work_with_me": "x"}
        yield at("adjustment", **new), {"what": "x"}
    started = {"adult": ruth, "draft": uuid4()}
    begun = {"from": one["version"], "strength-1-words": "x"}
    yield at("needs_part", **started, part="words"), begun
    yield at("needs_part", **started, part="keep"), {"text": "x"}
    yield at("needs_part", adult=ruth, draft=uuid4(), part=f"child-{one['boy']}"), None
    yield f"{at('adjustment_start', adult=ruth)}?instead={one['adjustment']}", None
    changed = {"what": "x", "agreed_by": "x", "settings": "visits", "instead_of": one["adjustment"]}
    yield at("adjustment", adult=ruth, draft=uuid4()), changed
    of = {"adult": ruth, "adjustment": one["adjustment"]}
    asked = {"asked_on-day": 1, "asked_on-month": 5, "asked_on-year": 2026}
    yield at("adjustment_agreement", **of), {"agreement": "said_yes", **asked}
    yield at("adjustment_tell", **of), {}
    yield at("was_it_used", statement=one["contact"]), None
    yield at("was_it_used", statement=one["contact"]), {f"used-{one['adjustment']}": "yes"}
    yield at("was_it_used", statement=VISIT), {f"used-{one['adjustment']}": "yes"}


def _plan_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of safety plans: versions, copies, and everybody and everything a plan can name."""
    version, ruth = one["plan"], str(key("person ruth"))
    for name in ("plan_version", "plan_answer", "plan_agree"):
        yield at(name, version=version), None
    yield f"{at('plan_version', version=PRIYAS_PLAN)}?compare={version}", None
    right = {"outcome": "still_right", "why": "x", "id": str(key("form answer"))}
    yield at("plan_answer", version=version), right
    for sort, who in (("person", ruth), ("person", one["man"])):
        yield at("plan_own", version=version, sort=sort, who=who), None
        yield at("plan_own", version=PRIYAS_PLAN, sort="person", who=one["man"]), None
    for whose in (version, PRIYAS_PLAN):
        him = {"id": str(key("form plan")), "who": f"person:{one['man']}", "form": "paper"}
        day = {"given-day": 1, "given-month": 6, "given-year": 2026}
        yield at("plan_copy", version=whose), {**him, **day}
        yield at("plan_agree", version=whose), {**him, "agreement": "agrees", "doable": "yes"}
    yield at("plan_copy_ended", copy=one["copy"]), {"outcome": "lost"}
    draft = uuid4()
    acts = {"action-row": "a", "action-a-what": "x", "action-a-who": f"person:{one['man']}"}
    rests = {"assumption-row": "s", "assumption-s-words": "x", "assumption-s-nature": "lives_here",
             "assumption-s-people": [f"person:{one['man']}", f"person:{ruth}"],
             "assumption-s-household": one["home"], "assumption-s-rests_on": one["entry"]}  # fmt: skip
    worry = {"danger-row": "d", "danger-d-about": one["man"], "danger-d-about_what": "x"}
    for step, typed in (("actions", acts), ("assumptions", rests), ("worries", worry)):
        yield at("plan_write", draft=draft, step=step), typed
        yield at("plan_write", draft=draft, step=step) + "?mend=1", None
    yield at("plan_sign", draft=draft), None
    signs = {"why": "x", "decision": one["entry"], "signs": f"person:{one['man']}", "go": "sign"}
    yield at("plan_sign", draft=draft), {**signs, f"agreement-person:{one['man']}": "agrees"}


def probes(case: UUID, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """Requests that name something by its id: address, and what is sent (None: only asked for)."""

    def at(name: str, **more: object) -> str:
        return reverse(name, kwargs={"case": case, **more})

    ruth, new = str(key("person ruth")), key("draft probing")
    for name in ("entry", "answer_entry", "share_entry", "receive_entry"):
        yield at(name, statement=one["entry"]), None
    for kind in ("corrects", "disputes", "withdraws"):
        yield at("answer_form", statement=one["entry"], draft=new, kind=kind), None
    yield at("answer_form", statement=one["entry"], draft=new, kind="disputes"), WORDS
    yield at("answer_saved", statement=one["entry"], draft=new), None
    yield at("share_entry", statement=one["entry"]), {"agency": str(key("agency gp"))}
    yield at("share_entry", statement=one["entry"]), {"told": str(key("agency gp"))}
    yield at("receive_entry", statement=one["entry"]), {"will_do": "x", "asks": "x"}
    yield at("came_of_entry", statement=one["entry"]), {"came_of_it": "x"}
    yield at("tell_correction", statement=one["entry"]), {}
    yield at("judge", statement=one["entry"]), {"significance": "key", "reason": "x"}
    yield at("publish"), {"id": str(key("publication")), "title": "x", "entry": one["entry"]}
    yield at("publication", publication=one["entry"]), None
    for other in (one["entry"], str(key("entry Ruth told us who is in her family."))):
        yield (
            at("same_events"),
            {"one": one["entry"], "other": other, "answer": "same", "reason": "x"},
        )
    for name in (
        "network", "history", "network_svg", "network_csv", "history_csv", "network_add_start"
    ):  # fmt: skip
        yield f"{at(name)}?{urlencode({'person': one['man']})}", None
    yield f"{at('network_add_start')}?{urlencode({'instead': one['claim']})}", None
    yield f"{at('network_question')}?{urlencode({'gap': one['gap']})}", None
    yield at("network_question"), {**WORDS, "gap": one["gap"]}
    yield at("network_beyond", person=one["man"]), None
    linking = {**WORDS, "verdict": "same", "family": one["family"], "other": one["ambrose"]}
    yield at("network_beyond", person=one["man"]), {**linking, "other": ruth}
    yield at("network_beyond", person=ruth), linking
    yield at("network_beyond", person=ruth), {**linking, "other": one["man"]}
    for part in (
        {"relation": "network:friend", "other": one["man"]},
        {"relation": "network:friend", "other": ruth, "person": one["man"]},
        {"relation": "lives_at:lives", "household": one["home"]},
        {"relation": "network:friend", "other": one["man"], "instead": one["claim"]},
    ):
        yield at("network_add", draft=uuid4(), step="what"), {**RELATION, **part}
    yield at("add_screen", draft=uuid4(), screen="who"), {**WORDS, "people": one["man"]}
    yield at("network_found", draft=one["draft"]), None
    yield at("network_record_file", draft=one["draft"]), WORDS
    yield from _picture_probes(at, one)
    yield from _plan_probes(at, one)
    yield from _needs_probes(at, one)
    yield from _decision_probes(at, one)
    yield from _challenge_probes(at, one)
    yield reverse("resume_draft", kwargs={"draft": one["draft"]}), None
    yield reverse("discard_draft", kwargs={"draft": one["draft"]}), {}
    for name in sorted(name for name in named_addresses() if name.startswith("import_")):
        yield at(name, file=one["file"]), None
        yield at(name, file=one["file"]), {}
    for name in ("family", "network", "history", "history_csv", "who_may_open"):
        yield reverse(name, kwargs={"case": one["family"]}), None


@pytest.mark.parametrize("who", ["priya", "ama", "sam", "tom", "admin"])
def test_an_id_of_it_is_answered_like_one_that_never_was(world, shown, who):
    hidden = HIDDEN_IDS | {
        "claim": str(hidden_claims(world)[0]), "gap": hidden_gaps(world)[0],
    }  # fmt: skip
    client = signed_in(who)
    differ = []
    for theirs, nobodys in zip(probes(world.case, hidden), probes(world.case, NEVER), strict=True):
        answers = []
        for (address, sent), ids in ((theirs, hidden), (nobodys, NEVER)):
            follow = {"follow": True}
            asked = (
                client.get(address, **follow)
                if sent is None
                else client.post(address, sent, **follow)
            )
            said = lasting(words_of(asked))
            for name, id in ids.items():
                said = said.replace(quote(id), name).replace(id, name)
            answers.append(said)
        if answers[0] != answers[1]:
            lines = zip(answers[0].split("\n"), answers[1].split("\n"), strict=False)
            differ.append((theirs, [pair for pair in lines if pair[0] != pair[1]][:2]))
    assert differ == []


def test_a_draft_of_another_account_opens_nowhere(world, shown):
    """An id that is taken cannot begin another draft; that it is taken is all that is told."""
    at = {"case": world.case, "draft": DRAFT}
    for who in ("priya", "sam", "grace"):
        client = signed_in(who)
        for address in (
            reverse("add_saved", kwargs=at),
            *(reverse("add_screen", kwargs={**at, "screen": s}) for s in ("who", "when", "told")),
            *(reverse("network_add", kwargs={**at, "step": step}) for step in ("what", "when")),
            reverse("save_draft", kwargs=at),
            *(
                reverse(name, kwargs={**at, "adult": key("person ruth"), "draft": draft, **more})
                for name, more in (
                    ("needs_draft", {}),
                    ("needs_part", {"part": "words"}),
                    ("adjustment", {}),
                    ("needs_save", {"part": "words"}),
                    ("adjustment_save", {}),
                )
                for draft in (DRAFT, NEEDS_DRAFT)
            ),
            *(
                reverse(name, kwargs={**at, "draft": draft, **more})
                for name, more in (
                    ("plan_write", {"step": "worries"}),
                    ("plan_sign", {}),
                    ("plan_save", {}),
                )
                for draft in (DRAFT, PLAN_DRAFT)
            ),
            *(
                reverse(name, kwargs={**at, "draft": draft, **more})
                for name, more in (
                    ("challenge_raise", {"statement": DECIDED}),
                    ("challenge_raise_save", {"statement": DECIDED}),
                    ("challenge_step", {"challenge": AMAS_CHALLENGE, "kind": "praise"}),
                    ("challenge_step_save", {"challenge": AMAS_CHALLENGE, "kind": "praise"}),
                )
                for draft in (DRAFT, CHALLENGE_DRAFT)
            ),
            *(
                reverse(name, kwargs={**at, "draft": draft})
                for name in ("summary_write", "summary_save", "decision_write", "decision_save")
                for draft in (DRAFT, OTHER_SUMMARY_DRAFT, OTHER_DECISION_DRAFT)
            ),
        ):
            for answer in (
                client.get(address, follow=True),
                client.post(address, {"screen": "who"}),
            ):
                said = words_of(answer).casefold()
                assert answer.status_code in (404, 405)
                assert not WORDS_OF_HIDDEN_DRAFTS & set(re.findall(r"\w+", said))


def test_a_relation_of_a_file_names_nobody_whom_its_reader_may_not_know_of(world, shown):
    """Whom a file's people are is chosen by id: an id of somebody hidden is not one to choose."""
    client, case = signed_in("ama"), world.case
    said = {}
    for name, ids in (("hidden", HIDDEN_IDS), ("never", NEVER)):
        draft = key(f"draft file {name}")
        sent = {"file": SimpleUploadedFile("tree.ged", TREE)}
        at = {"case": case, "draft": draft}
        client.post(reverse("network_read_file", kwargs=at), sent)
        chosen = {**WORDS, "who-0": ids["man"], "who-1": str(key("person ruth")), "claim": ["0"]}
        answer = client.post(reverse("network_record_file", kwargs=at), chosen, follow=True)
        said[name] = lasting(words_of(answer)).replace(ids["man"], "man").replace(str(draft), "")
        assert "One of these people is not in this family" in said[name]
    assert said["hidden"] == said["never"]


TREE = b"""0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
0 @I1@ INDI
1 NAME Somebody /Else/
0 @I2@ INDI
1 NAME Ruth /Okafor/
0 @F1@ FAM
1 HUSB @I1@
1 CHIL @I2@
0 TRLR
"""
