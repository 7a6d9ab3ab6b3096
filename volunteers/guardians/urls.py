"""Addresses of guardians; those under /accounts/ run outside of any scope."""

from django.urls import path

from volunteers.guardians import views

app_name = "guardians"

urlpatterns = [
    path("accounts/guardian/<str:token>/", views.consent, name="consent"),
    path("accounts/family/", views.show_family, name="family"),
    path("accounts/family/add/", views.add_child, name="child-add"),
    path("accounts/family/open/", views.open_account, name="family-open"),
    path("accounts/family/<int:tie_id>/end/", views.end, name="tie-end"),
    path("guardians/own/link/", views.send_own_link, name="own-link-create"),
    path("guardians/<slug:number>/link/", views.send_link, name="link-create"),
]
