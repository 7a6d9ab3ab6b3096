"""Evidence in a bucket: what the view reads is what was kept, and what is swept is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from moto import mock_aws
from pytest_django.fixtures import Settings

from core.tenancy.scope import Scope, acting_as
from portal.settings.storage import file_storage
from tests import pictures
from tests.cast import Cast
from volunteers.evidence.domain import (
    Holder,
    add_evidence,
    picture_of,
    remove_evidence,
    sweep_evidence,
    sweep_stray_bytes,
)

REGION = "cn-north-1"


@pytest.fixture
def bucket(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """The service that keeps files, with the settings of a deployment."""
    for name, value in {
        "FILES_S3_BUCKET": "portal-files",
        "FILES_S3_REGION": REGION,
        "FILES_S3_ACCESS_KEY": "key",
        "FILES_S3_SECRET_KEY": "secret",
        "FILES_S3_PREFIX": "清远",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        client = boto3.client("s3", region_name=REGION)
        place = {"LocationConstraint": REGION}
        client.create_bucket(Bucket="portal-files", CreateBucketConfiguration=place)
        settings.STORAGES = {**settings.STORAGES, "default": file_storage(tmp_path)}
        yield client


def names_in(bucket: Any) -> list[str]:
    return [
        each["Key"] for each in bucket.list_objects_v2(Bucket="portal-files").get("Contents", ())
    ]


def test_picture_lies_in_the_bucket_until_it_is_swept(
    bucket: Any, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        holder = Holder(bundle=uuid4(), committee_id=actor.scope.committee)
        sent = ContentFile(pictures.jpeg(), name="签到表.jpg")
        file = add_evidence(sent, holder=holder, actor=actor)
        whole, small = picture_of(file, 1), picture_of(file, 1, small=True)
    stem = f"清远/evidence/{file.pk.hex[:2]}/{file.pk.hex}/1"
    assert names_in(bucket) == [f"{stem}-small.jpg", f"{stem}.jpg"]
    kept = bucket.get_object(Bucket="portal-files", Key=f"{stem}.jpg")
    assert kept["Body"].read() == whole
    assert whole is not None
    assert small is not None
    assert len(small) < len(whole)
    with acting_as(actor.scope):
        remove_evidence(file, actor=actor)
    with (
        django_capture_on_commit_callbacks(execute=True),
        acting_as(Scope.for_job("sweep evidence")),
    ):
        assert sweep_evidence(timezone.now() + timedelta(days=31)) == 1
    assert names_in(bucket) == []


def test_bytes_that_no_row_names_are_swept_from_the_bucket_after_a_day(
    bucket: Any, cast: Cast
) -> None:
    sweeps_what_no_row_names(cast)
    assert len(names_in(bucket)) == 2


def test_bytes_that_no_row_names_are_swept_from_a_folder_after_a_day(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": file_storage(tmp_path)}
    assert sweep_stray_bytes() == 0, "nothing has been kept yet"
    sweeps_what_no_row_names(cast)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def sweeps_what_no_row_names(cast: Cast) -> None:
    """One file with its row and one without; only the latter goes, and only once it is old."""
    actor = cast.county_441802
    with acting_as(actor.scope):
        holder = Holder(bundle=uuid4(), committee_id=actor.scope.committee)
        sent = ContentFile(pictures.jpeg(), name="签到表.jpg")
        kept = add_evidence(sent, holder=holder, actor=actor)
    stray = uuid4().hex
    default_storage.save(f"evidence/{stray[:2]}/{stray}/1.jpg", ContentFile(b"stray"))
    assert sweep_stray_bytes(timezone.now() + timedelta(hours=23)) == 0
    assert sweep_stray_bytes(timezone.now() + timedelta(hours=25)) == 1
    assert not default_storage.exists(f"evidence/{stray[:2]}/{stray}/1.jpg")
    assert picture_of(kept, 1) is not None
