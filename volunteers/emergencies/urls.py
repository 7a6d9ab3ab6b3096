"""Addresses of emergency contacts."""

from django.urls import path

from volunteers.emergencies import views

app_name = "emergencies"

urlpatterns = [
    path("own/emergency/", views.edit, name="own-contact"),
    path("own/emergency/drop/", views.drop, name="own-contact-drop"),
    path("activities/sign-ups/<int:signup_id>/emergency/", views.show, name="contact-show"),
]
