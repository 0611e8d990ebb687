"""Each component says what it must, escapes what it is given, and needs no inline script or style."""

import re

import jinja2
import pytest

from tests.web.kit import preview

IMPORT = '{% import "kit/components.jinja" as kit %}'
TEMPLATES = sorted(preview.KIT.parent.glob("*/templates/**/*.jinja"))


@pytest.fixture(scope="module")
def house():
    return preview.environment()


@pytest.fixture
def render(house):
    def rendered(source, **values):
        html = house.from_string(IMPORT + source).render(**values)
        return re.sub(r"\s+", " ", html).strip()

    return rendered


@pytest.fixture(scope="module")
def page(house):
    return house.from_string(preview.PAGE).render(request=None)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_script_style_or_handler(template):
    source = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)

    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert "<style" not in source
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)=[\"']", source)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_asks_another_host_for_nothing_and_needs_no_plug_in(template):
    source = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)

    assert not re.search(r"<(embed|object|applet|iframe|frame|portal|base)\b", source)
    asked = re.findall(
        r"<(?!a\b)[a-z]+[^>]*\s(?:src|href|action|srcset|data|poster)=.[^>]*", source
    )
    assert [one for one in asked if re.search(r"=[\"'](https?:)?//", one)] == []


def test_whole_page_has_no_inline_script_style_or_mark_of_government(page):
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=", page)
    assert not re.search(r"crown|crest|GDS Transport|GOV\.UK", page)


def test_an_unknown_name_is_an_error_and_never_a_blank(house):
    with pytest.raises(jinja2.UndefinedError):
        house.from_string("{{ mothers_name }}").render()


def test_the_given_loader_is_asked_before_the_kit():
    preview.environment()
    from goldenthread.web.kit.environment import environment

    given = environment(
        loader=jinja2.DictLoader({"a.jinja": "{% extends 'kit/layout.jinja' %}"}),
        undefined=jinja2.Undefined,
    )

    assert "Goldenthread" in given.get_template("a.jinja").render()
    assert given.undefined is jinja2.StrictUndefined


def test_the_bare_layout_renders_with_nothing_given(house):
    html = house.from_string(
        '{% extends "kit/layout.jinja" %}{% block title %}History{% endblock %}'
    ).render()

    assert "<title>History – Goldenthread</title>" in html
    assert "Sign out" not in html
    assert "Demonstration" not in html
    assert "Family record" not in html


def test_the_title_says_when_the_page_has_errors(house):
    html = house.from_string('{% extends "kit/layout.jinja" %}').render(
        errors=["no date"], page_title="Add what I know"
    )

    assert "<title>Error: Add what I know – Goldenthread</title>" in html


def test_sign_out_is_a_posted_form_with_its_token(house):
    html = house.from_string('{% extends "kit/layout.jinja" %}').render(
        person={"name": "Ama", "agency": "Police"}, sign_out_url="/out", csrf_input="TOKEN"
    )

    assert re.search(
        r'<form[^>]*method="post" action="/out">\s*TOKEN\s*<button type="submit"', html
    )


@pytest.mark.parametrize(
    "source",
    [
        '{{ kit.identity_bar(x, [{"name": x}], x) }}',
        "{{ kit.warning_notes([x]) }}",
        "{{ kit.mark('saw', label=x) }}",
        "{{ kit.provenance_line(x, x, x, [{'agency': x, 'when': x}], [x]) }}",
        "{{ kit.badge(x) }}",
        "{{ kit.masked_entry(x, x, x) }}",
        "{{ kit.summary_card(x, [{'key': x, 'value': x}]) }}",
        "{{ kit.empty_state(x, x) }}",
        "{{ kit.filter_sentence([x, {'chip': x}]) }}",
        "{{ kit.progress(x, 1, 2, x) }}",
        "{{ kit.error_summary([{'text': x, 'href': '#a'}]) }}",
        "{{ kit.date_question('a', x, error=x) }}",
        "{{ kit.people_chips('a', x, [{'value': '1', 'text': x}], error=x) }}",
        "{{ kit.timeline_item(x, x, by=x) }}",
        "{{ kit.saved_at(x) }}",
    ],
)
def test_component_escapes_what_a_person_typed(render, source):
    html = render(source, x="<img src=a>'\"")

    assert "&lt;img" in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("shape", "drawn"),
    [("saw", "<circle"), ("told", "M12 4.2"), ("record", "M6 6H18"), ("inferred", "M12 4.5")],
)
def test_mark_shape_says_how_it_is_known(render, shape, drawn):
    assert f'class="gt-mark__shape"{drawn[7:] if drawn == "<circle" else ""}' in render(
        f"{{{{ kit.mark('{shape}') }}}}"
    )
    assert drawn in render(f"{{{{ kit.mark('{shape}') }}}}")


def test_mark_weight_ring_and_strike_are_drawn_and_not_only_coloured(render):
    plain = render("{{ kit.mark('saw') }}")

    assert (
        "gt-mark__leaf" in render("{{ kit.mark('saw', 'strength') }}")
        and "gt-mark__leaf" not in plain
    )
    assert (
        "gt-mark__ring" in render("{{ kit.mark('saw', ring=true) }}")
        and "gt-mark__ring" not in plain
    )
    assert (
        "gt-mark__strike" in render("{{ kit.mark('saw', struck=true) }}")
        and "gt-mark__strike" not in plain
    )


def test_mark_with_a_sentence_is_named_and_without_one_is_hidden(render):
    assert 'role="img" aria-label="12 March: seen"' in render(
        "{{ kit.mark('saw', label='12 March: seen') }}"
    )
    assert 'aria-hidden="true"' in render("{{ kit.mark('saw') }}")


def test_provenance_says_who_was_told_when_and_who_was_not(render):
    html = re.sub(
        r"<[^>]+>",
        "",
        render(
            "{{ kit.provenance_line('Seen by police', 'police', '3 March', [{'agency': 'GP', 'when': '4 March'}, {'agency': 'school', 'when': '5 March'}], ['nursery']) }}"
        ),
    )

    assert (
        html.strip()
        == "Seen by police. Known to police since 3 March. Told to GP on 4 March and school on 5 March. Not told: nursery."
    )


def test_masked_entry_says_whom_to_ask(render):
    html = re.sub(
        r"<[^>]+>",
        "",
        render("{{ kit.masked_entry('March 2026', 'Joan Pritchard', '01632 960 114') }}"),
    ).strip()

    assert html == (
        "An entry dated March 2026 is held by another agency and has not been shared with yours. "
        "Ask Joan Pritchard, 01632 960 114."
    )


def test_date_question_keeps_what_was_typed_and_names_its_fields(render):
    html = render(
        "{{ kit.date_question('happened', 'When?', {'day': '3', 'precision': 'between', 'end_year': '2025'}, error='Enter the year') }}"
    )

    for field in ("day", "month", "year", "end-day", "end-month", "end-year", "precision"):
        assert f'name="happened-{field}"' in html
    assert 'value="3"' in html and 'value="2025"' in html
    assert re.search(r'value="between" checked', html)
    assert re.findall(r'name="happened-precision" type="radio" value="(\w+)"', html) == [
        "exact",
        "about",
        "before",
        "after",
        "between",
        "ongoing",
        "unknown",
    ]
    assert "Enter the year" in html


def test_date_question_offers_only_the_precisions_asked_for(render):
    html = render("{{ kit.date_question('told', 'When?', precisions=['exact', 'unknown']) }}")

    assert re.findall(r'type="radio" value="(\w+)"', html) == ["exact", "unknown"]


def test_progress_is_a_real_element_with_words_that_are_announced(render):
    html = render("{{ kit.progress('Merging', 2, 5, 'comparing dates') }}")

    assert 'max="5" value="2"' in html and re.search(
        r'role="status">2 of 5: comparing dates<', html
    )


def test_sub_navigation_says_which_page_is_current(render):
    html = render(
        "{{ kit.sub_navigation([{'text': 'Plan', 'href': '/p', 'current': true}, {'text': 'Picture', 'href': '/q'}]) }}"
    )

    assert re.findall(r'href="(/\w)" aria-current="page"', html) == ["/p"]


def test_error_summary_is_absent_when_there_is_nothing_wrong(render):
    assert render("{{ kit.error_summary([]) }}") == ""
    assert 'href="#year"' in render(
        "{{ kit.error_summary([{'text': 'Enter a year', 'href': '#year'}]) }}"
    )
