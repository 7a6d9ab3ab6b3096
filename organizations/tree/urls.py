"""Addresses of the tree of committees."""

from django.urls import path

from organizations.tree import views

app_name = "committees"

urlpatterns = [
    path("", views.show_tree, name="committee-list"),
    path("search/", views.search, name="committee-search"),
    path("<slug:code>/", views.show_committee, name="committee-detail"),
    path("<slug:code>/children/", views.show_children, name="committee-children"),
    path("<slug:code>/open/", views.open_below, name="committee-open"),
    path("<slug:code>/rename/", views.rename, name="committee-rename"),
    path("<slug:code>/close/", views.close, name="committee-close"),
]
