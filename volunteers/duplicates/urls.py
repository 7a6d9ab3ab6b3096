"""Addresses of what is registered twice."""

from django.urls import path

from volunteers.duplicates import views

app_name = "duplicates"

urlpatterns = [
    path("numbers/", views.list_clashes, name="clash-list"),
    path("numbers/new/", views.ask, name="clash-create"),
    path("numbers/<int:notice_id>/answer/", views.answer, name="clash-answer"),
    path("numbers/<int:request_id>/take-back/", views.take_back, name="clash-take-back"),
    path("own/", views.show_own, name="own-clashes"),
    path("own/<int:notice_id>/answer/", views.answer_own, name="own-clash-answer"),
]
