"""Which addresses a picture may be sent to."""

import socket

import pytest

from photolib.describe.sentences.address import (
    AddressRefused,
    is_near,
    parse_address,
    places_of,
)


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "127.3.2.1", "::1", "10.0.0.7", "172.16.0.1", "172.31.255.254", "192.168.1.5",
     "fd12:3456::1", "::ffff:192.168.1.5"],
)  # fmt: skip
def test_this_machine_and_private_networks_are_near(ip: str) -> None:
    assert is_near(ip)


@pytest.mark.parametrize(
    "ip",
    ["8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.0.1", "11.0.0.1", "169.254.169.254",
     "169.254.1.1", "100.64.0.1", "100.100.100.200", "0.0.0.0", "255.255.255.255", "224.0.0.1", "::",  # noqa: S104
     "2001:db8::1", "2606:4700::1111", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fd20:ce::254",
     "::ffff:8.8.8.8", "64:ff9b::a00:1", "2002:a00:1::1", "not-a-number"],
)  # fmt: skip
def test_everything_else_is_not(ip: str) -> None:
    assert not is_near(ip)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("http://192.168.1.5:11434", "http://192.168.1.5:11434"),
        (" https://box.lan/models/ ", "https://box.lan:443/models"),
        ("http://[fd12::1]:8080/v1", "http://[fd12::1]:8080/v1"),
        ("http://localhost", "http://localhost:80"),
    ],
)
def test_an_address_is_taken_apart_and_put_together_again(text: str, kept: str) -> None:
    assert str(parse_address(text)) == kept


@pytest.mark.parametrize(
    "text",
    ["", "192.168.1.5:11434", "ftp://192.168.1.5", "file:///etc/passwd", "http://", "http://a:b@10.0.0.1",
     "http://10.0.0.1/?q=1", "http://10.0.0.1/#x", "http://10.0.0.1:99999", "http://[::1"],
)  # fmt: skip
def test_an_address_of_another_form_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(AddressRefused, match=r"[Ww]rite"):
        parse_address(text)


@pytest.mark.parametrize("text", ["http://2130706433:80", "http://0x7f.1:80"])
def test_odd_spellings_of_a_number_are_judged_by_what_they_mean(text: str) -> None:
    assert {place.ip for place in places_of(parse_address(text))} == {"127.0.0.1"}
    far = parse_address("http://134744072:80")  # 8.8.8.8
    with pytest.raises(AddressRefused, match=r"8\.8\.8\.8"):
        places_of(far)


def resolving(monkeypatch: pytest.MonkeyPatch, *ips: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ips]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)


def test_a_name_with_one_public_address_among_private_ones_is_refused_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolving(monkeypatch, "192.168.1.5", "93.184.216.34")
    with pytest.raises(AddressRefused, match=r"box\.lan is 93\.184\.216\.34"):
        places_of(parse_address("http://box.lan"))


def test_a_name_with_private_addresses_alone_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "192.168.1.5", "10.0.0.5")
    assert [place.ip for place in places_of(parse_address("http://box.lan"))] == [
        "192.168.1.5",
        "10.0.0.5",
    ]
