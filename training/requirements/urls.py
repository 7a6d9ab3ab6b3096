"""The address of what an activity asks for."""

from django.urls import path

from training.requirements import views

app_name = "requirements"

urlpatterns = [
    path("activities/<int:activity_id>/training/", views.set_courses, name="activity-requirements"),
]
