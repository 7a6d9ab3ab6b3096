"""Addresses of exports."""

from django.urls import path

from volunteers.exports import views

app_name = "exports"

urlpatterns = [
    path("", views.list_exports, name="export-list"),
    path("new/", views.create_export, name="export-create"),
    path("<int:export_id>/file/", views.download, name="export-file"),
]
