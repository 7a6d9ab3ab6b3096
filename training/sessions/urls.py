"""Addresses of courses with their sessions, and of those enrolled."""

from django.urls import path

from training.sessions import views

app_name = "sessions"

urlpatterns = [
    path("training/", views.list_courses, name="course-list"),
    path("training/<int:course_id>/", views.show_course, name="course-detail"),
    path("training/<int:course_id>/sessions/new/", views.plan, name="session-create"),
    path("training/sessions/<int:session_id>/", views.show_session, name="session-detail"),
    path("training/sessions/<int:session_id>/cancel/", views.cancel, name="session-cancel"),
    path("training/sessions/<int:session_id>/assign/", views.assign, name="session-assign"),
    path("training/sessions/<int:session_id>/results/", views.write_result, name="result-write"),
    path("training/enrolments/<int:enrolment_id>/", views.answer, name="enrolment-answer"),
]
