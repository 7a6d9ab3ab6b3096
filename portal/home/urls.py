"""Addresses of the first pages."""

from django.urls import path

from portal.home import views

app_name = "home"

urlpatterns = [
    path("", views.start, name="start"),
    path("home/", views.home, name="home"),
]
