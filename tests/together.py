"""Which tests share what is slow to make, and so belong into one process.

pytest-xdist has a mark for this (xdist_group), but its release 3.8 writes it where pytest 9.2 no longer
looks: the tests of a group ran in both processes, and each made its own demo. What a test's file is called
is enough.
"""

from xdist.scheduler import LoadScopeScheduling

# A beginning of a test's path, and the name of what it shares.
SHARED = {
    "tests/demo/": "the demo",
    "tests/privacy/test_nothing_leaves.py": "the demo",
    "tests/describe/test_finder_on_marked_photos.py": "the photos as the finder sees them",
    "tests/bench/test_scorecard_command.py": "the scorecard of the photos",
}


# Tests of a file that share a server and a browser, and go on where the one before has stopped.
IN_ORDER = "tests/e2e/"
# But for these: a test each for a page, many minutes of them, so that both processes take some.
APART = "tests/e2e/test_axe.py"


def shared_by(nodeid: str) -> str:
    """What the test with this id shares with others; of most tests the id itself."""
    if nodeid.startswith(IN_ORDER) and not nodeid.startswith(APART):
        return nodeid.partition("::")[0]
    return next((name for path, name in SHARED.items() if nodeid.startswith(path)), nodeid)


class TogetherScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives tests to processes one by one, and those that share something as one."""

    def _split_scope(self, nodeid: str) -> str:
        return shared_by(nodeid)
