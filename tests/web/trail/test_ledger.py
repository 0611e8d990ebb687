"""The family's copy: chosen, held back, refused, audited, and without a word of what entries say."""

from __future__ import annotations

import html
import re

import pytest

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.records.audit import reading as trail
from goldenthread.records.shared.models import Agency
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, key
from tests.web.case.conftest import address


@pytest.fixture
def told(world):
    """Record one entry of health visiting and that social care was told of it; gives the text."""

    def tells(text: str, *, family: str = "She agreed.", **more) -> None:
        entry = world.entry("health_visiting", text, **more)
        telling = Telling(
            world.agency("social_care"), told=parse_edtf("2026-03-20"), lawful_basis="public_task",
            subject_told=family,
        )  # fmt: skip
        record_entry(
            world.actors["ama"],
            world.case,
            entry.__class__(**{**fields(entry), "tellings": (telling,)}),
            now=NOW,
        )

    return tells


def fields(entry) -> dict:
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


def choices(shown: str) -> list[str]:
    return re.findall(r'name="telling" type="checkbox" value="([^"]+)"', shown)


def test_what_was_chosen_is_on_the_copy_in_plain_words(told, page, signed_in, world):
    told("Obsidian words of the entry.", kind="visit")
    page("ama", "sharing")
    (one,) = choices(page("priya", "family_ledger"))

    sent = {"for": str(key("person ruth")), "telling": one, "looks": "yes"}
    shown = html.unescape(
        signed_in("priya").post(address(world, "family_ledger"), sent, follow=True).content.decode()
    )
    assert "For Ruth Okafor." in shown
    assert "Health visiting</strong> told <strong>children's social care" in shown
    assert "because it is their job to keep children safe" in shown and "She agreed." in shown
    assert "<strong>Health visiting</strong> opened it on" in shown
    for word in ("Obsidian", "Ama Boateng", "Fenwick Health Visiting"):
        assert word not in shown


def test_a_service_of_several_agencies_is_said_in_words(page, signed_in, world):
    Agency.objects.filter(id=world.agency("health_visiting")).update(kind="multi_agency")
    page("ama", "sharing")

    sent = {"for": str(key("person ruth")), "looks": "yes"}
    answer = signed_in("priya").post(address(world, "family_ledger"), sent, follow=True)

    shown = answer.content.decode()
    assert "<strong>A service that works for several agencies</strong> opened it on" in shown
    assert "Multi-agency" not in shown


def test_what_is_held_back_cannot_be_chosen_and_leaves_no_trace(told, page, signed_in, world):
    told("He hit her.", kind="disclosure")
    told("Said by next door.", how_known="told", informant="a neighbour")
    told("Nobody told them.", family="")

    shown = page("priya", "family_ledger")
    assert choices(shown) == [] and "Held back, and why: 3 tellings" in shown
    copy = signed_in("priya").post(
        address(world, "family_ledger"), {"for": str(key("person ruth"))}, follow=True
    ).content.decode()  # fmt: skip
    assert "Nothing was chosen." in copy and "neighbour" not in copy and "disclosure" not in copy


def test_one_that_is_held_back_is_refused_though_its_id_is_sent(told, page, signed_in, world):
    from goldenthread.records.provenance.models import ShareEvent

    told("He hit her.", kind="disclosure")
    sent = {"for": str(key("person ruth")), "telling": str(ShareEvent.objects.get().id)}

    found = signed_in("priya").post(address(world, "family_ledger"), sent, follow=True)
    assert found.status_code == 422 and "cannot be told to the family" in found.content.decode()


@pytest.mark.parametrize("whom", ["", "x", str(key("person father")), str(key("person nobody"))])
def test_it_is_for_somebody_by_name(signed_in, world, whom: str):
    found = signed_in("priya").post(address(world, "family_ledger"), {"for": whom}, follow=True)

    assert found.status_code == 422 and "Choose whom the copy is for." in found.content.decode()


def test_making_it_is_in_the_trail_as_a_copy_taken(signed_in, world):
    signed_in("priya").post(
        address(world, "family_ledger"), {"for": str(key("person ruth"))}, follow=True
    )

    latest = trail.events_of_case(world.case)[0]
    assert (latest.action, latest.resource) == ("export_chronology", str(key("person ruth")))


@pytest.mark.parametrize("who", ["tom", "admin"])
def test_whoever_may_not_open_the_family_makes_no_copy(signed_in, world, who: str):
    client, at = signed_in(who), address(world, "family_ledger")

    assert client.get(at).status_code == 404
    assert client.post(at, {"for": str(key("person ruth"))}, follow=True).status_code == 404
