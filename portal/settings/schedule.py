"""What the clock rings for, and how often; each task lies in a topic that workers read."""

from celery.schedules import crontab

__all__ = ["SCHEDULE"]

SCHEDULE = {
    # What was not begun before the next one is due is dropped: it would pile up behind long jobs.
    "ring-waiting-jobs": {
        "task": "core.jobs.tasks.ring_waiting_jobs",
        "schedule": 5.0,
        "options": {"expire_seconds": 5},
    },
    "look-for-signals": {
        "task": "volunteers.signals.tasks.look_at_sheets",
        "schedule": 2.0,
        "options": {"expire_seconds": 2},
    },
    "look-for-signals-again": {
        "task": "volunteers.signals.tasks.look_again_at_all",
        "schedule": crontab(hour=0, minute=5),
    },
    "refresh-dirty-totals": {
        "task": "volunteers.totals.tasks.recount_dirty_cells",
        "schedule": 2.0,
        "options": {"expire_seconds": 2},
    },
    "recount-stars": {
        "task": "incentives.stars.tasks.recount_due_stars",
        "schedule": 5.0,
        "options": {"expire_seconds": 5},
    },
    "deliver-messages": {
        "task": "core.messages.tasks.deliver_waiting_messages",
        "schedule": 2.0,
        "options": {"expire_seconds": 2},
    },
    "seal-due-entries": {
        "task": "volunteers.privacy.tasks.seal_due",
        "schedule": 60 * 60.0,
    },
    "discard-copies": {
        "task": "volunteers.privacy.tasks.discard_copies",
        "schedule": 24 * 60 * 60.0,
    },
    "lapse-guardian-consents": {
        "task": "volunteers.guardians.tasks.lapse_consents",
        "schedule": 6 * 60 * 60.0,
    },
    "discard-messages": {
        "task": "core.messages.tasks.discard_messages",
        "schedule": 24 * 60 * 60.0,
    },
    "move-people-of-closed-committees": {
        "task": "volunteers.registry.tasks.move_people_of_closed_committees",
        "schedule": 60.0,
        "options": {"expire_seconds": 60},
    },
    "discard-ended-jobs": {
        "task": "core.jobs.tasks.discard_ended_jobs",
        "schedule": 24 * 60 * 60.0,
    },
    "sweep-evidence-files": {
        "task": "volunteers.evidence.tasks.sweep_evidence_files",
        "schedule": 24 * 60 * 60.0,
    },
    "offer-free-places": {
        "task": "volunteers.signups.tasks.offer_free_places",
        "schedule": 30.0,
        "options": {"expire_seconds": 60},
    },
    "release-grown-up-transfers": {
        "task": "volunteers.transfers.tasks.release_grown_up",
        "schedule": 6 * 60 * 60.0,
    },
    "sweep-stray-bytes": {
        "task": "volunteers.evidence.tasks.sweep_stray_files",
        "schedule": crontab(hour=2, minute=40),
    },
    "find-probable-duplicates": {
        "task": "volunteers.duplicates.tasks.find_probable_duplicates",
        "schedule": crontab(hour=2, minute=20),
    },
    "discard-import-files": {
        "task": "volunteers.imports.tasks.discard_import_files",
        "schedule": 24 * 60 * 60.0,
    },
    "discard-export-files": {
        "task": "volunteers.exports.tasks.discard_export_files",
        "schedule": 60 * 60.0,
    },
}
