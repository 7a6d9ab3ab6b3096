"""Addresses of the dashboards."""

from django.urls import path

from portal.dashboard import views

app_name = "dashboard"

urlpatterns = [
    path("", views.own_overview, name="own-overview"),
    path("<slug:code>/", views.committee_overview, name="committee-overview"),
]
