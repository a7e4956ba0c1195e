from django.urls import path

from faces.views import groups, packs, photo, questions, switch

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
    path("models/", packs.packs, name="packs"),
    path("models/<slug:name>/fetch/", packs.fetch, name="pack_fetch"),
    path("models/<slug:name>/stop/", packs.stop, name="pack_stop"),
    path("models/<slug:name>/use/", packs.use, name="pack_use"),
    path("models/<slug:name>/remove/", packs.remove, name="pack_remove"),
    path("settings/", switch.settings, name="settings"),
]
