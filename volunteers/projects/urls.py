"""Addresses of projects."""

from django.urls import path

from volunteers.projects import views

app_name = "projects"

urlpatterns = [
    path("projects/", views.list_projects, name="project-list"),
    path("projects/new/", views.create, name="project-create"),
    path("projects/<int:project_id>/", views.show_project, name="project-detail"),
    path("projects/<int:project_id>/edit/", views.edit, name="project-edit"),
    path("projects/<int:project_id>/close/", views.close, name="project-close"),
    path("projects/<int:project_id>/reopen/", views.reopen, name="project-reopen"),
]
