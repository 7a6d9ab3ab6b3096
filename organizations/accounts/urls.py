"""Addresses of members, invitations and the switch of membership."""

from django.urls import path

from organizations.accounts import views

app_name = "accounts"

# Under /accounts/ runs no scope: people switch, sign in and join there.
identity_patterns = [
    path("accounts/membership/", views.switch_membership, name="membership-switch"),
    path("accounts/invitation/<str:token>/", views.join, name="invitation-accept"),
    path("accounts/new-password/<str:token>/", views.choose_password, name="password-choose"),
]

urlpatterns = [
    *identity_patterns,
    path("members/", views.list_members, name="member-list"),
    path("members/grant/", views.grant, name="member-grant"),
    path("members/invite/", views.invite, name="invitation-create"),
    path("members/<int:membership_id>/", views.show_member, name="member-detail"),
    path("members/<int:membership_id>/revoke/", views.revoke, name="member-revoke"),
    path("members/<int:membership_id>/password/", views.offer_password, name="password-offer"),
    path("members/<int:membership_id>/deactivate/", views.deactivate, name="account-deactivate"),
    path("members/<int:membership_id>/reactivate/", views.reactivate, name="account-reactivate"),
    path(
        "members/invitations/<int:invitation_id>/withdraw/",
        views.withdraw,
        name="invitation-withdraw",
    ),
]
