"""Each rule on templates finds its bad example and lets the good one pass."""

import pytest

from tests.architecture.template_rules import inline_code, lost_tokens, untranslated_text


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hours</p>",
        "<p>时长</p>",
        '<p>{% translate "Hours" %} of the year</p>',
        '<input placeholder="Name">',
        '<button aria-label="关闭"></button>',
        '<input type="submit" value="Send">',
        '<button hx-confirm="Really?"></button>',
        '<input type="submit" value="Save">',
        '<div data-empty-text="Nothing yet"></div>',
        '<div x-data="page" data-words="没有"></div>',
        '{% include "components/empty.html" with title="Nothing yet" %}',
        '{{ value|default:"无" }}',
        "<code>x</code> Hours",
        '<html lang="en"><p>Hours</p></html>',
        '<span translate="no"><b>English</b></span> Hours',
        "{% comment %}why{% endcomment %} Hours",
        "{% block title %}Hours{% endblock title %}",
        "{# such a comment must not\ngo over lines #}",
    ],
)
def test_untranslated_text_is_found(text: str) -> None:
    assert list(untranslated_text("page.html", text))


@pytest.mark.parametrize(
    "text",
    [
        '<p>{% translate "Hours" %}: {{ hours }} · 1/2</p>',
        "<p>{% blocktranslate %}{{ n }} hours{% endblocktranslate %}</p>",
        '<input placeholder="{% translate \'Name\' %}" value="code" class="form-control">',
        '{% include "components/empty.html" with title=_("Nothing yet") icon="clock" %}',
        "{# 说明 #}{% comment %}时长{% endcomment %}",
        '<span translate="no">English <b>and</b> <br> 中文</span>',
        '<button lang="zh-hans">中文</button>',
        "{% block body_class %}with-bar{% endblock body_class %}",
        "<!doctype html><!-- a remark --><p>&nbsp;→</p>",
        '<a {% if on %}class="active"{% endif %} href="{{ url }}">{{ name }}</a>',
    ],
)
def test_translated_text_passes(text: str) -> None:
    assert not list(untranslated_text("page.html", text))


def test_untranslated_text_tells_its_line() -> None:
    text = "{% comment %}\nwhy\n{% endcomment %}\n<p>\n  <b>Hours</b></p>"
    [finding] = untranslated_text("page.html", text)
    assert finding.line == 5


@pytest.mark.parametrize(
    "text",
    [
        "<style>p { color: red }</style>",
        '<script>alert("x")</script>',
        '<script type="module">run()</script>',
        '<p style="color: red"></p>',
        '<button onclick="run()"></button>',
        '<a href="javascript:run()"></a>',
        '<div hx-on:click="run()"></div>',
        '<div hx-on::after-request="run()"></div>',
        '<div hx-vals="js:{a: 1}"></div>',
        '<div hx-trigger="click[ctrlKey]"></div>',
    ],
)
def test_inline_code_is_found(text: str) -> None:
    assert list(inline_code("page.html", text))


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'app.js' %}\" defer></script>",
        '<script type="application/json">{"a": 1}</script>',
        '<button x-on:click="open" @keyup="close" :style="position"></button>',
        '<div hx-trigger="click, keyup delay:300ms" hx-vals=\'{"a": 1}\'></div>',
    ],
)
def test_code_in_files_passes(text: str) -> None:
    assert not list(inline_code("page.html", text))


def test_form_that_loses_its_token_is_found() -> None:
    lost = '{% include "components/reason_dialog.html" with id="void" only %}'
    kept = '{% include "components/reason_dialog.html" with csrf_token=csrf_token only %}'
    assert list(lost_tokens("page.html", lost))
    assert not list(lost_tokens("page.html", kept))
    assert not list(lost_tokens("page.html", '{% include "components/reason_dialog.html" %}'))
