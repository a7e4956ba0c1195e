"""The household of tests/consent: Alice's library, Bob, Rosa without an account, Mia, a child."""

from tests.consent.conftest import cast

__all__ = ["cast"]
