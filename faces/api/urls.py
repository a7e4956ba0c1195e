"""Addresses of faces' API, below /api/v1/faces/."""

from django.urls import path

from faces.api import groups, journal, questions

app_name = "faces_api"
urlpatterns = [
    path("groups/", groups.GroupsView.as_view(), name="groups"),
    path("groups/merge/", groups.MergeView.as_view(), name="merge"),
    path("groups/<int:pk>/", groups.GroupView.as_view(), name="group"),
    path("groups/<int:pk>/faces/", groups.GroupFacesView.as_view(), name="group_faces"),
    path("groups/<int:pk>/name/", groups.GroupNameView.as_view(), name="group_name"),
    path("groups/<int:pk>/split/", groups.GroupSplitView.as_view(), name="group_split"),
    path("questions/", questions.QuestionsView.as_view(), name="questions"),
    path("questions/answers/", questions.AnswersView.as_view(), name="answers"),
    path("journal/", journal.JournalView.as_view(), name="journal"),
    path("journal/<int:pk>/undo/", journal.UndoView.as_view(), name="undo"),
]
