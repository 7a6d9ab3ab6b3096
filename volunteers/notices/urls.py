"""Addresses of notices."""

from django.urls import path

from volunteers.notices import views

app_name = "notices"

urlpatterns = [
    path("activities/<int:activity_id>/notices/", views.list_notices, name="notice-list"),
    path("activities/<int:activity_id>/notices/new/", views.send, name="notice-send"),
    path("own/notices/", views.list_own, name="own-notices"),
    path("own/notices/<int:notice_id>/", views.show_own, name="own-notice"),
]
