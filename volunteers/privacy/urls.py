"""Addresses of own data; those under /accounts/ change the entry, outside of the own scope."""

from django.urls import path, re_path

from volunteers.privacy import views

app_name = "privacy"

_FIELD = "number|phone|guardian_phone"

urlpatterns = [
    path("accounts/consent/", views.change_consent, name="consent"),
    path("accounts/erasure/", views.change_erasure, name="erasure"),
    path("accounts/number/", views.say_number, name="number"),
    path("accounts/phone/", views.change_phone, name="phone"),
    re_path(rf"^own/data/(?P<field>{_FIELD})/$", views.show_value, name="value-show"),
    path("own/data/looks/", views.list_looks, name="look-list"),
    path("own/data/correction/", views.ask_correction, name="correction-create"),
    path("own/data/copy/", views.ask_copy, name="copy-create"),
    re_path(
        r"^own/data/copy/(?P<export_id>[0-9a-f-]{36})\.(?P<form>json|pdf)$",
        views.fetch_copy,
        name="copy-file",
    ),
    path("requests/", views.list_requests, name="request-list"),
    path("requests/<int:request_id>/answer/", views.answer, name="request-answer"),
    path("consent-texts/", views.list_texts, name="text-list"),
    path("consent-texts/publish/", views.publish, name="text-publish"),
]
