"""One's own account: name, language, password, and the tokens of one's programs."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from photolib.accounts.forms import ChangePasswordForm, ProfileForm, TokenForm
from photolib.accounts.queries import get_own_token, tokens_of
from photolib.accounts.requests import SignedInRequest
from photolib.accounts.services import (
    change_profile,
    create_token,
    revoke_token,
    set_password,
)


def profile(request: SignedInRequest) -> HttpResponse:
    """Change one's name and languages."""
    user = request.user
    form = ProfileForm(
        request.POST or None,
        initial={
            "display_name": user.display_name,
            "language": user.language,
            "description_language": user.description_language,
        },
    )
    if form.is_valid():
        change_profile(user=user, **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Your settings are saved."))
        return redirect("accounts:settings")
    return render(request, "accounts/settings.html", {"form": form})


@never_cache
@sensitive_post_parameters("old_password", "password", "password_again")
def password(request: SignedInRequest) -> HttpResponse:
    """Change one's password; other browsers are signed out by it."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if form.is_valid():
        set_password(user=request.user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. Other browsers are signed out."))
        return redirect("accounts:settings")
    return render(request, "accounts/password.html", {"form": form})


@never_cache
def tokens(request: SignedInRequest) -> HttpResponse:
    """List one's API tokens, and make one.

    A new token is shown in the answer itself: it is nowhere stored, so no redirect could show it.
    """
    form = TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        _token, secret = create_token(
            user=request.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.expires_at(),
        )
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": tokens_of(request.user)}
    return render(request, "accounts/tokens.html", context)


@require_POST
def token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one of one's tokens."""
    revoke_token(token=get_own_token(request.user, pk))
    messages.success(request, _("The token is revoked."))
    return redirect("accounts:tokens")
