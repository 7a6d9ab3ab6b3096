"""Addresses of courses."""

from django.urls import path

from training.courses import views

app_name = "courses"

urlpatterns = [
    path("training/new/", views.create, name="course-create"),
    path("training/<int:course_id>/edit/", views.edit, name="course-edit"),
    path("training/<int:course_id>/publish/", views.publish, name="course-publish"),
    path("training/<int:course_id>/withdraw/", views.withdraw, name="course-withdraw"),
]
