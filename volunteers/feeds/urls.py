"""Addresses of calendars; the secret ones under /accounts/ run outside of any scope."""

from django.urls import path

from volunteers.feeds import views

app_name = "feeds"

urlpatterns = [
    path("accounts/calendar/<str:token>.ics", views.show_own, name="own-calendar"),
    path("calls/in/<slug:code>.ics", views.show_committee, name="committee-calendar"),
    path("calls/projects/<int:project_id>.ics", views.show_project, name="project-calendar"),
    path(
        "calls/organizations/<int:organization_id>.ics",
        views.show_organization,
        name="organization-calendar",
    ),
    path("own/calendar/", views.manage, name="own-feed"),
]
