"""Addresses of changes of many volunteers."""

from django.urls import path

from volunteers.bulk import views

app_name = "bulk"

urlpatterns = [
    path("", views.list_bulk, name="bulk-list"),
    path("new/", views.create_bulk, name="bulk-create"),
    path("<int:change_id>/", views.show_bulk, name="bulk-detail"),
    path("<int:change_id>/undo/", views.undo, name="bulk-undo"),
]
