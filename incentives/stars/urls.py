"""Addresses of stars."""

from django.urls import path

from incentives.stars import views

app_name = "stars"

urlpatterns = [
    path("stars/", views.list_awards, name="award-list"),
    path("stars/approve/", views.approve, name="award-approve"),
    path("stars/<int:award_id>/decide/", views.decide, name="award-decide"),
]
