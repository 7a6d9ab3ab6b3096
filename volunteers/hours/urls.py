"""Addresses of the desk's pages."""

from django.urls import path

from volunteers.hours import views

app_name = "hours"

urlpatterns = [
    path("", views.list_sheets, name="sheet-list"),
    path("sheets/<int:sheet_id>/", views.show_sheet, name="sheet-detail"),
    path("sheets/<int:sheet_id>/confirm/", views.confirm_sheet, name="sheet-confirm"),
    path("sheets/<int:sheet_id>/submit/", views.submit_sheet, name="sheet-submit"),
    path("sheets/<int:sheet_id>/return/", views.send_back, name="sheet-return"),
    path("sheets/<int:sheet_id>/take-back/", views.take_back, name="return-undo"),
    path("records/", views.list_records, name="record-list"),
    path("records/new/", views.create_record, name="record-create"),
    path("records/confirm/", views.confirm_selected, name="records-confirm"),
    path("records/submit/", views.submit_selected, name="records-submit"),
    path("records/void/", views.void_selected, name="record-void"),
    path("records/<int:record_id>/", views.show_record, name="record-detail"),
    path("records/<int:record_id>/edit/", views.edit_record, name="record-edit"),
    path("records/<int:record_id>/correct/", views.correct_record, name="record-correct"),
    path(
        "confirmations/<int:moment>/<int:first>-<int:last>/withdraw/",
        views.withdraw_last_confirmation,
        name="confirmation-withdraw",
    ),
    path("corrections/", views.list_corrections, name="correction-list"),
    path(
        "corrections/<int:correction_id>/decline/",
        views.decline_request,
        name="correction-decline",
    ),
]
