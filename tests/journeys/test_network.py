"""Who is around a child, moved through the dates: by pointer, by keyboard, without scripts.

The Okafor family of `tests/families/network.py`, served by itself.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from django.test.utils import override_settings

from goldenthread.records.shared.models import Account
from tests.conftest import PRISTINE, cloned
from tests.families.network import record_network, record_police
from tests.families.world import World, build_world
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk, Service

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIGURES = """() => Object.fromEntries(
  [...document.querySelectorAll('.gt-canvas a[data-person]')].map((one) => {
    const path = one.querySelector('path').getAttribute('d')
    return [one.dataset.person, path.match(/^M[-\\d. ]+/)[0]]
  }))"""


@pytest.fixture(scope="module")
def family() -> World:
    return World()


@pytest.fixture(scope="module")
def service(postgres, family) -> Iterator[Service]:
    """The whole service over the Okafor family; everybody is signed in already."""
    for _ in cloned(postgres, PRISTINE):
        world = record_police(record_network(build_world(tom="named_member")))
        family.actors = world.actors
        with override_settings(DEMONSTRATION=True):
            server = ThreadedWSGIServer(
                ("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=True
            )
            server.set_app(get_wsgi_application())
            sessions = {who: _signed_in(world, who) for who in ("priya", "ama", "grace")}
            connections.close_all()
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield Service(f"http://127.0.0.1:{server.server_address[1]}", sessions)
            server.shutdown()
            server.server_close()
            thread.join()


def _signed_in(world: World, who: str) -> dict:
    client = Client()
    client.force_login(Account.objects.get(id=world.actors[who].account), backend=BACKEND)
    cookies = [
        {
            "name": name, "value": one.value, "domain": "127.0.0.1", "path": "/", "expires": -1,
            "httpOnly": True, "secure": False, "sameSite": "Lax",
        }
        for name, one in client.cookies.items()
    ]  # fmt: skip
    return {"cookies": cookies, "origins": []}


def opens_the_network(desk: Desk, family: World, query: str = "") -> None:
    desk.goes_to(f"/families/{family.case}/network/{query}")


def figures(desk: Desk) -> dict[str, str]:
    """Everybody drawn, with where their figure begins."""
    return desk.page.evaluate(FIGURES)


def state_of(desk: Desk, person) -> str:
    return desk.page.locator(f'.gt-canvas [data-person="{person}"]').get_attribute("data-state")


def waits_for_the_day(desk: Desk, day: str) -> None:
    desk.page.locator(".gt-slider__day", has_text=day).wait_for()


def night(desk: Desk) -> str:
    """What the page says of who has the children."""
    return " ".join(desk.page.locator("#nights").inner_text().split())


def panel(desk: Desk) -> str:
    """What the page says of the person chosen."""
    return " ".join(desk.page.locator("#side").inner_text().split())


def test_moving_through_the_dates_brings_the_new_partner_and_moves_nobody(is_at_work, family):
    desk = is_at_work("priya")
    dean = family.person("dean")

    # Given the family before Easter: Dean has a place and is not there yet
    opens_the_network(desk, family, "?at=2026-03-20")
    before = figures(desk)
    assert state_of(desk, dean) == "not_yet"

    # When the next change is asked for
    desk.page.get_by_role("link", name="Next change").click()
    waits_for_the_day(desk, "6 April 2026")

    # Then he is there, the page says who said so, and nobody has moved
    assert state_of(desk, dean) == "present"
    assert "Dean Carter become a couple" in desk.text
    assert figures(desk) == before
    assert "at=2026-04-06" in desk.page.url
    desk.is_pictured("network-new-partner")

    desk.page.focus("#step")
    day = desk.page.locator("[data-step=next] .gt-slider__source").inner_text()
    desk.page.keyboard.press("ArrowRight")
    waits_for_the_day(desk, day)
    assert desk.page.evaluate("document.activeElement.id") == "step"
    assert figures(desk) == before


def test_who_had_the_baby_on_a_night_is_said_at_a_glance(is_at_work, family):
    desk = is_at_work("priya", "phone")

    opens_the_network(desk, family, "?at=2026-03-28")
    assert "the night of Saturday 28 March 2026" in night(desk)
    assert "Ada Okafor: Maureen Okafor Friday and Saturday nights" in night(desk)

    opens_the_network(desk, family, "?at=2026-03-30")
    assert "Ada Okafor: Ruth Okafor" in night(desk)


def test_as_known_to_one_agency_on_a_day_leaves_out_what_it_did_not_know(is_at_work, family):
    desk = is_at_work("grace")
    opens_the_network(desk, family)
    before = figures(desk)

    desk.page.get_by_label("As known to").select_option(label="Fenwick Police")
    desk.page.get_by_label("on", exact=True).fill("3 June 2026")
    desk.presses("Show", exact=True)

    left = figures(desk)
    assert str(family.person("dean")) in left
    assert str(family.person("maureen")) not in left
    assert left.items() <= before.items()
    assert "not yet known to Fenwick Police on 3 June 2026" in desk.text
    desk.is_pictured("network-as-known-to-police")


def test_day_after_the_day_of_knowledge_is_refused_in_words(is_at_work, family):
    desk = is_at_work("priya")
    opens_the_network(desk, family)

    desk.page.get_by_label("on", exact=True).fill("3 June 2026")
    desk.page.get_by_role("textbox", name="as it was on").fill("5 June 2026")
    desk.presses("Show", exact=True)

    assert "What was known on 3 June 2026 cannot say how things were on 5 June 2026" in desk.text
    assert desk.page.get_by_role("textbox", name="as it was on").input_value() == "5 June 2026"


def test_keyboard_goes_from_relative_to_relative_and_opens_one(is_at_work, family):
    desk = is_at_work("priya")
    opens_the_network(desk, family)

    def focused() -> str:
        return desk.page.evaluate("document.activeElement.dataset.person || ''")

    desk.page.focus(".gt-canvas")
    desk.page.keyboard.press("Tab")
    assert focused() == str(family.person("ada"))
    desk.page.keyboard.press("ArrowUp")
    assert focused() in (str(family.person("ruth")), str(family.person("father")))
    while focused() != str(family.person("ruth")):
        desk.page.keyboard.press("ArrowLeft")
    desk.page.keyboard.press("ArrowUp")
    assert focused() in (str(family.person("maureen")), str(family.person("grandad")))
    opened = focused()
    desk.page.keyboard.press("Enter")
    desk.page.locator(f'[data-network][data-person="{opened}"]').wait_for()
    assert desk.page.evaluate("document.activeElement.id") == "side"
    desk.page.keyboard.press("Escape")
    assert focused() == opened
    # Tab enters the drawing once and leaves it.
    desk.page.keyboard.press("Tab")
    assert focused() == ""


def test_drawing_is_made_larger_and_moved_by_buttons(is_at_work, family):
    desk = is_at_work("priya", "phone")
    opens_the_network(desk, family)
    width = "document.querySelector('.gt-canvas svg').getBoundingClientRect().width"
    before = desk.page.evaluate(width)

    desk.page.get_by_role("button", name="Larger").click()

    assert desk.page.evaluate(width) > before
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 360


IN_SIGHT = """(what) => {
  const box = document.querySelector('.gt-canvas').getBoundingClientRect()
  const all = [...document.querySelectorAll(what)].filter((one) => one.getClientRects().length)
  if (all.length !== 1) return `${all.length} of them`
  const one = all[0].getBoundingClientRect()
  const x = (one.left + one.right) / 2, y = (one.top + one.bottom) / 2
  return one.left >= box.left && one.right <= box.right || x > box.left && x < box.right && y > box.top && y < box.bottom
}"""


def test_ecomap_opens_on_the_family_in_its_middle(is_at_work, family):
    desk = is_at_work("priya", "phone")
    opens_the_network(desk, family, "?form=ecomap")

    wide = "(box => box.scrollWidth > box.clientWidth)(document.querySelector('.gt-canvas'))"
    assert desk.page.evaluate(wide), "an ecomap that fits proves nothing"
    assert desk.page.evaluate(IN_SIGHT, ".gt-drawing--ecomap .gt-middle") is True
    desk.is_pictured("network-ecomap")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("size", ["desk", "phone", "small phone"])
def test_homes_over_time_open_with_the_day_in_sight(is_at_work, family, size, scripts):
    desk = is_at_work("priya", size, java_script_enabled=scripts)

    for day in ("2026-06-10", "2026-03-28"):
        opens_the_network(desk, family, f"?form=homes&at={day}")
        assert desk.page.evaluate(IN_SIGHT, ".gt-canvas .gt-cursor") is True
        names = desk.page.locator(".gt-canvas .gt-label text", has_text=re.compile("^Ruth"))
        assert names.filter(visible=True).count() == 1
    desk.is_pictured("network-homes")


@pytest.mark.parametrize("form", ["genogram", "ecomap", "homes"])
def test_printed_drawing_is_as_large_as_its_words_need(is_at_work, family, form):
    desk = is_at_work("priya")
    opens_the_network(desk, family, f"?form={form}")
    whole = desk.page.evaluate("document.querySelector('#drawn').getBBox().width")
    desk.page.get_by_role("button", name="Smaller").click()
    desk.page.emulate_media(media="print")

    desk.is_pictured(f"network-printed-{form}")
    assert not desk.page.locator(".gt-canvas").is_visible()
    # Each part is a window on all of the drawing, however large that is on the screen.
    desk.page.wait_for_function(
        """whole => [...document.querySelectorAll('.gt-parts use')].every(
          (one) => Math.abs(one.getBBox().width - whole) < 0.05 * whole)""",
        arg=whole,
    )
    sizes = desk.page.locator(".gt-parts svg").evaluate_all(
        "all => all.map((one) => [one.getScreenCTM().a, one.getBoundingClientRect().width])"
    )
    assert len(sizes) >= 1
    for scale, wide in sizes:
        assert scale > 0.999  # 12 px on paper are 9 pt
        assert wide <= 1040


def test_relation_is_added_in_two_steps_and_says_who_said_so(is_at_work, family):
    desk = is_at_work("priya", "phone")
    opens_the_network(desk, family, f"?person={family.person('sam')}")
    desk.follows("Whom they look after")

    # First: who and what
    assert "Add a relation, 1 of 2" in desk.text
    desk.page.locator("#relation").select_option("cares_for:shared")
    desk.page.locator("#other").select_option(str(family.person("leo")))
    desk.page.locator(".gt-chip__label", has_text="Sunday").first.click()
    desk.page.fill("#text", "Sam has Leo from Sunday to Monday now.")
    desk.is_pictured("network-add-what")
    desk.presses("Continue")

    # Then: since when, and who said so, which is never left out
    assert "2 of 2" in desk.text
    desk.page.fill("#began_on-month", "5")
    desk.page.fill("#began_on-year", "2026")
    desk.page.get_by_label("About then").check()
    desk.page.get_by_label("Yes, as far as I know").check()
    desk.page.get_by_label("Someone told me").check()
    desk.presses("Add to the record")
    assert "Say who told you" in desk.text
    desk.is_pictured("network-add-when")
    desk.page.fill("#informant-told", "Sam Hart")
    desk.presses("Add to the record")

    assert "Added to the record" in desk.text
    assert "Sam Hart shares the care of Leo Hart (nights: Sunday)" in panel(desk)
    assert "Told by Sam Hart to Priya Nair" in panel(desk)


def test_relation_of_ones_own_agency_is_put_right_and_the_earlier_one_stays(is_at_work, family):
    desk = is_at_work("ama")
    opens_the_network(desk, family, f"?person={family.person('dean')}")
    row = desk.page.locator("#side li", has_text="in a couple")
    with desk.page.expect_navigation():
        row.get_by_role("link", name=re.compile("^Put right")).click()

    assert "This corrects: Ruth Okafor is in a couple" in desk.text
    desk.page.locator("#relation").select_option("couple:cohabiting")
    desk.page.fill("#text", "They have lived together since May, Ruth says.")
    desk.presses("Continue")
    desk.page.fill("#began_on-day", "")
    desk.page.fill("#began_on-month", "5")
    desk.page.get_by_label("Someone told me").check()
    desk.page.fill("#informant-told", "Ruth Okafor")
    desk.page.fill("#reason", "Ruth told me more.")
    desk.presses("Add to the record")

    assert "living as a couple with Dean Carter" in panel(desk)
    desk.follows("Everything over time")
    table = desk.page.locator("#table")
    assert "Corrected: in a couple (not living together) with" in " ".join(
        table.inner_text().split()
    )


def test_question_is_taken_on_with_an_owner_and_a_date_and_stays_listed(is_at_work, family):
    desk = is_at_work("priya")
    opens_the_network(desk, family)
    with desk.page.expect_navigation():
        desk.page.locator("#questions a", has_text="No checks are recorded about Dean").click()

    assert not desk.page.locator("#owner").is_visible()  # nothing is asked that may not apply
    desk.page.get_by_label("Asked, and they would not say").check()
    assert desk.page.locator("#asked_on-day").is_visible()
    assert broken_at_every_width(desk.page) == {}
    desk.page.get_by_label("Somebody will find out").check()
    assert not desk.page.locator("#asked_on-day").is_visible()
    desk.may_answer.add(422)
    desk.presses("Keep this")
    assert "There is a problem" in desk.text
    desk.page.fill("#words", "Ask police what they hold on Dean.")
    desk.page.locator("#owner").select_option(index=1)
    for part, value in (("day", "1"), ("month", "3"), ("year", "2027")):
        desk.page.fill(f"#due-{part}", value)
    desk.presses("Keep this")

    asked = desk.page.locator("#questions li", has_text="No checks are recorded about Dean")
    assert "Priya Nair will find out, due 1 March 2027." in " ".join(asked.inner_text().split())
    desk.is_pictured("network-questions")


def test_family_tree_from_a_file_is_looked_through_before_it_is_kept(is_at_work, family):
    desk = is_at_work("priya", "phone")
    opens_the_network(desk, family)
    desk.follows("Bring relations in from a file")
    tree = "0 HEAD\n1 GEDC\n2 VERS 5.5.1\n1 CHAR UTF-8\n0 @I1@ INDI\n1 NAME Maureen /Okafor/\n"
    tree += "0 @I2@ INDI\n1 NAME Esther /Bello/\n0 @F1@ FAM\n1 WIFE @I2@\n1 CHIL @I1@\n0 TRLR\n"
    desk.page.set_input_files(
        "#file", {"name": "tree.ged", "mimeType": "text/plain", "buffer": tree.encode()}
    )
    desk.presses("Read the file")

    assert "Nothing is in the record yet" in desk.text
    assert broken_at_every_width(desk.page) == {}
    desk.is_pictured("network-file")
    desk.page.fill("#text", "Ruth showed me the tree she made.")
    desk.page.fill("#informant", "Ruth Okafor")
    desk.presses("Add to the record")

    assert "1 relation added to the record" in desk.text
    desk.page.locator("#relations summary").click()
    assert "Esther Bello" in desk.page.locator("#table").inner_text()


def test_everything_works_without_scripts(is_at_work, family):
    desk = is_at_work("priya", java_script_enabled=False)
    opens_the_network(desk, family, "?at=2026-03-20")

    desk.follows("Next change")
    assert "at=2026-04-06" in desk.page.url
    desk.page.locator(f'.gt-canvas a[data-person="{family.person("dean")}"]').click()
    assert "Ruth Okafor is in a couple" in panel(desk)
    desk.presses("Show this day")
    assert desk.page.locator(".gt-canvas svg").count() == 1
    desk.page.get_by_text("Drawn: households").click()
    desk.page.locator("label[for=marks-harm]").click()
    desk.presses("Draw", exact=True)
    assert "marks=harm" in desk.page.url
    desk.follows("Homes over time")
    assert "Every stay" in desk.page.content()


@pytest.mark.parametrize(
    "path",
    [
        "", "?form=ecomap", "?form=homes", "?person={dean}", "?style=child-friendly&marks=harm",
        "add/", "add/?kind=cares_for", "file/", "people/{dean}/",
    ],
)  # fmt: skip
def test_network_pages_meet_wcag_at_three_widths(is_at_work, family, path):
    desk = is_at_work("priya")
    opens_the_network(desk, family, path.format(dean=family.person("dean")))

    assert broken_at_every_width(desk.page) == {}
