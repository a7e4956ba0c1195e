"""The demo's people: made-up names, real accounts, and answers given by those who may give them."""

from dataclasses import dataclass, field
from datetime import date

from photolib.accounts.models import Household, Role, User
from photolib.accounts.services import create_account, create_owner
from photolib.consent.codes import make_code, prove
from photolib.consent.models import Purpose
from photolib.consent.services import answer, find_invitation, invite, set_recognition
from photolib.core.errors import PhotolibError
from photolib.library.models import Library, RecognitionState
from photolib.library.services import library_of
from photolib.people.models import Person
from photolib.people.services import create_person

HOUSEHOLD = "The Lindbergs (demo)"
# Known to everybody who reads this: the demo is for one's own machine.
PASSWORD = "demo for one machine"  # noqa: S105


@dataclass(slots=True)
class DemoHousehold:
    """The accounts and people of the demo, by their short names."""

    owner: User
    library: Library
    accounts: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def make_household() -> DemoHousehold:
    """Make accounts and people: an owner, an adult who said yes, a housemate who refused, a child
    with a guardian, a guest without an account, and a stranger's account.

    Raises PhotolibError where this photolib has accounts already.
    """
    if User.objects.exists():
        raise PhotolibError(
            "This photolib has accounts already, and the demo does not mix with them: set "
            "PHOTOLIB_DATA and PHOTOLIB_KEYSTORE to new folders, then run it again."
        )
    maya = create_owner(
        username="maya",
        display_name="Maya",
        password=PASSWORD,
        household_name=HOUSEHOLD,
        country="SE",
    )
    demo = DemoHousehold(owner=maya, library=library_of(maya), accounts={"maya": maya})
    demo.accounts |= {
        "jonas": create_account(by=maya, username="jonas", display_name="Jonas", password=PASSWORD),
        "petra": create_account(
            by=maya, username="petra", display_name="Petra", password=PASSWORD, language="fr"
        ),
        "nils": create_account(
            by=maya,
            username="nils",
            display_name="Nils",
            password=PASSWORD,
            role=Role.CHILD,
            birthday=date(2015, 3, 14),
            guardian=maya,
        ),
        "viktor": create_account(
            by=maya,
            username="viktor",
            display_name="Viktor",
            password=PASSWORD,
            in_household=False,
        ),
    }
    _add_people(demo)
    _ask_everybody(demo)
    return demo


def _add_people(demo: DemoHousehold) -> None:
    household = Household.objects.get()
    for short in ("maya", "jonas", "petra", "nils"):
        account = demo.accounts[short]
        demo.people[short] = create_person(
            household=household,
            name=account.display_name,
            by=demo.owner,
            user=account,
            guardian=account.guardian,
            birthday=account.birthday,
        )
    demo.people["ilse"] = create_person(household=household, name="Ilse", by=demo.owner)


def _ask_everybody(demo: DemoHousehold) -> None:
    """The owner turns recognition on; each person answers for themselves, a guardian for the child."""
    set_recognition(
        library=demo.library, state=RecognitionState.HOUSEHOLD, by=demo.owner, declared=True
    )
    yes = (Purpose.RECOGNISE, Purpose.NAME, Purpose.FIND_ME)
    for short, by in (("maya", "maya"), ("jonas", "jonas"), ("nils", "maya")):
        for purpose in yes:
            _answer(demo, short, purpose, granted=True, by=demo.accounts[by])
    for purpose in yes:
        _answer(demo, "petra", purpose, granted=False, by=demo.accounts["petra"])
    _invitation, token = invite(person=demo.people["ilse"], library=demo.library, by=demo.owner)
    invitation = find_invitation(token)
    if invitation is None:
        raise PhotolibError("The demo's invitation does not open.")
    proof = prove(invitation=invitation, code=make_code(invitation=invitation, by=demo.owner))
    for purpose in (Purpose.RECOGNISE, Purpose.NAME):
        answer(
            person=invitation.person,
            library=invitation.library,
            purpose=purpose,
            granted=True,
            by=invitation,
            language="en",
            proof=proof,
        )


def _answer(demo: DemoHousehold, short: str, purpose: str, *, granted: bool, by: User) -> None:
    answer(
        person=demo.people[short],
        library=demo.library,
        purpose=purpose,
        granted=granted,
        by=by,
        language=by.language,
    )
