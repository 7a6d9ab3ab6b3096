"""Addresses of sign-ups."""

from django.urls import path

from volunteers.signups import views

app_name = "signups"

urlpatterns = [
    path(
        "activities/<int:activity_id>/shifts/<int:shift_id>/", views.show_shift, name="shift-detail"
    ),
    path("activities/<int:activity_id>/shifts/<int:shift_id>/add/", views.add, name="signup-add"),
    path(
        "activities/sign-ups/<int:signup_id>/substitute/",
        views.replace,
        name="signup-substitute",
    ),
    path("activities/sign-ups/<int:signup_id>/remove/", views.remove, name="signup-remove"),
    path("activities/sign-ups/<int:signup_id>/phone/", views.phone, name="signup-phone"),
    path("own/calls/", views.list_calls, name="call-list"),
    path("own/calls/<int:activity_id>/", views.show_call, name="call-detail"),
    path("own/calls/<int:activity_id>/shifts/<int:shift_id>/", views.ask, name="signup-create"),
    path(
        "own/calls/<int:activity_id>/shifts/<int:shift_id>/family/",
        views.ask_together,
        name="family-signup-create",
    ),
    path("own/sign-ups/<int:signup_id>/withdraw/", views.withdraw_own, name="signup-withdraw"),
    path("own/sign-ups/<int:signup_id>/answer/", views.answer, name="signup-answer"),
]
