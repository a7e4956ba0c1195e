from django.urls import path

from faces.views import draw, groups, journal, people, photo, questions, sorting, switch, which

app_name = "faces"
urlpatterns = [
    path("photos/<int:pk>/", photo.panel, name="photo"),
    path("photos/<int:pk>/draw/", draw.draw, name="draw"),
    path("photos/<int:pk>/preview/", draw.preview, name="preview"),
    path("regions/<int:pk>/crop/", photo.crop, name="crop"),
    path("regions/<int:pk>/name/", photo.name, name="name"),
    path("regions/<int:pk>/not-a-face/", photo.dismiss, name="not_a_face"),
    path("regions/<int:pk>/is-a-face/", photo.bring_back, name="is_a_face"),
    path("regions/<int:pk>/may-be/<int:person>/", photo.may_be, name="may_be"),
    path("names/<int:pk>/remove/", photo.take_off, name="take_off"),
    path("review/", questions.review, name="review"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/which/", which.which, name="which"),
    path("people/<int:pk>/look-again/", people.look_again, name="look_again"),
    path("people/<int:pk>/hide/", people.hide, name="hide_person"),
    path("people/<int:pk>/merge/", people.merge, name="merge_people"),
    path("groups/merge/", sorting.merge, name="merge_groups"),
    path("groups/again/", groups.again, name="group_again"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/sort/", sorting.sort, name="sort_group"),
    path("groups/<int:pk>/hide/", groups.hide, name="hide_group"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:pk>/undo/", journal.undo, name="undo"),
    path("settings/", switch.settings, name="settings"),
]
