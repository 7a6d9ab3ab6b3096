"""Addresses of transfers."""

from django.urls import path

from volunteers.transfers import views

app_name = "transfers"

urlpatterns = [
    path("", views.list_transfers, name="transfer-list"),
    path("places/", views.look_up_places, name="place-lookup"),
    path("of/<slug:number>/", views.ask, name="transfer-create"),
    path("<int:transfer_id>/answer/", views.answer, name="transfer-answer"),
    path("own/", views.show_own, name="own-transfers"),
    path("own/places/", views.look_up_own_places, name="own-place-lookup"),
    path("own/<int:transfer_id>/take-back/", views.take_back_own, name="own-take-back"),
]
