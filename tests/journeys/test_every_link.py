"""Every link of the family's pages is followed as four roles; nothing fails, nothing gives away."""

from __future__ import annotations

import re
from collections import deque

import pytest

from tests.journeys.story import NAMES, canary, of_family, rows_hidden_from

MOST = 45
AGENCY_OF = {"sw_3": "children_social_care", "hv_2": "health_visiting", "dsl": "school"}
ROLES = (*AGENCY_OF, "chair")
LINK = re.compile(r"<a\b[^>]*\bhref=\"([^\"#]+)")
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
INLINE = re.compile(r"<style\b|\sstyle=\"|<script(?![^>]*\bsrc=)|\son[a-z]+=\"|href=\"javascript:")


def kind_of(path: str) -> str:
    """A page's kind: its address without ids and what is asked of it."""
    return re.sub(r"[0-9a-f-]{36}", "", path.split("?")[0]) + ("?" if "?" in path else "")


@pytest.mark.parametrize("who", ROLES)
def test_links_lead_to_pages_that_keep_the_rules(is_at_work, who):
    desk = is_at_work(who)
    fetch = desk.page.context.request
    waiting, known, of_kind = deque(["/", of_family()]), {"/", of_family()}, {}
    hidden = [canary(row) for row in rows_hidden_from(AGENCY_OF[who])] if who in AGENCY_OF else []
    read = 0
    while waiting and read < MOST:
        path = waiting.popleft()
        answer = fetch.get(f"{desk.service.address}{path}")
        read += 1
        assert answer.status == 200, f"{answer.status}: {path}"
        assert "no-store" in answer.headers["cache-control"], path
        if "text/html" not in answer.headers["content-type"]:
            continue
        page = answer.text()
        title = TITLE.search(page)[1]
        assert not [name for name in NAMES if re.search(rf"\b{name}\b", f"{title} {path}")], path
        assert not INLINE.search(page), f"{INLINE.search(page)}: {path}"
        assert not [words for words in hidden if words in page], path
        for link in LINK.findall(page):
            link = link.replace("&amp;", "&")
            link = f"{path.split('?')[0]}{link}" if link.startswith("?") else link
            # Paper takes seconds to set, and has a journey of its own.
            is_left = link.startswith("/static/") or ".pdf" in link or "form=pdf" in link
            if not link.startswith("/") or link in known or is_left:
                continue
            known.add(link)
            # A few of each kind of page: the twentieth entry has no link that the third has not.
            of_kind[kind_of(link)] = of_kind.get(kind_of(link), 0) + 1
            if of_kind[kind_of(link)] <= 3:
                waiting.append(link)
    assert read > 15
