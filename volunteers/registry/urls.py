"""Addresses of the registry; people are named by their portal number."""

from django.urls import path, re_path

from volunteers.registry import views

app_name = "registry"

_FIELD = r"(?P<field>number|phone|guardian_phone)"
_NUMBER = r"(?P<number>[0-9]{1,12})"

urlpatterns = [
    path("", views.list_volunteers, name="volunteer-list"),
    path("new/", views.create_volunteer, name="volunteer-create"),
    path("find/", views.find_people, name="volunteer-find"),
    path("lookup/", views.look_up_volunteers, name="volunteer-lookup"),
    path("approvals/", views.list_requests, name="approval-list"),
    path("approvals/<int:approval_id>/answer/", views.answer_request, name="approval-answer"),
    path("<slug:number>/", views.show_volunteer, name="volunteer-detail"),
    path("<slug:number>/edit/", views.amend, name="volunteer-edit"),
    path("<slug:number>/abilities/", views.edit_abilities, name="volunteer-abilities"),
    path("<slug:number>/document/", views.correct_paper, name="volunteer-document"),
    path("<slug:number>/guardian/", views.entrust, name="volunteer-guardian"),
    re_path(
        rf"^{_NUMBER}/(?P<verb>pause|withdraw|reactivate)/$",
        views.change_state,
        name="volunteer-state",
    ),
    re_path(rf"^{_NUMBER}/reveal/{_FIELD}/$", views.reveal, name="volunteer-reveal"),
    re_path(rf"^{_NUMBER}/reveal/{_FIELD}/ask/$", views.ask_approval, name="approval-create"),
]
