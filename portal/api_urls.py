"""The API's addresses, version 1."""

from django.urls import path

from volunteers.totals.api import HoursSummaryView

app_name = "api"

urlpatterns = [
    path("hours/summary/", HoursSummaryView.as_view(), name="hours-summary"),
]
