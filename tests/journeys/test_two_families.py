"""One man in two families: told that it is so and whom to ring, on a desk and on a phone."""

from __future__ import annotations

import pytest

from goldenthread.interop.demo.loader import key
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.story import of_family

CARL, BEDDOES = key("person", "mothers_partner"), key("person", "carl_beddoes")
WETHERILL = key("case", "GT-DEMO-002")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_social_worker_learns_whom_to_ring_and_nothing_else(is_at_work, size):
    desk = is_at_work("sw_3", size)

    desk.goes_to(of_family("network/"))
    named = desk.page.locator("#elsewhere")
    assert "Is also in another family’s record." in named.inner_text()
    named.get_by_role("link", name="Carl Beddowes").click()
    desk.page.locator("#side-title", has_text="Carl Beddowes").wait_for()

    side = " ".join(desk.page.locator("#side").inner_text().split())
    assert "Is also in another family’s record. Ring Owen Pascoe," in side
    assert desk.page.get_by_role("link", name="01632 960227").is_visible()
    assert "Beddoes" not in desk.text
    assert "Wetherill" not in desk.text
    desk.is_pictured("two-families-social-worker")
    assert broken_at_every_width(desk.page) == {}


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_an_officer_who_works_with_both_walks_from_one_to_the_other(is_at_work, size):
    desk = is_at_work("ds_hockley", size)

    desk.goes_to(of_family(f"network/?person={CARL}#side"))
    desk.follows("Family GT-DEMO-002")

    assert str(WETHERILL) in desk.path
    desk.goes_to(f"/families/{WETHERILL}/network/?person={BEDDOES}#side")
    assert "Family GT-DEMO-001" in desk.text
    assert "Ring Ruth Lindley" in desk.text
    desk.is_pictured("two-families-officer")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_schools_lead_elsewhere_has_his_own_family_only(is_at_work, size):
    desk = is_at_work("dsl_elsewhere", size)

    desk.goes_to("/")
    desk.follows("Wetherill family")
    assert str(WETHERILL) in desk.path
    desk.goes_to(f"/families/{WETHERILL}/network/")
    assert "another family" not in desk.text
    assert "Beddo" not in desk.text
    desk.is_pictured("two-families-school")
    desk.may_answer.add(404)
    assert desk.goes_to(of_family("network/")).status == 404
