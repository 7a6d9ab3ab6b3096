"""Addresses of a merchant's counter."""

from django.urls import path

from incentives.counter import views

app_name = "counter"

urlpatterns = [
    path("counter/", views.home, name="home"),
    path("counter/redeem/", views.redeem, name="redemption-create"),
    path("counter/redemptions/", views.list_redemptions, name="redemption-list"),
    path(
        "counter/redemptions/<int:redemption_id>/reverse/",
        views.reverse_redemption,
        name="redemption-reverse",
    ),
]
