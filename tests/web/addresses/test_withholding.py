"""A finished page without the words its reader may not have, however they are set."""

from __future__ import annotations

import pytest

from goldenthread.domain.addresses.finding import Wanted
from goldenthread.domain.addresses.postal import as_given
from goldenthread.usecases.addresses.protecting import Protection
from goldenthread.web.addresses.withholding import guarded_page
from tests.families import addresses as safe

HERE = (Wanted(safe.ADDRESS, as_given(safe.STREET, safe.POSTCODE, safe.PHONE)),)
MARK = "[words withheld]"


def page(made: str, *, known: bool = False, typed=lambda words: False) -> str:
    protection = Protection(known=HERE) if known else Protection(unseen=HERE)
    return guarded_page(made, protection, typed, "/sheet.css")


@pytest.mark.parametrize(
    ("made", "left"),
    [
        ("<p>At 47 Larkspur Rise, Ruth</p>", f"<p>At {MARK}, Ruth</p>"),
        ("<p>47 <ins>Larkspur</ins> <del>Rise</del> now</p>", None),
        ("<text><tspan>Ruth</tspan><tspan>47 Larkspur Rise</tspan></text>", None),
        ("<text><tspan>47 Lark</tspan><tspan>spur Rise</tspan></text>", None),
        ("<td>47</td>\n<td>Larkspur Rise</td>", None),
        ("<a title=\"47 Larkspur Rise\" href='/x'>x</a>", f"<a title=\"{MARK}\" href='/x'>x</a>"),
        ("<img alt='ZZ9 4QX &amp; more'>", f'<img alt="{MARK} &amp; more">'),
        ("<!-- ZZ9 4QX -->", f"<!-- {MARK} -->"),
        ("<title>ZZ9 4QX</title>", f"<title>{MARK}</title>"),
        ("<p>ZZ9&nbsp;4QX &lt;b&gt;</p>", f"<p>{MARK} &lt;b&gt;</p>"),
        ("<option value='01632 960471'>01632&#32;960471</option>", None),
        ("<textarea>\nat ZZ94QX</textarea>", f"<textarea>\nat {MARK}</textarea>"),
        ("<input value='at ZZ94QX'>", f'<input value="at {MARK}">'),
    ],
)
def test_no_setting_of_the_words_keeps_them_on_the_page(made, left):
    shown = page(made)

    assert safe.appears(shown.replace("<", " <")) == [] and MARK in shown
    assert "larkspur" not in shown.casefold() and "spur rise" not in shown.casefold()
    if left is not None:
        assert shown == left


def test_a_page_without_them_is_left_to_the_letter():
    made = "<!DOCTYPE html><p class='a>b' data-x=\"1\">Ruth &amp; Ada &eacute;</p><br/><script>1<2</script>"
    assert page(made) == page(made, known=True) == made


def test_words_in_a_box_that_one_typed_stay_as_typed():
    made = "<textarea>at ZZ94QX</textarea><input value='ZZ94QX'><p>ZZ94QX</p>"
    shown = page(made, typed=lambda words: "ZZ94QX" in words)
    assert shown == f"<textarea>at ZZ94QX</textarea><input value='ZZ94QX'><p>{MARK}</p>"


def test_words_that_one_may_have_are_marked_for_print_and_never_in_a_title_or_a_drawing():
    made = (
        "<head><title>ZZ9 4QX</title></head><p>At ZZ9 4QX.</p><svg><text>ZZ9 4QX</text></svg>"
        "<textarea>ZZ9 4QX</textarea>"
    )
    assert page(made, known=True) == (
        f'<head><title>{MARK}</title><link rel="stylesheet" href="/sheet.css"></head>'
        '<p>At <span class="gt-safe-words"><span>ZZ9 4QX</span></span>.</p>'
        f"<svg><text>{MARK}</text></svg><textarea>ZZ9 4QX</textarea>"
    )
