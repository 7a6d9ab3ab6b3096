"""Looking at a full identifier, through the pages."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from organizations.accounts.actors import actor_of_membership
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.registry.desk import (
    CHILD,
    NUMBER,
    at,
    text,
)
from volunteers.registry.models import IdentityReveal, RevealApproval, Volunteer


def test_look_shows_the_number_on_that_answer_only(desk: Client, known: Volunteer) -> None:
    response = desk.post(at("volunteer-reveal", known, "number"), {"reason": "办理意外保险"})
    assert NUMBER in text(response)
    assert "no-store" in response.headers["Cache-Control"]
    page = text(desk.get(at("volunteer-detail", known)))
    assert NUMBER not in page
    assert "办理意外保险" in page


def test_look_without_a_reason_shows_nothing(desk: Client, known: Volunteer) -> None:
    response = desk.post(at("volunteer-reveal", known, "number"), {"reason": " "}, follow=True)
    assert NUMBER not in text(response)
    with as_owner():
        assert not IdentityReveal.objects.exists()


def test_look_at_a_minor_goes_through_a_secretary(
    cast: Cast, browser_client: Client, desk: Client, child: Volunteer
) -> None:
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    officer = log_in(Client(), actor_of_membership(membership))
    number = identity_number(1, born=CHILD)

    refused = officer.post(at("volunteer-reveal", child, "number"), {"reason": "办理保险"})
    assert refused.status_code == 302
    officer.post(at("approval-create", child, "number"), {"reason": "办理保险"})
    with as_owner():
        asked = RevealApproval.objects.get()
    assert at("volunteer-reveal", child, "number") not in text(
        officer.get(at("volunteer-detail", child))
    )

    waiting = text(desk.get(reverse("registry:approval-list")))
    assert child.name in waiting
    assert "审批查看未成年人号码" in text(desk.get(reverse("home:home")))
    answer = reverse("registry:approval-answer", args=[asked.pk])
    assert officer.post(answer, {"answer": "approve"}).status_code == 403
    desk.post(answer, {"answer": "approve"})

    assert at("volunteer-reveal", child, "number") in text(
        officer.get(at("volunteer-detail", child))
    )
    shown = officer.post(at("volunteer-reveal", child, "number"), {"reason": "办理保险"})
    assert number in text(shown)
    again = officer.post(
        at("volunteer-reveal", child, "number"), {"reason": "办理保险"}, follow=True
    )
    assert number not in text(again)


def test_declined_request_is_told(cast: Cast, desk: Client, child: Volunteer) -> None:
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    officer = log_in(Client(), actor_of_membership(membership))
    officer.post(at("approval-create", child, "phone"), {"reason": "办理保险"})
    with as_owner():
        asked = RevealApproval.objects.get()
    desk.post(reverse("registry:approval-answer", args=[asked.pk]), {"answer": "decline"})
    assert "上次申请未获批准" in text(officer.get(at("volunteer-detail", child)))
