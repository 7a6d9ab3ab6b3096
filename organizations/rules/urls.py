"""Addresses of the rules."""

from django.urls import path

from organizations.rules import views

app_name = "rules"

urlpatterns = [
    path("", views.list_rules, name="rule-list"),
    path("<slug:key>/", views.edit_rule, name="rule-edit"),
]
