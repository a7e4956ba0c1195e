"""The machine's questions and their answers, for programs."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from faces.api.base import FacesView
from faces.api.serializers import AnsweredSerializer, AnswersSerializer, QuestionSerializer
from faces.queries import alts_of, get_question, newest_entry_by, questions_for
from faces.services import Answer, AnswerKind, answer_questions
from photolib.library.services import library_of
from photolib.pages.api.base import viewer_of
from photolib.people.models import Appearance


class QuestionsView(FacesView, GenericAPIView[Appearance]):
    """The open questions about faces in your own photos, person by person."""

    queryset = Appearance.objects.none()

    @extend_schema(
        operation_id="faces_questions_list",
        parameters=[OpenApiParameter("person", int, description="about this person only")],
        responses=QuestionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        waiting = questions_for(viewer_of(request))
        person = request.query_params.get("person", "")
        if person:
            waiting = waiting.filter(person=int(person) if person.isdecimal() else 0)
        rows = self.paginate_queryset(waiting) or []
        context = {"texts": alts_of(rows)}
        return self.get_paginated_response(
            QuestionSerializer(rows, many=True, context=context).data
        )


class AnswersView(FacesView):
    """Answer questions, any number at once."""

    @extend_schema(
        operation_id="faces_answer", request=AnswersSerializer, responses=AnsweredSerializer
    )
    def post(self, request: Request) -> Response:
        viewer = viewer_of(request)
        form = AnswersSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        answers = [
            Answer(
                question=get_question(viewer, said["question"]),
                kind=AnswerKind(said["answer"]),
                person=said.get("person"),
            )
            for said in form.validated_data["answers"]
        ]
        before = newest_entry_by(viewer)
        answered = answer_questions(answers=answers, library=library_of(viewer), by=viewer)
        after = newest_entry_by(viewer)
        return Response(
            {
                "counts": {kind.value: count for kind, count in answered.counts.items()},
                "refused": answered.refused,
                "entry": after if after > before else None,
            }
        )
