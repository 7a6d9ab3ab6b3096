"""Addresses of the alliance, for the office."""

from django.urls import path

from incentives.alliance import views

app_name = "alliance"

urlpatterns = [
    path("merchants/", views.list_merchants, name="merchant-list"),
    path("merchants/new/", views.create_merchant, name="merchant-create"),
    path("merchants/<int:merchant_id>/", views.show_merchant, name="merchant-detail"),
    path("merchants/<int:merchant_id>/edit/", views.edit_merchant, name="merchant-edit"),
    path("merchants/<int:merchant_id>/suspend/", views.suspend, name="merchant-suspend"),
    path("merchants/<int:merchant_id>/resume/", views.resume, name="merchant-resume"),
    path("merchants/<int:merchant_id>/branches/new/", views.create_branch, name="branch-create"),
    path("merchants/branches/<int:branch_id>/close/", views.close_branch, name="branch-close"),
    path("merchants/<int:merchant_id>/cashiers/", views.invite, name="cashier-invite"),
    path("merchants/cashiers/<int:cashier_id>/end/", views.end_cashier, name="cashier-end"),
    path("merchants/<int:merchant_id>/tills/", views.issue_till, name="till-issue"),
    path("merchants/tills/<int:till_id>/revoke/", views.revoke_till, name="till-revoke"),
    path(
        "merchants/redemptions/<int:redemption_id>/reverse/",
        views.reverse_redemption,
        name="redemption-reverse",
    ),
    path("merchants/<int:merchant_id>/offers/new/", views.create_offer, name="offer-create"),
    path("offers/", views.list_offers, name="offer-list"),
    path("offers/<int:offer_id>/", views.show_offer, name="offer-detail"),
    path("offers/<int:offer_id>/edit/", views.edit_offer, name="offer-edit"),
    path("offers/<int:offer_id>/submit/", views.submit_offer, name="offer-submit"),
    path("offers/<int:offer_id>/publish/", views.publish_offer, name="offer-publish"),
    path("offers/<int:offer_id>/return/", views.return_offer, name="offer-return"),
    path("offers/<int:offer_id>/withdraw/", views.withdraw_offer, name="offer-withdraw"),
]
