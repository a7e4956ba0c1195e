"""Coming in: the first run, signing in, and choosing a password by a one-time link."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from photolib.accounts.errors import AccountRefused
from photolib.accounts.forms import FirstRunForm, ResetPasswordForm, SignInForm
from photolib.accounts.models import User
from photolib.accounts.reset_links import tokens
from photolib.accounts.services import create_owner, set_password


class SignIn(LoginView):
    """Name and password; `next` leads back to the page that asked."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class ResetPassword(PasswordResetConfirmView):
    """The page behind a one-time link. The token leaves the address bar at once."""

    template_name = "accounts/reset.html"
    # django-stubs wants Django's own form here; this one asks the same with other words.
    form_class = ResetPasswordForm  # type: ignore[assignment]
    token_generator = tokens
    success_url = reverse_lazy("accounts:sign_in")

    def form_valid(self, form: ResetPasswordForm) -> HttpResponse:  # type: ignore[override]  # as above
        set_password(user=form.user, password=form.cleaned_data["password"])
        self.request.session.flush()
        messages.success(self.request, _("Your new password is set. Sign in with it."))
        return redirect(self.get_success_url())


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the household and the owner's account, once, on an empty server."""
    if User.objects.exists():
        return redirect("pages:timeline")
    if originals_exist():
        # Offering to start anew here would look as if the family's photos were gone.
        folder = settings.PHOTOLIB_DATA
        return render(request, "accounts/first_run_refused.html", {"folder": folder}, status=409)
    form = FirstRunForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        asked = form.cleaned_data
        try:
            owner = create_owner(
                username=asked["username"],
                display_name=asked["display_name"],
                password=asked["password"],
                household_name=asked["name"],
                language=asked["language"],
                country=asked["country"],
            )
        except AccountRefused as error:
            form.add_error(None, str(error))
        else:
            login(request, owner)
            messages.success(request, _("Welcome! The household and your account are made."))
            return redirect("pages:import_folder")
    return render(request, "accounts/first_run.html", {"form": form})


def originals_exist() -> bool:
    """Whether photos were kept here before, although no account is left to own them."""
    folder = settings.PHOTOLIB_DATA / "originals"
    return any(entry.is_file() for entry in folder.rglob("*"))
