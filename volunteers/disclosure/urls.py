"""Addresses of access to full data."""

from django.urls import path

from volunteers.disclosure import views

app_name = "disclosure"

urlpatterns = [
    path("", views.list_disclosures, name="disclosure-list"),
    path("person/<slug:number>/", views.ask_about_person, name="disclosure-person"),
    path("sheet/<int:sheet_id>/", views.ask_about_sheet, name="disclosure-sheet"),
    path("list/", views.ask_about_list, name="disclosure-of-list"),
    path("<int:disclosure_id>/", views.show_disclosure, name="disclosure-detail"),
    path("<int:disclosure_id>/answer/", views.answer, name="disclosure-answer"),
    path("<int:disclosure_id>/look/", views.look, name="disclosure-look"),
    path("<int:disclosure_id>/end/", views.end, name="disclosure-end"),
]
