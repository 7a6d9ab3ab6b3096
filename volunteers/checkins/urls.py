"""Addresses of the door."""

from django.urls import path

from volunteers.checkins import views

app_name = "checkins"

urlpatterns = [
    path("door/<int:shift_id>/", views.show_door, name="door-detail"),
    path("door/<int:shift_id>/code/", views.show_code, name="door-code"),
    path("door/<int:shift_id>/scan/", views.scan, name="door-scan"),
    path("door/<int:shift_id>/lock/", views.lock, name="door-lock"),
    path("door/<int:shift_id>/unlock/", views.unlock, name="door-unlock"),
    path("door/<int:shift_id>/offline/", views.show_offline, name="offline-detail"),
    path("door/<int:shift_id>/roster/", views.give_roster, name="offline-roster"),
    path("door/<int:shift_id>/manifest/", views.send_manifest, name="offline-manifest"),
    path("door/worker.js", views.send_worker, name="offline-worker"),
    path("door/devices/<int:activity_id>/", views.list_devices, name="device-list"),
    path(
        "door/devices/<int:activity_id>/<int:device_id>/revoke/",
        views.revoke,
        name="device-revoke",
    ),
    path("own/in/<str:code>/", views.come, name="checkin-create"),
    path("own/codes/", views.list_codes, name="code-list"),
    path("own/worker.js", views.send_own_worker, name="own-worker"),
    path("own/manifest/", views.send_own_manifest, name="own-manifest"),
]
