"""Addresses of contacts; what lies under /accounts/ runs outside of any scope."""

from django.urls import path

from organizations.contacts import views

app_name = "contacts"

urlpatterns = [
    path("accounts/whom-to-ask/", views.find_contact, name="contact-find"),
    path("committees/<slug:code>/contact/", views.edit_contact, name="contact-edit"),
]
