"""Which addresses a picture may be sent to: this machine, and the owner's own network."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from photolib.core.errors import PhotolibError

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

# This machine (RFC 1122, 4291), private networks (RFC 1918) and their like in IPv6 (RFC 4193).
_NEAR = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7",
    )
)  # fmt: skip
# Inside the private range, and yet not the owner's: where hosting companies hand out a machine's
# secrets (AWS, Google). Their IPv4 sisters are link-local, which is refused as a whole.
_NOT_THE_OWNERS = frozenset(map(ipaddress.ip_address, ("fd00:ec2::254", "fd20:ce::254")))
_PORTS = {"http": 80, "https": 443}


class AddressRefused(PhotolibError):
    """No picture may be sent to this address; the sentence says why, and what would do."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where the server is. path: what stands before the protocol's own paths, without a "/" at its end."""

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"


@dataclass(frozen=True, slots=True)
class Place:
    """One numeric address that was found to be near, ready to be connected to."""

    family: socket.AddressFamily
    ip: str
    port: int


def parse_address(text: str) -> ServerAddress:
    """The parts of an address such as http://192.168.1.5:11434. Raises AddressRefused."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise AddressRefused(_malformed(text)) from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise AddressRefused(_malformed(text))
    if parts.username or parts.password or parts.query or parts.fragment:
        said = _(
            "Write the address without a name, a password, “?” or “#”. A key belongs into "
            "PHOTOLIB_SENTENCE_KEY."
        )
        raise AddressRefused(said)
    path = parts.path.rstrip("/")
    return ServerAddress(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], path)


def places_of(address: ServerAddress) -> list[Place]:
    """The numeric addresses behind the host's name, each of them near.

    One of them far away, and the whole name is refused: nobody knows which one would be used next
    time. Raises AddressRefused, OSError where the name is not known.
    """
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    places = [Place(family, str(where[0]), address.port) for family, _t, _p, _c, where in found]
    for place in places:
        check_near(place.ip, host=address.host)
    return places


def check_near(ip: str, *, host: str) -> None:
    """Raises AddressRefused, with the reason, unless this numeric address is the owner's own."""
    if is_near(ip):
        return
    said = _(
        "%(host)s is %(ip)s, which is not on your own network: no picture is sent there. Only this "
        "machine (127.0.0.1) and private addresses (10.…, 172.16.… to 172.31.…, 192.168.…, fd…) are "
        "used."
    )
    raise AddressRefused(said % {"host": host, "ip": ip})


def is_near(ip: str) -> bool:
    """Whether this is this machine or a private network; never a link-local or an unset address."""
    try:
        parsed: Ip = ipaddress.ip_address(ip)
    except ValueError:  # such as fe80::1%eth0
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed in _NOT_THE_OWNERS:
        return False
    return any(parsed in network for network in _NEAR if network.version == parsed.version)


def _malformed(text: str) -> str:
    said = _("“%(text)s” is no address: write one such as http://192.168.1.5:11434.")
    return said % {"text": text[:100]}
