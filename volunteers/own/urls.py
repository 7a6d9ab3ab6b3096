"""Addresses of the volunteer's own pages."""

from django.urls import path

from volunteers.own import views

app_name = "own"

urlpatterns = [
    path("", views.show_home, name="home"),
    path("abilities/", views.edit_abilities, name="abilities-edit"),
    path("profile/", views.show_profile, name="profile"),
    path("records/<int:record_id>/", views.show_record, name="record-detail"),
    path("records/<int:record_id>/ask/", views.ask_about_record, name="correction-create"),
]
