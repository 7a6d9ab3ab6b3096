"""Addresses without login; below /calls/ everybody is a visitor, whoever is signed in."""

from django.urls import path

from volunteers.calls import views

app_name = "calls"

urlpatterns = [
    path("", views.list_calls, name="call-list"),
    path("month/", views.show_month, name="call-month"),
    path("projects/<int:project_id>/", views.show_project, name="project-detail"),
    path("stations/", views.list_stations, name="station-list"),
    path("stations/<int:station_id>/", views.show_station, name="station-detail"),
    path("<int:activity_id>/", views.show_call, name="call-detail"),
    path("<int:activity_id>/share.png", views.share_picture, name="call-share"),
]
