"""Every main page can be read at 400 % and with wide text spacing, and all of it be reached.

A window of 1280 by 1024 at 400 % is one of 320 by 256 (WCAG 2.2, 1.4.10); the spacing is that of
1.4.12; what has the focus is never all covered (2.4.11). Seeded faults show that each can fail.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.journeys.conftest import Desk
from tests.journeys.story import of_family
from tests.journeys.test_accessible import OF_THE_FAMILY, OF_THE_READER, an_entry

AT_400_PERCENT = {"width": 320, "height": 256}
OF_AN_ENTRY = ("", "answer/", "answer/?asked=1&answer=disputes", "share/")
SPACED = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
}"""
# A drawing and a table of many columns may be moved within their own frame, not the page with them.
TROUBLE = """() => {
  const found = [], root = document.documentElement
  const words = at => (at.innerText || at.getAttribute('aria-label') || at.id).trim().slice(0, 60)
  const framed = at => at.closest('svg, .gt-scroll, .gt-lanes__scroll, dialog')
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide`)
  for (const at of document.querySelectorAll('body *')) {
    if (framed(at) || at.closest('.govuk-visually-hidden') || !at.checkVisibility()) continue
    const {overflowX, overflowY} = getComputedStyle(at)
    const cut = (over, whole, seen) => /hidden|clip/.test(over) && seen > 1 && whole > seen + 2
    if (cut(overflowX, at.scrollWidth, at.clientWidth) ||
        cut(overflowY, at.scrollHeight, at.clientHeight)) found.push(`cut off: ${words(at)}`)
  }
  for (const at of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (framed(at) || at.type === 'hidden' || at.disabled || !at.checkVisibility()) continue
    at.focus()
    if (document.activeElement !== at) { found.push(`takes no focus: ${words(at)}`); continue }
    const isSeen = [...at.getClientRects()].some(box => [.1, .3, .5, .7, .9].some(part => {
      const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part)
      return there && (at.contains(there) || there.contains(at) && there !== document.body)
    }))
    if (!isSeen) found.push(`covered: ${words(at)}`)
  }
  return found
}"""
SEEDED = """() => {
  const main = document.querySelector('main')
  main.insertAdjacentHTML('beforeend', '<p class="seeded-wide">W</p>' +
    '<p class="seeded-cut">Two lines of words in the room of one</p>' +
    '<p class="seeded-under"><a href="#x">Beneath</a><b>Over it all</b></p>')
  const style = (name, how) => Object.assign(main.querySelector(name).style, how)
  style('.seeded-wide', {width: '500px'})
  style('.seeded-cut', {height: '1em', overflow: 'hidden', width: '60px'})
  style('.seeded-under', {position: 'relative'})
  style('.seeded-under b', {position: 'absolute', inset: '0', background: 'white'})
}"""


def trouble_of(desk: Desk, path: str) -> dict[str, list[str]]:
    """What is wrong with a page at 400 %, as it is and with its words set wide; empty is good."""
    desk.page.set_viewport_size(AT_400_PERCENT)
    assert desk.goes_to(path).status == 200
    plain = desk.page.evaluate(TROUBLE)
    desk.page.evaluate(SPACED)
    spaced = desk.page.evaluate(TROUBLE)
    return {name: said for name, said in (("plain", plain), ("spaced", spaced)) if said}


def test_sign_in_can_be_read_and_used(opens):
    assert trouble_of(opens(), reverse("account_login")) == {}


@pytest.mark.parametrize("name", OF_THE_READER)
def test_page_of_the_reader_can_be_read_and_used(is_at_work, name):
    assert trouble_of(is_at_work("sw_3"), reverse(OF_THE_READER[name])) == {}


@pytest.mark.parametrize("name", OF_THE_FAMILY)
def test_page_of_the_family_can_be_read_and_used(is_at_work, name):
    assert trouble_of(is_at_work("sw_3"), of_family(OF_THE_FAMILY[name])) == {}


@pytest.mark.parametrize("rest", OF_AN_ENTRY)
def test_page_of_an_entry_can_be_read_and_used(is_at_work, rest):
    desk = is_at_work("sw_3")
    assert trouble_of(desk, an_entry(desk) + rest) == {}


def test_seeded_faults_are_all_found(is_at_work):
    desk = is_at_work("sw_3")
    desk.page.set_viewport_size(AT_400_PERCENT)
    desk.goes_to("/")
    desk.page.evaluate(SEEDED)

    found = desk.page.evaluate(TROUBLE)

    assert any("wide" in one for one in found)
    assert any("Two lines" in one for one in found)
    assert "covered: Beneath" in found
