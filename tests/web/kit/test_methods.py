"""Nothing but GET, HEAD and POST is answered, at any address, with or without somebody signed in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.account.conftest import person, world  # noqa: F401 - fixtures

OTHERS = ("TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "TRACK", "PROPFIND")


@pytest.mark.parametrize("method", OTHERS)
def test_another_method_is_answered_alike_everywhere(person, world, method):  # noqa: F811
    ama = person("ama")
    ama.sign_in()
    family = reverse("family", kwargs={"case": world.case})
    for address in (
        family,
        "/",
        "/nothing/",
        "/static/kit/goldenthread.css",
        reverse("account_login"),
    ):
        for client in (ama.client, Client()):
            answer = client.generic(method, address, "x=1", headers={"x-canary": "leaked"})
            assert (answer.status_code, answer.content) == (405, b""), address
            assert answer.headers["Allow"] == "GET, HEAD, POST"
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
