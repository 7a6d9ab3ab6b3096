"""Addresses of members, invitations and the switch of membership, and what allauth may answer."""

from allauth.account.urls import urlpatterns as account_patterns
from django.urls import URLPattern, include, path

from organizations.accounts import views

app_name = "accounts"

# Under /accounts/ runs no scope: people switch, sign in and join there.
identity_patterns = [
    path("accounts/membership/", views.switch_membership, name="membership-switch"),
    path("accounts/invitation/<str:token>/", views.join, name="invitation-accept"),
    path("accounts/new-password/<str:token>/", views.choose_password, name="password-choose"),
]

# Accounts come by invitation or claim, and a new password from the committee: of the library's
# pages these are used. The others keep their names, which the library asks for, and are closed.
_USED = {
    "account_change_password",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
}
_ASKED_FOR = {"account_reset_password", "account_signup"}


def _decided(pattern: URLPattern) -> URLPattern:
    if pattern.name in _USED:
        return pattern
    view = views.say_whom_to_ask if pattern.name in _ASKED_FOR else views.no_such_page
    return URLPattern(pattern.pattern, view, name=pattern.name)


# Without a namespace: the library knows them by these names.
library_patterns = [
    path("accounts/", include([_decided(pattern) for pattern in account_patterns])),
    path("accounts/2fa/", include("allauth.mfa.urls")),
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
