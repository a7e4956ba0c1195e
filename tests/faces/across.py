"""Two libraries side by side, and Carol, who can be known in each of them by her own yes."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from faces.handing import hand_over, take_back
from faces.models import Template
from photolib.accounts.models import User
from photolib.library.models import RecognitionState
from photolib.library.services import set_shared
from photolib.people.models import Appearance, FaceRegion
from tests.faces.conftest import House

Commits = Callable[[], AbstractContextManager[object]]


class Home:
    """Alice's and Bob's libraries, both switched on, and Carol (red), whom only Alice has named."""

    def __init__(self, alice: House, bob: House, commits: Commits) -> None:
        self.alice, self.bob, self.commits = alice, bob, commits
        # A photo is looked at with the pixels of whoever took it.
        self.bob.pictures = self.alice.pictures
        self.carol = alice.person("Carol")
        for house in (alice, bob):
            house.switch(RecognitionState.CONSENTED)
        self.named = alice.photo("red", light=200)
        (self.region,) = alice.look(self.named)
        with commits():
            alice.names(self.region, self.carol)
        self.settle()

    def settle(self) -> None:
        """Work until nothing is due, what a commit makes due included."""
        worked = 1
        while worked:
            with self.commits():
                worked = self.alice.look_at_due()

    def says(self, granted: bool, house: House) -> None:
        with self.commits():
            self.alice.says(self.carol, granted, house.library)
        self.settle()

    def shares(self, shared: bool = True) -> None:
        with self.commits():
            set_shared(photos=[self.named], shared=shared, by=self.alice.owner)
        self.settle()

    def learnt(self, house: House | None = None) -> list[Template]:
        """The templates of Bob's library, or of another."""
        return list(Template.objects.filter(library=(house or self.bob).library))

    def seen_by_bob(self) -> list[tuple[str, str]]:
        rows = Appearance.objects.filter(source="machine", photo__library=self.bob.library)
        return [(row.person.name, row.state) for row in rows.select_related("person")]


class Own:
    """Carol's own private library, never switched on, with photos in which she named herself."""

    def __init__(self, home: Home, count: int = 7) -> None:
        self.home = home
        assert home.carol.user is not None
        self.house = House(home.carol.user)
        self.house.pictures = home.alice.pictures
        self.regions: list[FaceRegion] = []
        for number in range(count):
            (region,) = self.house.look(self.house.photo("red", light=130 + 10 * number))
            self.house.names(region, home.carol)
            self.regions.append(region)
        home.settle()

    @property
    def user(self) -> User:
        return self.house.owner

    def hands_over(self, regions: list[FaceRegion], by: User | None = None) -> int:
        with self.home.commits():
            given = hand_over(
                person=self.home.carol,
                library=self.home.bob.library,
                regions=[region.pk for region in regions],
                by=by or self.user,
            )
        self.home.settle()
        return given

    def takes_back(self, regions: list[FaceRegion] | None = None) -> int:
        return take_back(
            person=self.home.carol,
            library=self.home.bob.library,
            regions=None if regions is None else [region.pk for region in regions],
            by=self.user,
        )
