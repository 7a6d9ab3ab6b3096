"""Addresses of the spot checks."""

from django.urls import path

from volunteers.spotchecks import views

app_name = "spotchecks"

urlpatterns = [
    path("", views.list_checks, name="check-list"),
    path("new/", views.draw, name="check-draw"),
    path("<int:check_id>/", views.show_check, name="check-detail"),
    path("<int:check_id>/publish/", views.publish, name="check-publish"),
    path("<int:check_id>/records/<int:item_id>/", views.judge, name="record-judge"),
]
