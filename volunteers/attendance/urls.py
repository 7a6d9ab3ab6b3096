"""Addresses of attendance."""

from django.urls import path

from volunteers.attendance import views

app_name = "attendance"

urlpatterns = [
    path("<int:activity_id>/shifts/<int:shift_id>/roll/", views.show_roll, name="roll-detail"),
    path("<int:activity_id>/shifts/<int:shift_id>/roll/all/", views.mark_all, name="roll-mark-all"),
    path("sign-ups/<int:signup_id>/mark/", views.mark, name="attendance-mark"),
    path("<int:activity_id>/settle/", views.settle, name="activity-settle"),
]
