"""What every address of the service is asked by whoever looks for what is hidden.

An address that is new is named here, or the walk fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID

from django.urls import get_resolver, reverse

from tests.families.hidden import (
    GRACES_DECISION,
    PRIYAS_SUMMARY,
    PUBLISHED,
)
from tests.families.hidden_challenges import (
    AMAS_CHALLENGE,
    DECIDED,
)
from tests.families.hidden_needs import (
    AMAS_VERSION,
    VISIT,
)
from tests.families.hidden_packs import OF_PACK, PRIYAS_PACK
from tests.families.hidden_plans import PRIYAS_PLAN
from tests.families.world import key

# Another agency of the team, another of its members, a colleague who is on no team, the chair,
# somebody of another family, an administrator, whoever sets the partnership's patterns, an agency's
# lead for restricted records, somebody on emergency duty, information governance, and a lead of the
# police who broke the glass of the family.
FULLY = ("priya", "ama", "grace")  # asked everything there is to ask
READERS = (
    "priya", "ama", "sam", "grace", "tom", "admin", "mina", "rosa", "dora", "ivy", "vera"
)  # fmt: skip
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
    "search": (),
    "family_copy": ({"looks": "yes"},),
    "who_has_looked": (
        {"all": "1"},
        {"person": str(key("practitioner lund"))},
        {"first-day": "1", "first-month": "1", "first-year": "2026"},
    ),
    "team_add": tuple({"agency": str(key(f"agency {one}"))} for one in ("police", "mental_health")),
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
    "family_copy": ({"who": key("person ruth")},),
    **{name: ({"pack": PRIYAS_PACK},) for name in ("pack", "pack_check")},
    "pack_entry": ({"pack": PRIYAS_PACK, "statement": OF_PACK},),
    **{
        name: ({"pack": PRIYAS_PACK, "who": key("person ruth")},)
        for name in ("pack_pdf", "pack_text")
    },
    "challenge_start": ({"statement": DECIDED},),
    **{
        name: ({"address": key("address none")},)
        for name in ("address_show", "address_change", "address_tell")
    },
    "challenge_raise": ({"statement": DECIDED, "draft": key("draft new")},),
    "challenge": ({"challenge": AMAS_CHALLENGE},),
    "challenge_step_start": ({"challenge": AMAS_CHALLENGE, "kind": "praise"},),
    "challenge_step": tuple(
        {"challenge": AMAS_CHALLENGE, "kind": kind, "draft": key("draft new")} for kind in STEPS
    ),
    # Never made: those that were are met in test_twelve_misuses_of_the_glass.
    "glass_review": ({"broken": key("break none")},),
    "glass_agree": ({"ask": key("ask none")},),
    "name_answerer": ({"stage": 1, "agency": key("agency social_care")},),
    "team_end": tuple({"member": key(f"team {who}")} for who in ("ama", "lund")),
    # Accounts of the administrator's own agency, and of another.
    **{
        name: tuple({"practitioner": key(f"practitioner {who}")} for who in ("sam", "tom"))
        for name in ("account_holder", "change_post", "move_post", "end_post",
                     "send_password_link", "bring_back")
    },
    "decision_write": ({"draft": key("draft new")},),
    **{
        name: ({"decision": GRACES_DECISION},)
        for name in ("decision", "decision_again", "decision_difference", "decision_read_back",
                     "decision_print", "decision_gap")
    },
}  # fmt: skip
# What holds nothing of any family: one's own account, and how one signs in.
NO_FAMILY = re.compile(
    "^(account(?!s$|_holder$).*|signed_out|session_left|usersessions_list|mfa_.*|pending_code|openid_connect_.*)$"
)
# Says nothing of any record.
WITHOUT_RECORD = frozenset(
    {
        "accessibility",
        "drafts",
        "search",  # asked for words, and nothing else
        "patterns",
        "pattern",
        "set_pattern",
        "replay_file",
        "challenge_stages",
        "labels",
        "own_conflict",
        "set_challenge_stages",
        "name_answerer",
    }
)
# Fetched with the ids of what is hidden, further down, and with nothing else.
BY_ID_ALONE = frozenset(
    {
        "entry", "entry_access", "entry_label", "entry_seal", "entry_withhold", "seal_review",
        "seal_name", "seal_change", "withhold_stop", "resume_draft", "discard_draft", "save_draft", "add_saved", "answer_entry",
        "answer_saved", "answer_form", "share_entry", "receive_entry", "came_of_entry",
        "tell_correction", "judge", "network_question", "network_found",
        "plan_save", "plan_copy", "plan_copy_ended", "network_read_file", "network_record_file", "import_progress", "import_again",
        "import_put_aside", "import_columns", "import_headings", "import_report", "import_names",
        "import_confirm", "import_receipt", "import_problem_rows", "summary_save", "summary_give",
        "needs_save", "adjustment_save", "adjustment_agreement", "adjustment_tell",
        "decision_save", "challenge_raise_save", "challenge_step_save",
        "document_for", "document_held", "document_ready", "document_decide",
        "pack_choose", "pack_undo", "pack_waiting", "pack_arrived", "pack_release",
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
