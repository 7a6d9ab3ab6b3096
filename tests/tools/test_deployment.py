"""The compose file gives each part what it needs, and the owner's password to set-up alone."""

from typing import Any

import pytest
import yaml

from tools.places import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("web", "worker", "clock", "migrate")


@pytest.mark.parametrize("name", ["web", "worker", "clock"])
def test_serving_parts_do_not_hold_the_owners_password(name: str) -> None:
    service = SERVICES[name]

    assert "database_owner_password" not in service["secrets"]
    assert not [variable for variable in service["environment"] if "OWNER" in variable]
    assert "database_owner_password" in SERVICES["migrate"]["secrets"]


@pytest.mark.parametrize("name", OURS)
def test_parts_get_variables_that_the_settings_read(name: str) -> None:
    settings = "".join(file.read_text() for file in (ROOT / "portal" / "settings").glob("*.py"))

    variables = {variable.removesuffix("_FILE") for variable in SERVICES[name]["environment"]}

    assert {variable for variable in variables if f'"{variable}"' not in settings} == set()


@pytest.mark.parametrize("name", OURS)
def test_secrets_come_from_files_that_are_mounted(name: str) -> None:
    service = SERVICES[name]
    files = {path for key, path in service["environment"].items() if key.endswith("_FILE")}

    assert files == {f"/run/secrets/{secret}" for secret in service["secrets"]}
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_lasting_parts_are_watched(name: str) -> None:
    service = SERVICES[name]
    # The image brings the web's own check.
    watched = bool(service.get("healthcheck", {}).get("test")) or name == "web"

    assert watched or name == "migrate"
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    last_stage = lines[max(index for index, line in enumerate(lines) if line.startswith("FROM")) :]

    assert "USER portal" in last_stage
