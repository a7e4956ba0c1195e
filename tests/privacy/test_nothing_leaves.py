"""Nothing leaves: the demo without any route out, and what pages may load."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from photolib.accounts.models import User
from tests.test_every_route import ROUTES, ask, house

ROOT = Path(__file__).resolve().parents[2]
# The fixture of another file, under its own name.
house = house
# In a namespace of its own there is no interface but loopback, which is down at first.
INSIDE = 'ip link set lo up && exec "$@"'
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def alone(*command: str) -> list[str]:
    """The command in a network namespace without any route. Skips where that is not permitted."""
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    if unshare is None or ip is None:
        pytest.skip("unshare or ip is not on this machine")
    options = ["-n"] if os.geteuid() == 0 else ["-r", "-n"]
    start = [unshare, *options, "sh", "-c", INSIDE, "sh"]
    if subprocess.run([*start, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this account may not make a network namespace")
    return [*start, *command]


def test_the_namespace_has_no_way_out() -> None:
    routes = subprocess.run(alone("ip", "route"), capture_output=True, text=True, check=True)
    assert routes.stdout == ""
    reach = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    tried = subprocess.run(
        alone(sys.executable, "-c", reach), capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in tried.stderr


@pytest.mark.models
@pytest.mark.slow
def test_the_whole_demo_runs_without_any_network(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "photolib.settings",
        "PHOTOLIB_DATA": str(tmp_path / "data"),
        "PHOTOLIB_KEYSTORE": str(tmp_path / "keystore"),
        "PHOTOLIB_DATABASE": "sqlite",
    }
    command = alone(sys.executable, str(ROOT / "manage.py"), "demo", "--json")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert result["photos"] >= 30
    assert result["described"] >= 0.9 * result["photos"]
    audited = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "audit_biometrics", "--json"],
        env=environment | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(audited.stdout)
    assert (report["findings"], audited.returncode) == (0, 0), report["details"]
    assert report["templates"]


@pytest.mark.django_db
def test_no_page_may_load_anything_from_elsewhere(house: dict[str, Any], alice: User) -> None:
    client = Client()
    client.force_login(alice)
    pages = 0
    for name, route in ROUTES.items():
        if route.method != "get" or route.args.split()[-1:] == ["unknown"]:
            continue
        response = ask(client, "get", name, house)
        policy = response.headers["Content-Security-Policy"]
        parts = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
        assert STRICT.items() <= parts.items(), name
        assert "unsafe" not in policy, name
        assert "http" not in policy, name
        if response.headers.get("Content-Type", "").startswith("text/html"):
            pages += 1
            loads = re.findall(r'(?:src|srcset|action)="([^"]*)"', response.content.decode())
            assert not [one for one in loads if re.match(r"(?:https?:)?//", one)], name
            sheets = re.findall(r'<link[^>]+href="([^"]*)"', response.content.decode())
            assert all(one.startswith("/") for one in sheets), name
    assert pages > 25


def test_no_stylesheet_or_script_names_another_site() -> None:
    for file in [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]:
        text = re.sub(r"http://www\.w3\.org/\S+", "", file.read_text())
        assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", text), file


def test_no_code_of_ours_opens_a_connection() -> None:
    """The modules by which Python talks to other machines are imported nowhere.

    socket is: to listen, and to know this machine's name.
    """
    talking = re.compile(
        r"^\s*(?:import|from)\s+(?:urllib\.request|http\.client|requests|httpx|aiohttp|smtplib|"
        r"ftplib|telnetlib|xmlrpc|django\.core\.mail)\b",
        re.M,
    )
    folders = ["photolib", *(["faces"] if apps.is_installed("faces") else [])]
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    # What an admin starts by a click, on a page that shows the licence: tests/faces/test_fetching.py.
    files.remove(ROOT / "faces" / "fetching.py") if apps.is_installed("faces") else None
    assert len(files) > 150
    for file in files:
        text = file.read_text()
        assert not talking.search(text), file
        assert "create_connection" not in text, file
        assert ".connect((" not in text, file
