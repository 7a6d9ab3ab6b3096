"""Where uploaded and made files lie: a folder, or a bucket of a service that speaks S3."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portal.settings import environment

__all__ = ["file_storage"]


def file_storage(folder: Path) -> dict[str, Any]:
    """Django's default storage: the bucket ``FILES_S3_BUCKET`` where there is one, else ``folder``.

    Files are read by the portal alone and handed on by its views, so nothing in the bucket is
    public and no address of it is ever given out.
    """
    bucket = environment.text("FILES_S3_BUCKET")
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "file_permissions_mode": 0o600},
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": environment.text("FILES_S3_ENDPOINT") or None,
            "region_name": environment.text("FILES_S3_REGION") or None,
            "access_key": environment.required("FILES_S3_ACCESS_KEY"),
            "secret_key": environment.required("FILES_S3_SECRET_KEY"),
            "addressing_style": environment.text("FILES_S3_ADDRESSING") or "auto",
            "location": environment.text("FILES_S3_PREFIX"),
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
