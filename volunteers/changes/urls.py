"""Addresses of changes."""

from django.urls import path

from volunteers.changes import views

app_name = "changes"

urlpatterns = [
    path("activities/<int:activity_id>/amend/", views.amend, name="activity-amend"),
    path(
        "activities/<int:activity_id>/shifts/<int:shift_id>/change/",
        views.change,
        name="shift-change",
    ),
    path(
        "activities/<int:activity_id>/shifts/<int:shift_id>/cancel/",
        views.cancel,
        name="shift-cancel",
    ),
]
