"""Turning photolib's own errors into pages that say what is wrong and what mends it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from photolib.core.errors import NotAllowed, PhotolibError

Respond = Callable[[HttpRequest], HttpResponse]


class ErrorPageMiddleware:
    """Answers NotAllowed with status 403, any other PhotolibError that no view caught with 400."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """None for every other error: Django goes on with it."""
        if not isinstance(error, PhotolibError):
            return None
        status = 403 if isinstance(error, NotAllowed) else 400
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"detail": str(error)}, status=status)
        return render(request, f"{status}.html", {"sentence": str(error)}, status=status)


class MicrophoneMiddleware:
    """No page may listen, but one that says so itself: that on which voice memos are recorded."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "microphone=()")
        return response
