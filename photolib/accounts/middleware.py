"""What every request passes: the first-run page while nobody lives here, the reader's language."""

from collections.abc import Callable

from django.conf import settings
from django.db.models.signals import post_migrate
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from photolib.accounts.models import User

Next = Callable[[HttpRequest], HttpResponseBase]


class FirstRunMiddleware:
    """Leads every page to the first-run page while there is no account."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self._lived_in = False
        # After `flush` or `migrate` in this process, look again.
        post_migrate.connect(self._look_again)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        welcome = reverse("accounts:first_run")
        if request.path == welcome or request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        # Remembered once it is true: the last admin cannot be removed, so it stays true.
        self._lived_in = self._lived_in or User.objects.exists()
        if self._lived_in:
            return self.get_response(request)
        return HttpResponseRedirect(welcome)

    def _look_again(self, **_sender: object) -> None:
        self._lived_in = False


class LanguageMiddleware:
    """Speaks the signed-in account's language, else the browser's, else the server's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = self._language_of(request)
        with translation.override(language):
            # django-stubs knows the attribute from Django's own LocaleMiddleware.
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def _language_of(request: HttpRequest) -> str:
        user = request.user
        if isinstance(user, User) and user.language in dict(settings.LANGUAGES):
            return user.language
        return translation.get_language_from_request(request)
