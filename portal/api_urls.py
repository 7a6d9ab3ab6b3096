"""The API's addresses, version 1."""

from csp.decorators import csp_update
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from incentives.redemptions.api import RedemptionView
from organizations.accounts import openapi
from organizations.accounts.guards import public
from organizations.ledger.api import CoverageView
from organizations.tree.api import CommitteeViewSet
from volunteers.checkins.api import CheckInView
from volunteers.hours.api import ServiceRecordViewSet
from volunteers.imports.api import ImportViewSet
from volunteers.registry.api import VolunteerViewSet
from volunteers.totals.api import HoursSummaryView

# The description knows how one authenticates once these are loaded; only the pages need that.
__all__ = ["openapi"]

app_name = "api"

router = SimpleRouter()
router.register("committees", CommitteeViewSet, basename="committee")
router.register("imports", ImportViewSet, basename="import")
router.register("service-records", ServiceRecordViewSet, basename="service-record")
router.register("volunteers", VolunteerViewSet, basename="volunteer")

_DEVICE = public("A device's own token opens the doors of one activity, and nothing else.")
_TILL = public("A till's own token redeems for one merchant, and nothing else.")
_PUBLIC = public("The description of the API names addresses and fields, nobody's data.")

urlpatterns = [
    path("schema/", _PUBLIC(SpectacularAPIView.as_view()), name="schema"),
    # Swagger UI styles itself with attributes; its scripts obey the policy.
    path(
        "docs/",
        _PUBLIC(
            csp_update({"style-src": ["'unsafe-inline'"]})(
                SpectacularSwaggerSplitView.as_view(url_name="api:schema")
            )
        ),
        name="docs",
    ),
    path("", include(router.urls)),
    path("check-ins/", _DEVICE(CheckInView.as_view()), name="check-in"),
    path("redemptions/", _TILL(RedemptionView.as_view()), name="redemption"),
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("hours/summary/", HoursSummaryView.as_view(), name="hours-summary"),
]
