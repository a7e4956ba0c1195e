from django.urls import path

from faces.views import groups, handing, photo, questions, switch

app_name = "faces"
urlpatterns = [
    path("photos/<int:pk>/", photo.panel, name="photo"),
    path("regions/<int:pk>/crop/", photo.crop, name="crop"),
    path("regions/<int:pk>/name/", photo.name, name="name"),
    path("regions/<int:pk>/not-a-face/", photo.dismiss, name="not_a_face"),
    path("regions/<int:pk>/is-a-face/", photo.bring_back, name="is_a_face"),
    path("regions/<int:pk>/may-be/<int:person>/", photo.may_be, name="may_be"),
    path("names/<int:pk>/remove/", photo.take_off, name="take_off"),
    path("review/", questions.review, name="review"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/hide/", groups.hide, name="hide_group"),
    path("hand-over/<int:person>/<int:library>/", handing.hand_over, name="hand_over"),
    path("settings/", switch.settings, name="settings"),
]
