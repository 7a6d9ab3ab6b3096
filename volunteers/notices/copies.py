"""What the copy of a person's data holds of notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.notices.models import Delivery
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part("notices", title=_("Messages of organisers"), of=["volunteers_delivery.volunteer_id"])
def _notices(volunteer: Volunteer) -> Rows:
    return [
        {
            "activity": each.notice.activity.title,
            "title": each.notice.title,
            "text": each.notice.text,
            "sent_by": each.notice.sent_by_label,
            "sent_at": moment_text(each.notice.sent_at),
            "looked_at": moment_text(each.looked_at),
        }
        for each in Delivery.objects.of_person(volunteer.pk).order_by("pk")
    ]
