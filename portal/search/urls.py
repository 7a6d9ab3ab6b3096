"""The address of the header's search."""

from django.urls import path

from portal.search import views

app_name = "portal"

urlpatterns = [path("search/", views.search, name="search")]
