"""Putting groups right: two that are one person, one that is two, faces that belong elsewhere."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from faces import services
from faces.models import FaceGroup
from faces.queries import Cover, covers_of, faces_of, get_group, groups_for
from faces.touch import of_merging, two_of_one_photo
from faces.views.common import FEW, do, numbers, viewer_of
from faces.views.groups import SHOWN, pictured
from photolib.accounts.models import User

# Groups to choose from where faces are moved.
TARGETS = 24


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to be done with some faces: what is asked before, how it is called, what is said after."""

    question: str
    button: str
    said: str
    run: Callable[[], object]
    # Why it cannot be done, empty where it can.
    refused: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """The chosen groups side by side, to be confirmed as one person; or why they cannot be."""
    viewer = viewer_of(request)
    sent = request.POST if request.method == "POST" else request.GET
    groups = [get_group(viewer, pk) for pk in sorted(numbers(sent.getlist("group")))]
    if len(groups) < 2:
        messages.warning(request, _("Tick at least two groups that are the same person."))
        return redirect("faces:review")
    touch = of_merging(groups=groups)
    if request.method == "POST":
        said = ngettext(
            "%(count)s face is one group now.", "%(count)s faces are one group now.", touch.faces
        )
        deed = partial(services.merge_groups, groups=groups, by=viewer)
        if do(request, deed, said % {"count": touch.faces}):
            return redirect("faces:group", pk=groups[0].pk)
        return redirect("faces:review")
    context = {"covers": covers_of(groups), "touch": touch}
    return render(request, "faces/merge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sort(request: HttpRequest, pk: int) -> HttpResponse:
    """The faces of a group, to say which of them are somebody else. More than a few are asked twice."""
    viewer = viewer_of(request)
    shown = get_group(viewer, pk)
    others = _others(viewer, shown)
    if request.method == "POST":
        deed = _deed_of(request, viewer, shown)
        chosen = [face for face in faces_of(shown) if face.region_id in _chosen(request)]
        if deed is None or not chosen:
            messages.warning(request, _("Tick the faces first, then say what they are."))
        elif len(chosen) > FEW and request.POST.get("confirmed") != "yes":
            context = {
                "group": shown,
                "deed": deed,
                "faces": pictured(face.region for face in chosen),
                "again": [(name, value) for name in KEPT for value in request.POST.getlist(name)],
            }
            return render(request, "faces/sort_confirm.html", context)
        elif do(request, deed.run, deed.said):
            return redirect("faces:review")
    faces = list(faces_of(shown)[:SHOWN])
    context = {
        "group": shown,
        "faces": pictured(face.region for face in faces),
        "total": faces_of(shown).count(),
        "others": others,
    }
    return render(request, "faces/sort.html", context)


# What a page to confirm hands on.
KEPT = ("shown", "region", "deed", "to")


def _chosen(request: HttpRequest) -> set[int]:
    return numbers(request.POST.getlist("region"))


def _others(viewer: User, shown: FaceGroup) -> list[Cover]:
    return covers_of(groups_for(viewer).exclude(pk=shown.pk)[:TARGETS])


def _deed_of(request: HttpRequest, viewer: User, shown: FaceGroup) -> Deed | None:
    """What the pressed button does with the ticked faces; None for no button or no group to move to."""
    regions = _chosen(request)
    on_page = numbers(request.POST.getlist("shown")) or regions
    deed = request.POST.get("deed")
    if deed == "split":
        run = partial(services.split_group, group=shown, regions=regions, shown=on_page, by=viewer)
        words = _words_of_split(len(regions))
        return replace(_deed(regions, run, *words), refused=two_of_one_photo(regions))
    if deed == "out":
        run_out = partial(
            services.take_out_of_group, group=shown, regions=regions, shown=on_page, by=viewer
        )
        return _deed(regions, run_out, *_words_of_taking_out(len(regions)))
    to = request.POST.get("to", "")
    if deed == "move" and to.isdecimal():
        target = get_group(viewer, int(to))
        run_move = partial(services.move_faces, regions=regions, to=target, by=viewer)
        together = [*regions, *(face.region_id for face in faces_of(target))]
        words = _words_of_moving(len(regions))
        return replace(_deed(regions, run_move, *words), refused=two_of_one_photo(together))
    return None


def _deed(
    regions: Collection[int], run: Callable[[], object], question: str, button: str, said: str
) -> Deed:
    values = {"count": len(regions)}
    return Deed(question=question % values, button=button % values, said=said % values, run=run)


def _words_of_split(count: int) -> tuple[str, str, str]:
    return (
        ngettext(
            "Is this face somebody else?",
            "Are these %(count)s faces one other person?",
            count,
        ),
        ngettext("Yes, %(count)s face", "Yes, all %(count)s faces", count),
        ngettext(
            "%(count)s face is somebody else than the others.",
            "%(count)s faces are a group of their own now.",
            count,
        ),
    )


def _words_of_taking_out(count: int) -> tuple[str, str, str]:
    return (
        ngettext(
            "Take %(count)s face out of the group?",
            "Take %(count)s faces out of the group, each by itself?",
            count,
        ),
        ngettext("Take out %(count)s face", "Take out %(count)s faces", count),
        ngettext(
            "%(count)s face was taken out of the group.",
            "%(count)s faces were taken out of the group.",
            count,
        ),
    )


def _words_of_moving(count: int) -> tuple[str, str, str]:
    return (
        ngettext(
            "Move %(count)s face to the other group?",
            "Move %(count)s faces to the other group?",
            count,
        ),
        ngettext("Move %(count)s face", "Move %(count)s faces", count),
        ngettext(
            "%(count)s face was moved to the other group.",
            "%(count)s faces were moved to the other group.",
            count,
        ),
    )
