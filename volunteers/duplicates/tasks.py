"""The nightly search for people who were entered twice."""

from celery import shared_task

from volunteers.duplicates.domain import find_duplicates

__all__ = ["find_probable_duplicates"]


@shared_task(name="volunteers.duplicates.tasks.find_probable_duplicates")
def find_probable_duplicates() -> None:
    """Finds what came or changed since; what was dismissed stays dismissed."""
    find_duplicates()
