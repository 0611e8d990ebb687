"""Nothing but GET, HEAD and POST is answered, at any address, with or without somebody signed in."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.scan.offers import PART, routes
from tests.web.account.conftest import person, world  # noqa: F401 - fixtures

OTHERS = ("TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "TRACK", "PROPFIND")


def everywhere(world) -> list[str]:  # noqa: F811
    """Every address of the URL map; what is of no family with ids that are made up."""
    made_up = {"uuid": uuid4(), "int": 1}
    within = (route.replace("<uuid:case>", str(world.case)) for _, route in routes())
    found = ["/" + PART.sub(lambda part: str(made_up.get(part[1], "x")), one) for one in within]
    assert len(found) > 190
    return [*found, "/nothing/", "/static/kit/goldenthread.css"]


@pytest.mark.parametrize("method", OTHERS)
def test_another_method_is_answered_alike_everywhere(person, world, method):  # noqa: F811
    ama = person("ama")
    ama.sign_in()
    for address in everywhere(world):
        for client in (ama.client, Client()):
            answer = client.generic(method, address, "x=1", headers={"x-canary": "leaked"})
            assert (answer.status_code, answer.content) == (405, b""), address
            assert answer.headers["Allow"] == "GET, HEAD, POST"
            assert "leaked" not in str(answer.headers)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "image/png"])
def test_what_is_sent_and_is_no_form_is_answered_alike_everywhere(person, world, kind):  # noqa: F811
    ama = person("ama")
    ama.sign_in()
    for address in everywhere(world):
        answer = ama.client.post(address, data=b'{"words": "leaked"}', content_type=kind)
        assert (answer.status_code, answer.content) == (415, b""), address
        assert "leaked" not in str(answer.headers)


def test_a_method_that_a_header_or_field_names_changes_nothing(person):  # noqa: F811
    ama = person("ama")
    ama.sign_in()
    answer = ama.client.post(
        reverse("account_logout") + "?_method=DELETE",
        {"_method": "GET"},
        headers={"x-http-method-override": "GET"},
    )
    assert answer.status_code == 302
    assert "_auth_user_id" not in ama.client.session, "it was the POST that it is"
