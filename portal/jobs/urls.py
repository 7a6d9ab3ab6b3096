"""Addresses of one's own jobs."""

from django.urls import path

from portal.jobs import views

app_name = "jobs"

urlpatterns = [
    path("jobs/", views.list_jobs, name="job-list"),
    path("jobs/<int:job_id>/", views.show_job, name="job-detail"),
    path("jobs/<int:job_id>/panel/", views.show_panel, name="job-panel"),
    path("jobs/<int:job_id>/cancel/", views.stop_job, name="job-cancel"),
]
