"""Addresses of transfers; the one under /accounts/ runs outside of any scope."""

from django.urls import path

from volunteers.transfers import views

app_name = "transfers"

urlpatterns = [
    path("transfers/", views.list_transfers, name="transfer-list"),
    path("transfers/places/", views.look_up_places, name="place-lookup"),
    path("transfers/of/<slug:number>/", views.ask, name="transfer-create"),
    path("transfers/<int:transfer_id>/answer/", views.answer, name="transfer-answer"),
    path("transfers/<int:transfer_id>/guardian/", views.send_link, name="guardian-link"),
    path("transfers/own/guardian/", views.send_own_link, name="own-guardian-link"),
    path("accounts/transfer-consent/<str:token>/", views.answer_guardian, name="guardian-answer"),
    path("transfers/own/", views.show_own, name="own-transfers"),
    path("transfers/own/places/", views.look_up_own_places, name="own-place-lookup"),
    path("transfers/own/<int:transfer_id>/take-back/", views.take_back_own, name="own-take-back"),
    path("transfers/own/<int:transfer_id>/agree/", views.agree_own, name="own-agree"),
]
