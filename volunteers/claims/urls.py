"""Addresses of claims; those under /accounts/ run outside of any scope."""

from django.urls import path

from volunteers.claims import views

app_name = "claims"

urlpatterns = [
    path("accounts/claim/", views.ask, name="ask"),
    path("accounts/claim/code/", views.prove, name="code"),
    path("accounts/claim/entry/", views.settle, name="settle"),
    path("claims/", views.list_claims, name="claim-list"),
]
