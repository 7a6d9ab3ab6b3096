"""Addresses of teams."""

from django.urls import path

from volunteers.teams import views

app_name = "teams"

urlpatterns = [
    path("teams/<int:organization_id>/", views.show_team, name="team-detail"),
    path("teams/<int:organization_id>/add/", views.add, name="member-add"),
    path("teams/members/<int:member_id>/", views.change, name="member-change"),
    path("teams/members/<int:member_id>/end/", views.end, name="member-end"),
    path("own/teams/", views.list_own, name="own-teams"),
    path("own/teams/<int:member_id>/leave/", views.leave, name="own-leave"),
]
