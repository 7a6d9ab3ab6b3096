"""Addresses of evidence."""

from django.urls import path

from volunteers.evidence import views

app_name = "evidence"

urlpatterns = [
    path("of/<slug:kind>/<slug:key>/", views.show_pane, name="pane"),
    path("<uuid:file_id>/<int:page>/", views.show_picture, name="picture"),
    path("<uuid:file_id>/<int:page>/small/", views.show_thumbnail, name="thumbnail"),
    path("<uuid:file_id>/remove/", views.remove, name="remove"),
    path("<uuid:file_id>/restore/", views.restore, name="restore"),
]
