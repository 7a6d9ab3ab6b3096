"""What machines ask."""

from __future__ import annotations

from django.test import Client, override_settings


def test_alive_without_database(client: Client) -> None:
    assert client.get("/healthz").status_code == 200


def test_ready_names_what_does_not_answer(client: Client, db: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503  # no worker serves the tests' broker
    assert response.json() == {"database": True, "broker": True, "worker": False}


def test_metrics_do_not_exist_without_a_token(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@override_settings(METRICS_TOKEN="for-prometheus")
def test_metrics_answer_who_sends_the_token(client: Client) -> None:
    right = client.get("/metrics", headers={"Authorization": "Bearer for-prometheus"})
    wrong = client.get("/metrics", headers={"Authorization": "Bearer for-prometheuz"})
    assert (right.status_code, wrong.status_code) == (200, 404)
    assert b"django_http_requests" in right.content
