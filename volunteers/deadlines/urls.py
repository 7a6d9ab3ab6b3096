"""Addresses of the statutory time limit."""

from django.urls import path

from volunteers.deadlines import views

app_name = "deadlines"

urlpatterns = [path("", views.show_deadlines, name="deadline-list")]
