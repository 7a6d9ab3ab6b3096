"""Addresses of the rules."""

from django.urls import path

from organizations.rules import views

app_name = "rules"

urlpatterns = [
    path("", views.show_rules, name="rule-list"),
]
