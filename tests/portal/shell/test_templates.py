"""Frames and components show what they are given."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_page_renders_with_nothing_at_hand(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert re.search(r"<h1>.+</h1>", page)
    assert 'href="/"' in page


def work(**changes: object) -> SimpleNamespace:
    known: dict[str, Any] = {
        "pk": 7,
        "title": "hours.xlsx",
        "state_label": "running",
        "active": True,
        "done": 300,
        "total": 1200,
        "poll_url": "/jobs/7/panel/",
        "cancel_url": "/jobs/7/cancel/",
        "result_url": "/jobs/7/result/",
    }
    return SimpleNamespace(**{**known, **changes})


def test_progress_asks_again_while_the_work_goes_on() -> None:
    page = render_to_string("components/job_progress.html", {"job": work()})
    assert 'hx-get="/jobs/7/panel/"' in page
    assert 'value="300" max="1200"' in page
    assert "/jobs/7/cancel/" in page


def test_progress_stops_asking_and_offers_the_result_at_the_end() -> None:
    done = work(active=False, done=1200)
    part = render_to_string("components/job_progress.html#figures", {"job": done, "polled": True})
    assert "hx-get" not in part
    assert 'hx-swap-oob="true"' in part
    assert "/jobs/7/result/" in part
    assert "/jobs/7/cancel/" not in part


def test_list_page_is_rows_and_the_way_to_more() -> None:
    context = {
        "rows": [SimpleNamespace(name="a")],
        "rows_template": "components/empty.html",
        "next_url": "/list/?after=k",
    }
    part = render_to_string("components/list.html#page", context)
    assert part.count("<tbody") == 2
    assert 'hx-get="/list/?after=k"' in part
    assert "<thead" not in part


def test_list_without_rows_says_what_to_do() -> None:
    empty = {"title": "Nothing yet", "actions": [{"label": "Import", "url": "/import/"}]}
    page = render_to_string("components/list.html", {"rows": [], "empty": empty})
    assert "Nothing yet" in page
    assert 'href="/import/"' in page
    assert "<table" not in page


def test_chart_carries_its_figures_as_data_and_as_a_table() -> None:
    chart = {
        "id": "rates",
        "kind": "map",
        "title": "84 of 122",
        "data": {"series": [{"code": "4418", "name": "</script>"}]},
        "columns": [{"label": "City"}],
        "rows": [{"name": "Qingyuan", "url": "/4418/", "cells": ["84.1"]}],
    }
    page = render_to_string("components/chart.html", {"chart": chart})
    assert 'id="rates-data"' in page
    assert page.count("</script>") == 1
    assert 'href="/4418/"' in page
