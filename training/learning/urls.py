"""Addresses of a volunteer's learning."""

from django.urls import path

from training.learning import views

app_name = "learning"

urlpatterns = [
    path("own/learning/", views.show_learning, name="own-learning"),
    path("own/learning/<int:session_id>/enrol/", views.enrol_in, name="own-enrol"),
    path("own/learning/<int:enrolment_id>/withdraw/", views.withdraw, name="own-withdraw"),
]
