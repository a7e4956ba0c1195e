"""Every address the site answers to, with arguments that lead somewhere in the furnished household."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

# (First part of the address, argument) -> a key of seed.py's JSON. An argument that stands neither
# here nor below fails the run: a new kind of page must be visited.
BY_PREFIX = {
    ("photos", "pk"): "photo",
    ("albums", "pk"): "album",
    ("tags", "pk"): "tag",
    ("things", "pk"): "thing",
    ("people", "pk"): "person",
    ("household", "pk"): "bob",
    ("tokens", "pk"): "api_token",
    ("add", "pk"): "bob",
    ("invitations", "pk"): "invitation",
    ("new-password", "token"): "reset_token",
    ("i", "token"): "invitation_token",
    ("groups", "pk"): "group",
    ("regions", "pk"): "region",
    ("questions", "pk"): "question",
    ("journal", "pk"): "entry",
    ("names", "pk"): "appearance",
    ("receipts", "pk"): "receipt",
    ("freezes", "pk"): "freeze",
    ("requests", "pk"): "request",
    ("not-me", "pk"): "my_appearance",
    ("ask", "token"): "invitation_token",
    ("hand-over", "library"): "bob_library",
}
ANYWHERE = {
    "appearance": "appearance",
    "region": "region",
    "fact": "fact",
    "memo": "memo",
    "draft": "draft",
    "row": "photo_tag",
    "tag": "tag",
    "mark": "photo_mark",
    "person": "me",
    "library": "library",
    "uidb64": "reset_uid",
}
LITERAL = {
    "size": "320",
    "language": "en",
    "purpose": "name",
    "name": "bundled",
    "step": "find_scene",
}


@dataclass(frozen=True, slots=True)
class Route:
    """One entry of the URLconf: its name with the namespace, its pattern, its arguments' names."""

    name: str
    pattern: str
    arguments: tuple[str, ...]

    def address(self, keys: dict[str, int | str]) -> str:
        """The path, with arguments of the furnished household. Raises LookupError for an unknown one."""
        return reverse(self.name, kwargs={word: self._value(word, keys) for word in self.arguments})

    def _value(self, word: str, keys: dict[str, int | str]) -> int | str:
        if word in LITERAL:
            return LITERAL[word]
        parts = reversed(self.pattern.split("/"))
        found = (BY_PREFIX[part, word] for part in parts if (part, word) in BY_PREFIX)
        key = next(found, ANYWHERE.get(word))
        if key not in keys:
            raise LookupError(
                f"{self.name} ({self.pattern}) needs {word!r}: say in tests/e2e/routes.py which of "
                f"{sorted(keys)} to open it with"
            )
        return keys[key]


def all_routes() -> list[Route]:
    """Every named route of the URLconf, in its order."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, prefix: str) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, inner, path)
        elif entry.name:
            arguments = entry.pattern.converters if isinstance(entry.pattern, RoutePattern) else {}
            yield Route(f"{namespace}{entry.name}", path, tuple(arguments))
        else:
            raise LookupError(f"The route {path} has no name: nothing can link to it or test it")
