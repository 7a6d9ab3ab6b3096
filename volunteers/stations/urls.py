"""Addresses of stations."""

from django.urls import path

from volunteers.stations import views

app_name = "stations"

urlpatterns = [
    path("stations/", views.list_stations, name="station-list"),
    path("stations/new/", views.create, name="station-create"),
    path("stations/<int:station_id>/", views.show_station, name="station-detail"),
    path("stations/<int:station_id>/edit/", views.edit, name="station-edit"),
    path("stations/<int:station_id>/close/", views.close, name="station-close"),
    path("stations/<int:station_id>/reopen/", views.reopen, name="station-reopen"),
]
