"""Requests that name something by its id: each is sent for what is hidden and for what never was."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from tests.agreement.surface_addresses import STEPS, named_addresses
from tests.families.hidden import (
    AMBROSE,
    ASK,
    BOY,
    DECISION,
    DRAFT,
    FILE,
    GRACES_DECISION,
    HIDDEN,
    HOME,
    MAN,
    OTHER_DECISION_DRAFT,
    OTHER_SUMMARY_DRAFT,
    PEREGRINE,
    PRIYAS_SUMMARY,
    QUESTION,
    SUMMARY,
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
from tests.families.hidden_packs import OF_PACK, PRIYAS_PACK
from tests.families.hidden_plans import COPY, LUNDS_PLAN, PLAN_DRAFT, PRIYAS_PLAN
from tests.families.world import key

HIDDEN_IDS = {
    "entry": str(HIDDEN), "man": str(MAN), "boy": str(BOY), "home": str(HOME), "draft": str(DRAFT),
    "file": str(FILE), "family": str(PEREGRINE), "ambrose": str(AMBROSE), "summary": str(SUMMARY),
    "version": str(VERSION), "adjustment": str(ADJUSTMENT), "contact": str(CONTACT),
    "needs_draft": str(NEEDS_DRAFT), "question": QUESTION,
    "plan": str(LUNDS_PLAN), "copy": str(COPY), "decision": str(DECISION),
    "challenge": str(CHALLENGE), "challenged": str(OWN_DECISION), "ask": str(ASK),
    # Nothing is sealed or withheld there: tried with those that are in test_restricted_surface.
    "seal": str(HIDDEN), "withholding": str(HIDDEN),
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


def _pack_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of answers to a request: of an entry in one, of whom it is for, and of one itself."""
    theirs = {"pack": PRIYAS_PACK, "statement": one["entry"]}
    withheld = {"words": "Obsidian", "reason": "third_party", "everywhere": "yes"}
    yield at("pack_entry", **theirs), None
    yield at("pack_entry", **theirs), withheld
    yield at("pack_choose", **theirs), {"stands": "in", "note": "x"}
    yield at("pack_entry", pack=PRIYAS_PACK, statement=OF_PACK), withheld
    for name in ("pack_pdf", "pack_text"):
        yield at(name, pack=PRIYAS_PACK, who=one["man"]), None
    day = {"asked-day": 1, "asked-month": 6, "asked-year": 2026, "entitled": "x"}
    for asked_by, about in ((one["man"], one["man"]), (str(key("person ruth")), one["boy"])):
        new = {"id": str(key("pack probing")), "asked_by": asked_by, "about": about}
        yield at("subject_access"), {**new, **day}
    for name in ("pack", "pack_check"):
        yield at(name, pack=one["entry"]), None
    for name in ("pack_waiting", "pack_arrived", "pack_release"):
        yield at(name, pack=one["entry"]), {}
    yield at("pack_undo", pack=PRIYAS_PACK, redaction=one["entry"]), {}


def _team_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of the team: of a place on it, and of whom it is about."""
    joins = {"role": "named_member", "from": "", "until": "", "why": "x", "id": str(uuid4())}
    for go in ("check", "join", "change"):
        yield at("team_add"), {**joins, "who": one["man"], "agency": one["entry"], "go": go}
    yield f"{at('team_add')}?{urlencode({'agency': one['family']})}", None
    yield at("team_end", member=one["entry"]), None
    ends = {"when": "now", "why": "x", "next": one["man"], "id": str(uuid4())}
    yield at("team_end", member=one["entry"]), ends
    # Priya's own place: whoever is next is not in the family's record.
    yield at("team_end", member=key("team priya")), {**ends, "go": "end"}


def _restricted_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of what restricts a record: labels, seals and withholding, of an entry and by one."""
    why, grace = {"id": str(key("form restricts")), "reason": "x"}, str(key("practitioner grace"))
    theirs = {"statement": one["entry"]}
    yield at("entry_access", **theirs), None
    yield at("entry_label", **theirs), {**why, "label": "csa"}
    yield at("entry_label", **theirs), {**why, "take_off": "csa"}
    yield at("entry_seal", **theirs), {**why, "kind": "high_risk", "named": grace}
    yield at("entry_withhold", **theirs), {**why, "agency": str(key("agency gp"))}
    yield at("seal_review", seal=one["seal"]), why
    yield at("seal_review", seal=one["seal"]), {**why, "go": "lift"}
    yield at("seal_name", seal=one["seal"]), {**why, "person": grace}
    yield at("seal_change", seal=one["seal"]), {**why, "person": grace}
    yield at("seal_change", seal=one["seal"]), {**why, "person": grace, "go": "end"}
    yield at("withhold_stop", withholding=one["withholding"]), why
    yield at("withhold_stop", withholding=one["withholding"]), {**why, "statement": one["entry"]}


def _document_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of documents: for whom one is asked, of what, and one that was asked for."""
    lund = f"practitioner:{key('practitioner lund')}"
    for of, to in (
        (at("history_pdf"), f"person:{one['man']}"),
        (at("summary_pdf", summary=one["summary"]), lund),
        (at("decision_print", decision=one["decision"]), lund),
        (f"{at('network_pdf')}?{urlencode({'person': one['man']})}", f"person:{one['boy']}"),
    ):
        yield at("document_for"), {"id": str(uuid4()), "of": of, "to": to}
    for ask in (one["ask"], one["entry"]):
        for name in ("document_held", "document_ready", "document_decide"):
            yield at(name, ask=ask), None
        yield at("document_decide", ask=ask), {"leaves": "yes", "reason": "x"}


def _draft_probes(at, one: dict[str, str]) -> Iterator[tuple[str, str, dict | None]]:
    """The same of what a draft is kept with as it is typed, and of somebody else's draft."""
    ruth, new = key("person ruth"), uuid4()
    yield at("add_saved", draft=one["draft"]), None
    yield at("add_saved", draft=one["entry"]), None
    typed = {"screen": "who", "people": one["man"], "households": one["home"], "text": "x"}
    yield at("save_draft", draft=new), typed
    about = {"form": "relation", "person": one["man"], "other": one["boy"]}
    yield at("save_draft", draft=uuid4()), {**about, "household": one["home"]}
    yield at("plan_save", draft=uuid4()), {"step": "worries", "danger-d-about": one["man"]}
    summing = {"harm": "x", "entry": one["entry"]}
    yield at("summary_save", draft=uuid4()), summing
    pinned = {
        "pin": one["entry"],
        "pick": one["entry"],
        "about": one["man"],
        "after": one["decision"],
    }
    yield at("decision_save", draft=uuid4()), pinned
    changed = {"what": "x", "instead_of": one["adjustment"]}
    for adult in (ruth, one["man"]):
        yield at("adjustment_save", adult=adult, draft=uuid4()), changed
    for content in (b"", b"0 HEAD\n0 TRLR\n"):
        sent = {"file": SimpleUploadedFile("tree.ged", content)}
        yield at("network_read_file", draft=uuid4()), sent


def probed(case: UUID) -> frozenset[str]:
    """The names of the addresses that a probe is sent to."""
    return frozenset(resolve(at.partition("?")[0]).url_name for at, _ in probes(case, NEVER))


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
    yield from _pack_probes(at, one)
    yield from _team_probes(at, one)

    yield from _restricted_probes(at, one)
    yield from _document_probes(at, one)
    yield from _draft_probes(at, one)
    yield reverse("resume_draft", kwargs={"draft": one["draft"]}), None
    yield reverse("discard_draft", kwargs={"draft": one["draft"]}), {}
    for name in sorted(name for name in named_addresses() if name.startswith("import_")):
        yield at(name, file=one["file"]), None
        yield at(name, file=one["file"]), {}
    for name in ("family", "network", "history", "history_csv", "who_may_open", "team"):
        yield reverse(name, kwargs={"case": one["family"]}), None


def others_drafts() -> Iterator[tuple[str, UUID, dict[str, object]]]:
    """Every form that keeps drafts, and drafts of others: address, draft, what else it names."""
    ruth = key("person ruth")
    raised, step = {"statement": DECIDED}, {"challenge": AMAS_CHALLENGE, "kind": "praise"}
    forms: tuple[tuple[str, dict[str, object], tuple[UUID, ...]], ...] = (
        ("add_saved", {}, ()),
        *(("add_screen", {"screen": screen}, ()) for screen in ("who", "when", "told")),
        *(("network_add", {"step": step}, ()) for step in ("what", "when")),
        ("save_draft", {}, ()),
        ("needs_draft", {"adult": ruth}, (NEEDS_DRAFT,)),
        ("needs_part", {"adult": ruth, "part": "words"}, (NEEDS_DRAFT,)),
        ("needs_save", {"adult": ruth, "part": "words"}, (NEEDS_DRAFT,)),
        ("adjustment", {"adult": ruth}, (NEEDS_DRAFT,)),
        ("adjustment_save", {"adult": ruth}, (NEEDS_DRAFT,)),
        ("plan_write", {"step": "worries"}, (PLAN_DRAFT,)),
        ("plan_sign", {}, (PLAN_DRAFT,)),
        ("plan_save", {}, (PLAN_DRAFT,)),
        ("challenge_raise", raised, (CHALLENGE_DRAFT,)),
        ("challenge_raise_save", raised, (CHALLENGE_DRAFT,)),
        ("challenge_step", step, (CHALLENGE_DRAFT,)),
        ("challenge_step_save", step, (CHALLENGE_DRAFT,)),
        *(
            (name, {}, (OTHER_SUMMARY_DRAFT, OTHER_DECISION_DRAFT))
            for name in ("summary_write", "summary_save", "decision_write", "decision_save")
        ),
    )
    for name, within, drafts in forms:
        for draft in (DRAFT, *drafts):
            yield name, draft, within
