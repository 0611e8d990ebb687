"""Reading decisions: the list, one in reading order, what changed, saying it back, and paper."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from goldenthread.domain.decisions.proposing import ProposedPin
from goldenthread.records.audit.models import AuditEvent
from tests.families.world import key
from tests.usecases.decisions.deciding import ALONE, SEEN, signed

UNREAD = "It rests on further entries that your agency has not been told. Ask Fenwick Health Visit"


def words_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def page(world, client_of):
    def read(who: str, name: str, decision=None, query: str = "", status: int = 200) -> str:
        at = {"case": world.case} | ({"decision": decision} if decision else {})
        response = client_of(who).get(reverse(name, kwargs=at) + query)
        assert response.status_code == status
        return words_of(response)

    return read


def test_the_list_says_what_was_decided_when_by_whom_and_what_waits(world, page):
    assert "No decision that you may read is recorded yet." in page("priya", "decisions")
    first = signed(world)
    signed(world, after=first.id, why_again="The cot had not come.")

    said = page("priya", "decisions")

    assert "Monday 1 June 2026, Strategy meeting Is Ada safe at home tonight?" in said
    assert "Decided by Priya Nair. Signed by Priya Nair, Fenwick Children's Services." in said
    assert "Must be told and has not been: Harbour Adult Mental Health." in said
    assert "Before it: Version 1, decided Monday 1 June 2026 ." in said
    assert "No decision that you may read" in page("lund", "decisions")


def test_a_decision_is_read_in_order_with_everything_it_says(world, page):
    done = signed(world)
    said = page("ama", "decision", done.id)
    in_order = [
        "Is Ada safe at home tonight?", "What waits", "What was decided", "Ada stays at home",
        "Why", "Ruth asks for help", "What could have been decided", "Taken", "Not taken",
        "The threshold", "(section 47): not met.", "What worries us", "What is going well",
        "What had built up", "What was not known", "Weighed, and outweighed",
        "Ada slept on the sofa.", "Who had a part in it", "Dr Inga Lund",
        "On leave; rang the ward.", "Who sees it differently", "I would have liked a cot",
        "Who is told", "Knows of it", "Must be told", "What would make us look again",
        "By 15 June 2026 at the latest.", "Sealed when it was signed",
    ]  # fmt: skip
    places = [said.index(words) for words in in_order]
    assert places == sorted(places)


def test_what_the_reader_may_not_see_is_left_out_with_one_sentence(world, page):
    done = signed(world, "ama", pins=(ProposedPin(SEEN), ProposedPin(ALONE)))
    for who in ("tom", "sam"):
        said = page(who, "decision", done.id)
        assert UNREAD in said and "afraid" not in said
        for name in ("decision_print", "decision_read_back"):
            assert UNREAD in (other := page(who, name, done.id)) and "afraid" not in other
    assert UNREAD not in page("ama", "decision", done.id)


@pytest.mark.parametrize(
    "name", ["decision", "decision_print", "decision_read_back", "decision_difference",
             "decision_again"],
)  # fmt: skip
def test_one_you_may_not_read_is_like_one_that_never_was(world, client_of, name):
    done = signed(world)
    lund, said = client_of("lund"), []
    for id in (done.id, uuid4()):
        answer = lund.get(reverse(name, kwargs={"case": world.case, "decision": id}))
        said.append((answer.status_code, words_of(answer)))
    assert said[0] == said[1] and said[0][0] == 404


def test_an_earlier_version_stays_and_says_that_there_is_a_newer(world, page):
    first = signed(world)
    second = signed(world, after=first.id, why_again="New facts.", rationale="Nan has gone home.")
    said = page("priya", "decision", first.id)
    assert "A newer version exists" in said and "Ruth asks for help and keeps" in said
    assert "A newer version exists" not in page("priya", "decision", second.id)


def test_what_changed_reads_without_colour(world, page):
    first = signed(world)
    second = signed(world, after=first.id, why_again="New facts.", rationale="Ruth asks for Nan.")
    said = page("priya", "decision_difference", second.id, f"?with={first.id}")
    assert "Why: New facts." in said
    assert "Ruth asks for [taken out: help and keeps" in said and "[added: Nan. ]" in said
    assert "Unchanged: " in said and "What was decided" in said
    assert said == page("priya", "decision_difference", second.id)  # the one before, unasked
    assert page("priya", "decision_difference", second.id, "?with=x").count("Nothing that you may")
    page("priya", "decision_difference", second.id, f"?with={uuid4()}", status=404)
    other = signed(world, "ama")
    page("priya", "decision_difference", second.id, f"?with={other.id}", status=404)


def test_saying_it_back_shows_the_record_and_no_way_into_the_rest(world, client_of):
    done = signed(world)
    at = reverse("decision_read_back", kwargs={"case": world.case, "decision": done.id})
    shown = client_of("tom").get(at).content.decode()
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert "Ruth asks for help" in main and "moj-sub-navigation" not in shown
    assert not re.findall(r'<a [^>]*href="/', main)
    assert "Keep what I say" not in client_of("priya").get(at).content.decode()


def test_what_is_said_back_is_kept_once_and_shown_to_the_author(world, client_of, page):
    done, form = signed(world), str(uuid4())
    at = reverse("decision_read_back", kwargs={"case": world.case, "decision": done.id})
    tom = client_of("tom")
    half = tom.post(at, {"id": form, "risk": "He may fall.", "understood": "no"})
    assert half.status_code == 422 and "He may fall." in half.content.decode()
    assert "Say what you do not understand." in half.content.decode()

    said = {"id": form, "risk": "He may fall.", "understood": "no", "because": "Who is there?"}
    for _ in range(2):
        assert "Kept. Whoever may read" in words_of(tom.post(at, said, follow=True))

    own = page("priya", "decision", done.id)
    assert own.count("did not understand it: Who is there?") == 1
    assert own.count("I do not understand it, because: Who is there?") == 1
    assert "1 reader did not understand it." in page("priya", "decisions")
    by_priya = client_of("priya").post(at, {**said, "id": str(uuid4())}, follow=True)
    assert "You decided or signed this" in words_of(by_priya)


def test_paper_is_the_record_alone_and_audited_as_leaving(world, page):
    done = signed(world)
    said = page("tom", "decision_print", done.id)
    assert "Family GT-0001" in said and "What waits" not in said and "Said back" not in said
    trail = AuditEvent.objects.using("reader").filter(account=key("account tom"))
    assert trail.filter(action="export_chronology", resource=str(done.id)).exists()
