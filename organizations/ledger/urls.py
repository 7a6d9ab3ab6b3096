"""Addresses of the ledger."""

from django.urls import path

from organizations.ledger import views

app_name = "ledger"

urlpatterns = [
    path("", views.list_organizations, name="organization-list"),
    path("new/", views.register, name="organization-create"),
    path("<int:organization_id>/", views.show_organization, name="organization-detail"),
    path("<int:organization_id>/edit/", views.amend, name="organization-edit"),
    path("<int:organization_id>/standard/", views.standardise, name="organization-standardise"),
    path("<int:organization_id>/no-standard/", views.end_standard, name="organization-unstandard"),
    path("<int:organization_id>/close/", views.close, name="organization-close"),
]
