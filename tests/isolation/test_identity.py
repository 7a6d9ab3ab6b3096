"""What runs outside of any scope: each address of logging in, for a visitor and for a member."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.cast import log_in
from tests.isolation.places import Place
from tests.isolation.walk.engine import answer_of, everything_said, undone
from tests.isolation.walk.identity import NAMES_OF_IDENTITY, identity_answers
from tests.isolation.walk.things import PRIVATE_MARK, Walked

# Whoever holds a link reads whom it is for.
LINKS = {"accounts:invitation-accept", "accounts:password-choose"}


def answers(walked: Walked, name: str) -> tuple[list[str], str]:
    """The four answers in the table's order, and all that was said to the visitor."""
    names = NAMES_OF_IDENTITY.get(name)
    url = reverse(name, kwargs=names(walked) if names else {})
    found, said = [], ""
    for method in ("get", "post"):
        for signed_in in (False, True):
            client = Client(raise_request_exception=False)
            if signed_in:
                log_in(client, walked.world.cast.county_441802)
            with undone():
                response = getattr(client, method)(url)
            found.append(answer_of(response))
            said += "" if signed_in else everything_said(response)
    return found, said


def test_visitors_and_members_are_answered_as_the_table_says(walked: Walked) -> None:
    found = []
    for name, wanted in identity_answers().items():
        answered, said = answers(walked, name)
        if answered != wanted:
            found.append(f"{name} answers {answered}, not {wanted}")
        told = {place for place in Place if place.mark in said}
        if told - ({Place.MINE} if name in LINKS else set()) or PRIVATE_MARK in said:
            found.append(f"{name} tells a visitor of {told}")
    assert not found, "\n" + "\n".join(found)


def test_link_that_nobody_made_tells_nothing(walked: Walked) -> None:
    for name in LINKS:
        response = Client().get(reverse(name, kwargs={"token": "nonsense"}))
        assert response.status_code == 410
