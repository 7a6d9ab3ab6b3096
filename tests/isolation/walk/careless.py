"""Views as they must not be, for the tests that the walk would notice; a URLconf of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path

from organizations.accounts.guards import acts
from volunteers.registry.models import Volunteer


def forgotten(_request: HttpRequest) -> HttpResponse:
    """Says nowhere who it is for."""
    return HttpResponse("anybody")


@acts("volunteers.view")
def everybody(_request: HttpRequest) -> HttpResponse:
    """Lists without any filter, so that only the policies hold."""
    return HttpResponse(" ".join(person.name for person in Volunteer.objects.all()))


@acts("volunteers.view")
def anybody(_request: HttpRequest, pk: int) -> HttpResponse:
    """Shows whoever is asked for, so that only the policies hold."""
    get_object_or_404(Volunteer, pk=pk)
    return HttpResponse("found")


urlpatterns = [
    path("careless/forgotten/", forgotten, name="forgotten"),
    path("careless/everybody/", everybody, name="everybody"),
    path("careless/<int:pk>/", anybody, name="anybody"),
    path("", include("portal.urls")),
]
