"""Addresses of the list of words."""

from django.urls import path

from volunteers.vocabulary import views

app_name = "vocabulary"

urlpatterns = [
    path("", views.list_terms, name="term-list"),
    path("<int:term_id>/", views.change_term, name="term-change"),
]
