"""The household: who lives here, and what its admins can do about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from photolib.accounts.errors import AccountRefused
from photolib.accounts.forms import HouseholdForm, MemberForm, RoleForm
from photolib.accounts.models import Household, Role, User
from photolib.accounts.queries import (
    get_visible_member,
    household_of,
    is_admin,
    members_visible_to,
)
from photolib.accounts.requests import SignedInRequest, absolute
from photolib.accounts.reset_links import link_path
from photolib.accounts.services import change_household, change_role, create_account
from photolib.core.errors import NotAllowed


def household(request: SignedInRequest) -> HttpResponse:
    """Who lives here; its admins change its name and country."""
    home = household_of(request.user)
    form = HouseholdForm(request.POST or None, initial={"name": home.name, "country": home.country})
    if request.method == "POST" and form.is_valid():
        change_household(household=home, by=request.user, **form.cleaned_data)
        messages.success(request, _("The household is saved."))
        return redirect("accounts:household")
    context = {
        "form": form,
        "household": home,
        "members": members_visible_to(request.user).select_related("guardian"),
        "is_admin": is_admin(request.user),
    }
    return render(request, "accounts/household.html", context)


@never_cache
def member_new(request: SignedInRequest) -> HttpResponse:
    """Add an account, and show the one-time link by which its person chooses a password."""
    _admin_of(request)
    form = MemberForm(
        request.user,
        request.POST or None,
        initial={"role": Role.ADULT, "language": get_language()},
    )
    if form.is_valid():
        try:
            member = create_account(by=request.user, **form.cleaned_data)
        except AccountRefused as error:
            form.add_error(None, str(error))
        else:
            return _show_link(request, member, new=True)
    return render(request, "accounts/member_new.html", {"form": form})


def member(request: SignedInRequest, pk: int) -> HttpResponse:
    """One member: their role, and a new link for who forgot the password."""
    _admin_of(request)
    someone = get_visible_member(request.user, pk)
    form = RoleForm(
        request.user,
        request.POST or None,
        initial={"role": someone.role, "guardian": someone.guardian},
    )
    if form.is_valid():
        try:
            change_role(user=someone, by=request.user, **form.cleaned_data)
        except AccountRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The role is saved."))
            return redirect("accounts:household")
    return render(request, "accounts/member.html", {"form": form, "member": someone})


@never_cache
@require_POST
def member_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a one-time link. It is shown in the answer itself, for it is stored nowhere."""
    _admin_of(request)
    return _show_link(request, get_visible_member(request.user, pk), new=False)


def _show_link(request: SignedInRequest, someone: User, *, new: bool) -> HttpResponse:
    link = absolute(request, link_path(someone))
    context = {"member": someone, "link": link, "new": new}
    return render(request, "accounts/link.html", context)


def _admin_of(request: SignedInRequest) -> Household:
    """Raises Http404 for an account without a household, NotAllowed for members who are no admins."""
    home = household_of(request.user)
    if not is_admin(request.user):
        raise NotAllowed(_("Only an admin of the household can manage its accounts."))
    return home
