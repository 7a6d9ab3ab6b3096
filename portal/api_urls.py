"""The API's addresses, version 1."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from organizations.ledger.api import CoverageView
from organizations.tree.api import CommitteeViewSet
from volunteers.imports.api import ImportViewSet
from volunteers.hours.api import ServiceRecordViewSet
from volunteers.totals.api import HoursSummaryView

app_name = "api"

router = SimpleRouter()
router.register("committees", CommitteeViewSet, basename="committee")
router.register("imports", ImportViewSet, basename="import")
router.register("service-records", ServiceRecordViewSet, basename="service-record")

urlpatterns = [
    path("", include(router.urls)),
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("hours/summary/", HoursSummaryView.as_view(), name="hours-summary"),
]
