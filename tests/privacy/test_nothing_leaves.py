"""Nothing leaves: the demo without any route out, and what pages may load."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from photolib.accounts.models import User
from tests.demo.running import Demo, alone, run_manage
from tests.test_every_route import ROUTES, ask, house

ROOT = Path(__file__).resolve().parents[2]
# The fixture of another file, under its own name.
house = house
NOT_HERE = "no network namespace can be made: unshare or ip is missing, or not permitted"
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def test_the_namespace_has_no_way_out() -> None:
    if not alone():
        pytest.skip(NOT_HERE)
    routes = subprocess.run(alone("ip", "route"), capture_output=True, text=True, check=True)
    assert routes.stdout == ""
    reach = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    tried = subprocess.run(
        alone(sys.executable, "-c", reach), capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in tried.stderr


@pytest.mark.models
@pytest.mark.slow
def test_the_whole_demo_runs_without_any_network(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not demo.alone:
        pytest.skip(NOT_HERE)
    assert demo.result["photos"] >= 30
    assert demo.result["described"] >= 0.9 * demo.result["photos"]
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    audited = run_manage("audit_biometrics", "--json", data=demo.data, keystore=demo.keystore)
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
    # What asks the sentence model, on addresses of the owner's own: tests/describe/sentences.
    files.remove(ROOT / "photolib" / "describe" / "sentences" / "sending.py")
    assert len(files) > 150
    for file in files:
        text = file.read_text()
        assert not talking.search(text), file
        assert "create_connection" not in text, file
        assert ".connect((" not in text, file
