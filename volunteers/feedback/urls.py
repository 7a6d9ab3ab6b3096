"""Addresses of feedback."""

from django.urls import path

from volunteers.feedback import views

app_name = "feedback"

urlpatterns = [
    path("activities/<int:activity_id>/feedback/", views.show_heard, name="activity-feedback"),
    path("activities/sign-ups/<int:signup_id>/feedback/", views.rate, name="volunteer-feedback"),
    path("own/sign-ups/<int:signup_id>/feedback/", views.say, name="own-feedback"),
]
