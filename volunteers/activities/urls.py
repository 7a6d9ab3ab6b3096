"""Addresses of activities."""

from django.urls import path

from volunteers.activities import views

app_name = "activities"

urlpatterns = [
    path("", views.list_activities, name="activity-list"),
    path("month/", views.show_month, name="activity-month"),
    path("new/", views.create, name="activity-create"),
    path("<int:activity_id>/", views.show_activity, name="activity-detail"),
    path("<int:activity_id>/edit/", views.edit, name="activity-edit"),
    path("<int:activity_id>/copy/", views.copy, name="activity-copy"),
    path("<int:activity_id>/shifts/", views.add, name="shift-add"),
    path("<int:activity_id>/shifts/<int:shift_id>/remove/", views.remove, name="shift-remove"),
    path("<int:activity_id>/submit/", views.submit, name="activity-submit"),
    path("<int:activity_id>/approve/", views.approve, name="activity-approve"),
    path("<int:activity_id>/return/", views.send_back, name="activity-return"),
    path("<int:activity_id>/cancel/", views.cancel, name="activity-cancel"),
]
