"""Rows formatted in one go: addresses, labels, cells."""

import pytest
from django.db.models import TextChoices
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.web.cells import figure_rows, format_rows, select_cell, state_mark
from core.web.labels import label_of
from core.web.row_addresses import address_of


class Answer(TextChoices):
    """Something whose label is translated."""

    CANCEL = "cancel", _("Cancel")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("hours:record-detail", 7),
        ("registry:volunteer-detail", "440000000001"),
        ("dashboard:committee-overview", "441802"),
    ],
)
def test_address_is_the_one_that_reverse_finds(name: str, key: int | str) -> None:
    assert address_of(name, key) == reverse(name, args=[key])


def test_address_follows_the_prefix_and_quotes() -> None:
    assert address_of("dashboard:committee-overview", "a?b/c") == "/dashboard/a%3Fb/c/"
    set_script_prefix("/portal/")
    try:
        assert address_of("hours:record-detail", 7) == "/portal/hours/records/7/"
    finally:
        set_script_prefix("/")


def test_unknown_name_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        address_of("hours:nothing", 7)


def test_label_is_in_the_readers_language() -> None:
    with override("en"):
        assert label_of(Answer, "cancel") == "Cancel"
    with override("zh-hans"):
        assert label_of(Answer, "cancel") == str(Answer.CANCEL.label) != "Cancel"


def test_value_that_is_no_choice_stands_for_itself() -> None:
    assert label_of(Answer, "old") == "old"


def test_cells_escape_what_people_typed() -> None:
    assert state_mark("good", "<b>") == '<span class="state state-good">&lt;b&gt;</span>'
    with override("en"):
        assert 'aria-label="Select &lt;i&gt;"' in select_cell(1, "<i>")
        assert " disabled title=&" not in select_cell(1, "x", '"')
        assert ' disabled title="&quot;"' in select_cell(1, "x", '"')
    rows = figure_rows([{"name": "<a>", "url": '/"', "cells": [None, "1"]}])
    assert '<a href="/&quot;">&lt;a&gt;</a>' in rows
    assert '<td class="num">–</td><td class="num">1</td>' in rows


def test_rows_escape_all_cells_but_safe_ones() -> None:
    rows = format_rows("<td>{} {}</td>", [("<i>", SafeString("<b>1</b>")), (2, Answer.CANCEL)])
    assert rows == "<td>&lt;i&gt; <b>1</b></td><td>2 cancel</td>"
    assert isinstance(rows, SafeString)


def test_marks_of_safe_and_of_typed_words_are_told_apart() -> None:
    assert "<b>" in state_mark("good", SafeString("<b>word"))
    assert "<b>" not in state_mark("good", "<b>word")
