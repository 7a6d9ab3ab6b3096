"""Addresses of the desk."""

from django.urls import path

from volunteers.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.list_drafts, name="draft-list"),
    path("new/", views.create_draft, name="draft-create"),
    path("sheets/<int:sheet_id>/reopen/", views.reopen, name="sheet-reopen"),
    path("people/", views.find_people_for_row, name="people"),
    path("templates/<uuid:draft_id>/rename/", views.rename, name="template-rename"),
    path("<uuid:draft_id>/", views.show_draft, name="draft-detail"),
    path("<uuid:draft_id>/rows/", views.save_draft_rows, name="draft-rows"),
    path("<uuid:draft_id>/changes/", views.show_changes, name="draft-changes"),
    path("<uuid:draft_id>/paste/", views.paste_into_draft, name="draft-paste"),
    path("<uuid:draft_id>/submit/", views.submit_draft, name="draft-submit"),
    path("<uuid:draft_id>/discard/", views.discard, name="draft-discard"),
    path("<uuid:draft_id>/restore/", views.restore, name="draft-restore"),
    path("<uuid:draft_id>/keep/", views.keep_as_template, name="draft-keep"),
]
