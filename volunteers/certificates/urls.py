"""Addresses of certificates."""

from django.urls import path

from volunteers.certificates import views

app_name = "certificates"

urlpatterns = [
    path("own/certificates/", views.list_own, name="own-list"),
    path("own/certificates/new/", views.create_own, name="own-create"),
    path("own/certificates/<int:certificate_id>/", views.show_own, name="own-detail"),
    path("own/certificates/<int:certificate_id>/pdf/", views.print_own, name="own-pdf"),
    path("own/certificates/<int:certificate_id>/seal/", views.ask_for_seal, name="own-seal"),
    path(
        "own/certificates/<int:certificate_id>/withdraw/", views.withdraw_own, name="own-withdraw"
    ),
    path("certificates/", views.list_certificates, name="certificate-list"),
    path("certificates/issue/", views.create_batch, name="batch-create"),
    path("certificates/batches/<uuid:batch>/", views.show_batch, name="batch-detail"),
    path("certificates/batches/<uuid:batch>/pdf/", views.print_batch, name="batch-pdf"),
    path("certificates/<int:certificate_id>/pdf/", views.print_one, name="certificate-pdf"),
    path(
        "certificates/<int:certificate_id>/seal/",
        views.answer_seal_request,
        name="certificate-seal",
    ),
    path(
        "certificates/<int:certificate_id>/withdraw/", views.withdraw, name="certificate-withdraw"
    ),
    path("verify/", views.ask_code, name="verify-ask"),
    # Without a slash, as papers and programs know it.
    path("verify/key", views.publish_keys, name="verify-key"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
