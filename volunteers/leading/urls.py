"""Addresses of leaders."""

from django.urls import path

from volunteers.leading import views

app_name = "leading"

urlpatterns = [
    path("led/", views.show_home, name="home"),
    path("led/members/", views.list_members, name="member-list"),
    path("led/shifts/<int:shift_id>/", views.show_shift, name="shift-detail"),
    path("led/shifts/<int:shift_id>/sign-up/", views.sign_up, name="signup-create"),
]
