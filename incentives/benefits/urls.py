"""Addresses of a volunteer's benefits."""

from django.urls import path

from incentives.benefits import views

app_name = "benefits"

urlpatterns = [
    path("own/benefits/", views.list_benefits, name="own-benefits"),
    path("own/benefits/code/", views.show_code, name="own-code"),
    path("own/benefits/code/next/", views.show_next_code, name="own-code-next"),
    path("own/benefits/used/", views.list_used, name="own-used"),
]
