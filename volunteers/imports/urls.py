"""Addresses of imports."""

from django.urls import path

from volunteers.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.list_imports, name="run-list"),
    path("new/", views.create_import, name="run-create"),
    path("<int:run_id>/", views.show_import, name="run-detail"),
    path("<int:run_id>/columns/", views.ask_columns, name="run-columns"),
    path("<int:run_id>/take/", views.take, name="run-take"),
    path("<int:run_id>/settle/", views.settle, name="run-settle"),
    path("<int:run_id>/refused/", views.download_refused, name="run-refused"),
]
