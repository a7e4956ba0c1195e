"""The two pages of every question: first yes or no, then, for a yes, a second time in full words.

A no, and taking a yes back, need one press only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.consent.codes import Proof, prove, recall, remember
from photolib.consent.decisions import NOT_ASKED, Answer
from photolib.consent.errors import ConsentRefused
from photolib.consent.forms import AnswerForm, CodeForm
from photolib.consent.models import ErasureReceipt, Invitation, Purpose
from photolib.consent.receipts import receipt_since
from photolib.consent.services import answer
from photolib.consent.wording import ConsentText, text_for
from photolib.library.models import Library
from photolib.people.models import Person


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked about which library, and by which way the answer comes.

    routes: the URL names of overview, question, confirm, take_back and receipt; args: what they have
    in common.
    """

    person: Person
    library: Library
    by: User | Invitation
    routes: Mapping[str, str]
    args: tuple[object, ...]
    may_say_yes: bool = True

    @property
    def overview(self) -> str:
        """The address of the page that lists all questions."""
        whole = self.args if isinstance(self.by, Invitation) else ()
        return reverse(self.routes["overview"], args=whole)

    @property
    def by_guardian(self) -> bool:
        """Whether somebody answers for a child."""
        return isinstance(self.by, User) and self.person.user_id != self.by.pk

    def receipt_address(self, receipt: ErasureReceipt) -> str:
        """The address of a receipt, for who answers."""
        whole = self.args if isinstance(self.by, Invitation) else ()
        return reverse(self.routes["receipt"], args=[*whole, receipt.pk])

    def address(self, page: str, purpose: str) -> str:
        """The address of one page about one purpose."""
        return reverse(self.routes[page], args=[*self.args, purpose])


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of an overview: a question, its answer, and where to change it."""

    text: ConsentText
    label: str
    answer: Answer
    question: str
    take_back: str


def lines_of(asking: Asking, answers: Mapping[tuple[int, int, str], Answer]) -> list[Asked]:
    """One line for each purpose, in their fixed order."""
    language = get_language() or "en"
    return [
        Asked(
            text=text_for(purpose, language),
            label=str(purpose.label),
            answer=answers.get((asking.person.pk, asking.library.pk, purpose), NOT_ASKED),
            question=asking.address("question", purpose),
            take_back=asking.address("take_back", purpose),
        )
        for purpose in Purpose
    ]


def show_question(request: HttpRequest, asking: Asking, purpose: str) -> HttpResponse:
    """Ask one question. A no is recorded at once, a yes leads to the second page."""
    text = _text(asking, purpose)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and not request.POST.get("answer"):
        form = AnswerForm(request.POST)
    if form.is_valid():
        if form.cleaned_data["answer"] == "yes":
            return redirect(asking.address("confirm", purpose))
        return _record(request, asking, purpose, granted=False)
    return render(request, "consent/question.html", _context(asking, text, form=form))


def show_confirmation(request: HttpRequest, asking: Asking, purpose: str) -> HttpResponse:
    """Say the yes again in full words, and record it if it is the text that was shown."""
    text = _text(asking, purpose)
    proof = _proof(request, asking)
    form = (
        CodeForm(request.POST if request.method == "POST" else None)
        if _asks_code(asking, proof)
        else None
    )
    if request.method == "POST":
        if request.POST.get("text_sha256") != text.sha256:
            messages.error(request, _("The question was reworded meanwhile. Please read it again."))
            return redirect(asking.address("question", purpose))
        proof = proof or _prove(request, asking, form)
        if proof is not None or form is None:
            return _record(request, asking, purpose, granted=True, proof=proof)
    context = _context(asking, text, form=form)
    return render(
        request, "consent/confirm.html", context, status=400 if form and form.errors else 200
    )


def _proof(request: HttpRequest, asking: Asking) -> Proof | None:
    """The invitation's code, where this browser gave it lately."""
    return recall(request.session, asking.by) if isinstance(asking.by, Invitation) else None


def _asks_code(asking: Asking, proof: Proof | None) -> bool:
    return isinstance(asking.by, Invitation) and proof is None


def _prove(request: HttpRequest, asking: Asking, form: CodeForm | None) -> Proof | None:
    """Compare the code that was typed; what is wrong with it stands in the form."""
    if form is None or not isinstance(asking.by, Invitation) or not form.is_valid():
        return None
    try:
        proof = prove(invitation=asking.by, code=form.cleaned_data["code"])
    except ConsentRefused as error:
        form.add_error("code", str(error))
        return None
    remember(request.session, proof)
    return proof


def take_back_answer(request: HttpRequest, asking: Asking, purpose: str) -> HttpResponse:
    """Record a no, in one step."""
    _known(purpose)
    return _record(request, asking, purpose, granted=False)


def _record(
    request: HttpRequest,
    asking: Asking,
    purpose: str,
    *,
    granted: bool,
    proof: Proof | None = None,
) -> HttpResponse:
    began = timezone.now()
    try:
        answer(
            person=asking.person,
            library=asking.library,
            purpose=purpose,
            granted=granted,
            by=asking.by,
            language=get_language() or "en",
            proof=proof,
        )
    except ConsentRefused as error:
        messages.error(request, str(error))
        return redirect(asking.overview)
    messages.success(request, _("Your yes is recorded.") if granted else _("Your no is recorded."))
    receipt = receipt_since(began, person=asking.person, library=asking.library, purpose=purpose)
    return redirect(asking.receipt_address(receipt) if receipt else asking.overview)


def _text(asking: Asking, purpose: str) -> ConsentText:
    """Raises Http404 for an unknown purpose, and where only taking back is left."""
    _known(purpose)
    if not asking.may_say_yes:
        raise Http404
    return text_for(purpose, get_language() or "en")


def _known(purpose: str) -> None:
    if purpose not in Purpose.values:
        raise Http404


def _context(
    asking: Asking, text: ConsentText, *, form: AnswerForm | CodeForm | None
) -> dict[str, object]:
    invited = isinstance(asking.by, Invitation)
    return {"asking": asking, "text": text, "form": form, "invited": invited}
