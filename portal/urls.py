"""All addresses. Each topic brings its own."""

from django.urls import include, path

from organizations.accounts.urls import library_patterns

urlpatterns = [
    *library_patterns,
    path("api/v1/", include("portal.api_urls")),
    path("bulk/", include("volunteers.bulk.urls")),
    path("calls/", include("volunteers.calls.urls")),
    path("committees/", include("organizations.tree.urls")),
    path("dashboard/", include("portal.dashboard.urls")),
    path("desk/", include("volunteers.desk.urls")),
    path("evidence/", include("volunteers.evidence.urls")),
    path("disclosures/", include("volunteers.disclosure.urls")),
    path("duplicates/", include("volunteers.duplicates.urls")),
    path("activities/", include("volunteers.activities.urls")),
    path("activities/", include("volunteers.attendance.urls")),
    path("exports/", include("volunteers.exports.urls")),
    path("hours/", include("volunteers.hours.urls")),
    path("hours/deadlines/", include("volunteers.deadlines.urls")),
    path("hours/spot-checks/", include("volunteers.spotchecks.urls")),
    path("imports/", include("volunteers.imports.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("organizations/", include("organizations.ledger.urls")),
    path("own/", include("volunteers.own.urls")),
    path("rules/", include("organizations.rules.urls")),
    path("volunteers/", include("volunteers.registry.urls")),
    path("words/", include("volunteers.vocabulary.urls")),
    path("", include("organizations.accounts.urls")),
    path("", include("volunteers.checkins.urls")),
    path("", include("volunteers.certificates.urls")),
    path("", include("volunteers.claims.urls")),
    path("", include("volunteers.feeds.urls")),
    path("", include("volunteers.guardians.urls")),
    path("", include("volunteers.privacy.urls")),
    path("", include("volunteers.signups.urls")),
    path("", include("volunteers.transfers.urls")),
    path("", include("portal.health.urls")),
    path("", include("portal.home.urls")),
    path("", include("portal.jobs.urls")),
    path("", include("portal.search.urls")),
]
