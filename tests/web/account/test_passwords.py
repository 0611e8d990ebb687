"""What a new password is asked, wherever one is chosen; and that it counts exactly as it was typed."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import password_validation
from django.test import Client, override_settings
from django.urls import reverse

from tests.web.account.conftest import PASSWORD, WRONG, audited, try_sign_in

HERE = Path(__file__).parents[3]
LISTED = Path(password_validation.__file__).parent / "common-passwords.txt.gz"


@pytest.fixture
def ama(person):
    one = person("ama")
    one.sign_in()
    return one


def choose(who, new: str):
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    return who.client.post(reverse("account_change_password"), sent)


def said(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def common() -> list[str]:
    with gzip.open(LISTED, "rt", encoding="utf-8") as file:
        return [line.strip() for line in file]


@pytest.mark.parametrize(
    ("new", "because"),
    [
        ("short", "at least 12 characters"),
        (next(one for one in common() if len(one) >= 12), "too common"),
        ("Goldenthread2026!", "made of words of your work"),
        ("police safeguarding", "made of words of your work"),
        ("a" * 1_001, "at most 1,000 characters"),
    ],
)
def test_a_password_is_refused_with_what_to_do_instead(ama, new, because):
    answer = choose(ama, new)

    assert answer.status_code == 200
    assert because in said(answer)
    assert audited("change_sign_in") == []


def test_the_name_of_an_agency_of_the_partnership_is_a_word_of_work(ama, world):
    from goldenthread.records.shared.models import Agency

    name = Agency.objects.get(id=world.actors["ama"].agency).name

    assert "made of words of your work" in said(choose(ama, f"{name} 2026!"))


@pytest.mark.parametrize(
    "new",
    [
        "twelvesmalls",  # letters alone
        "837 465 019 283",  # digits alone
        "Ünïcödé  mit  Lücken 漢字 🐟",
        "brass kettles " * 5,  # 70 characters
        "x" * 999 + "y",
    ],
)
def test_a_password_of_any_kind_and_length_is_taken_as_it_is(ama, new):
    assert choose(ama, new).status_code == 302
    for near in (new[:-1], new.swapcase() if new.swapcase() != new else new + " ", new + "!"):
        assert try_sign_in(Client(), ama.email, near).status_code == 200, "this is another password"
    assert try_sign_in(Client(), ama.email, new).status_code == 302


def test_the_commonest_leaked_passwords_are_refused():
    """Django's list is the 20,000 commonest of Have I Been Pwned's."""
    validator = password_validation.CommonPasswordValidator()

    assert len(common()) > 19_000
    assert {"qwerty123456", "1q2w3e4r5t6y", "123456789abc"} & validator.passwords
    assert any(
        one["NAME"].endswith("CommonPasswordValidator") for one in settings.AUTH_PASSWORD_VALIDATORS
    )


def test_a_password_of_the_installations_file_of_leaked_ones_is_refused(ama, tmp_path):
    leaked = "eleven brass kettles singing"
    others = ["nine tin whistles", "four slow barges"]
    digests = [hashlib.sha1(one.encode()).hexdigest().upper() for one in (leaked, *others)]
    (tmp_path / "leaked.txt").write_text("".join(f"{one}:17\r\n" for one in sorted(digests)))
    with_file = [
        *settings.AUTH_PASSWORD_VALIDATORS,
        {
            "NAME": "goldenthread.web.account.passwords.NotLeaked",
            "OPTIONS": {"listed": str(tmp_path / "leaked.txt")},
        },
    ]
    with override_settings(AUTH_PASSWORD_VALIDATORS=with_file):
        assert "known from a leak" in said(choose(ama, leaked))
        assert choose(ama, f"{leaked} loudly").status_code == 302


def test_every_password_is_masked_and_may_be_pasted_or_filled_in(ama):
    pages = [
        Client().get(reverse("account_login")),
        ama.client.get(reverse("account_change_password")),
    ]
    for page in pages:
        fields = [
            tag for tag in re.findall(r"<input[^>]*>", page.content.decode()) if "password" in tag
        ]
        assert fields
        for tag in fields:
            assert 'type="password"' in tag
            assert 'autocomplete="off"' not in tag
            assert "maxlength" not in tag
            assert re.search(r'autocomplete="(current|new)-password"', tag), tag


def test_no_script_of_ours_stops_a_paste():
    scripts = [
        file
        for file in (HERE / "src/goldenthread/web").glob("*/static/**/*.js")
        if "paste" in file.read_text(encoding="utf-8")
    ]
    assert [file.name for file in scripts if "min" not in file.name] == []


def test_the_words_that_count_for_nothing_are_written_down():
    from goldenthread.domain.access.passwords import LEFT_AT_LEAST, OF_THE_SERVICE, SHORTEST_WORD

    page = (HERE / "docs/how-to/sign-in-and-sessions.md").read_text(encoding="utf-8")
    assert ", ".join(OF_THE_SERVICE) in page
    assert f"{SHORTEST_WORD} letters or more" in page
    assert f"{LEFT_AT_LEAST} letters or digits" in page


def test_a_wrong_password_is_not_made_right_by_the_address_of_the_request(person):
    """What is asked in an address and what is sent in a form are two things."""
    ama = person("ama")
    address = f"{reverse('account_login')}?password={PASSWORD.replace(' ', '+')}&login={ama.email}"
    answer = Client().post(address, {"login": ama.email, "password": WRONG})

    assert answer.status_code == 200
