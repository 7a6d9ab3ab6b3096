"""Files lie in a folder, or in a bucket that the environment names."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.storage.handler import StorageHandler
from storages.backends.s3 import S3Storage

from portal.settings.storage import file_storage


def storage_of(folder: Path) -> Storage:
    """What Django makes of the settings."""
    return StorageHandler().create_storage(file_storage(folder))


def test_files_lie_in_the_folder_and_are_nobody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FILES_S3_BUCKET", raising=False)
    storage = storage_of(tmp_path)
    name = storage.save("evidence/a.jpg", ContentFile(b"x"))
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_bucket_is_used_where_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden\n", encoding="utf-8")
    monkeypatch.setenv("FILES_S3_BUCKET", "portal-files")
    monkeypatch.setenv("FILES_S3_ENDPOINT", "https://s3.example.cn")
    monkeypatch.setenv("FILES_S3_REGION", "cn-south-1")
    monkeypatch.setenv("FILES_S3_ACCESS_KEY", "key")
    monkeypatch.setenv("FILES_S3_SECRET_KEY_FILE", str(secret))
    storage = storage_of(tmp_path)
    assert isinstance(storage, S3Storage)
    assert (storage.bucket_name, storage.secret_key) == ("portal-files", "hidden")
    address = storage.url("evidence/a.jpg")
    assert address.startswith("https://s3.example.cn/portal-files/evidence/a.jpg?")
    assert "Signature=" in address  # whoever has only the name reads nothing


def test_bucket_without_its_keys_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILES_S3_BUCKET", "portal-files")
    monkeypatch.delenv("FILES_S3_ACCESS_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="FILES_S3_ACCESS_KEY"):
        file_storage(tmp_path)
