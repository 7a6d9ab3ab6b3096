"""Addresses of what is registered twice."""

from django.urls import path

from volunteers.duplicates import views

app_name = "duplicates"

urlpatterns = [
    path("numbers/", views.list_clashes, name="clash-list"),
    path("numbers/new/", views.ask, name="clash-create"),
    path("numbers/<int:notice_id>/answer/", views.answer, name="clash-answer"),
    path("numbers/<int:request_id>/take-back/", views.take_back, name="clash-take-back"),
    path("pairs/", views.list_pairs, name="pair-list"),
    path("pairs/<int:pair_id>/dismiss/", views.dismiss, name="pair-dismiss"),
    path("merges/", views.list_merges, name="merge-list"),
    path("merges/<int:merge_id>/undo/", views.undo, name="merge-undo"),
    path("of/<slug:number>/", views.choose, name="merge-choose"),
    path("of/<slug:number>/and/<slug:other>/", views.compare, name="merge-compare"),
    path("own/", views.show_own, name="own-clashes"),
    path("own/<int:notice_id>/answer/", views.answer_own, name="own-clash-answer"),
]
