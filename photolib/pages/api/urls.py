"""The API's addresses, below /api/v1/."""

from django.urls import path, register_converter
from drf_spectacular.views import SpectacularAPIView

from photolib.pages.api import (
    account,
    albums,
    analysers,
    memos,
    notes,
    people,
    photos,
    review,
    schema,
    tags,
    things,
)

app_name = "api"
# Known to the schema by being imported.
__all__ = ["app_name", "schema", "urlpatterns"]


class LanguageConverter:
    """A language that texts can be in: that of a file's words may be any (ISO 639)."""

    regex = "[a-z]{2,3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageConverter, "language")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("tokens/", account.TokensView.as_view(), name="tokens"),
    path("account/", account.AccountView.as_view(), name="account"),
    path("photos/", photos.PhotosView.as_view(), name="photos"),
    path("photos/<int:pk>/", photos.PhotoView.as_view(), name="photo"),
    path("photos/<int:pk>/retry/", photos.PhotoRetryView.as_view(), name="photo_retry"),
    path(
        "photos/<int:pk>/texts/<language:language>/",
        photos.PhotoTextView.as_view(),
        name="photo_text",
    ),
    path("photos/<int:pk>/xmp/", notes.PhotoNotesView.as_view(), name="photo_xmp"),
    path("photos/<int:pk>/review/", review.PhotoReviewView.as_view(), name="photo_review"),
    path("photos/<int:pk>/memos/", memos.PhotoMemosView.as_view(), name="photo_memos"),
    path("photos/<int:pk>/memos/<int:memo>/", memos.PhotoMemoView.as_view(), name="photo_memo"),
    path("photos/<int:pk>/better/", review.PhotoBetterView.as_view(), name="photo_better"),
    path("review/", review.ReviewView.as_view(), name="review"),
    path("arrivals/", photos.ArrivalsView.as_view(), name="arrivals"),
    path("jobs/", photos.JobsView.as_view(), name="jobs"),
    path("albums/", albums.AlbumsView.as_view(), name="albums"),
    path("albums/<int:pk>/", albums.AlbumView.as_view(), name="album"),
    path("albums/<int:pk>/photos/", albums.AlbumPhotosView.as_view(), name="album_photos"),
    path("analysers/", analysers.AnalysersView.as_view(), name="analysers"),
    path("analysers/<slug:step>/", analysers.AnalyserView.as_view(), name="analyser"),
    path("tags/", tags.TagsView.as_view(), name="tags"),
    path("tags/questions/", tags.TagQuestionsView.as_view(), name="tag_questions"),
    path("photos/<int:pk>/tags/", tags.PhotoTagsView.as_view(), name="photo_tags"),
    path("photos/<int:pk>/tags/<int:tag>/", tags.PhotoTagView.as_view(), name="photo_tag"),
    path("things/", things.ThingsView.as_view(), name="things"),
    path("things/questions/", things.ThingQuestionsView.as_view(), name="thing_questions"),
    path("things/<int:pk>/", things.ThingView.as_view(), name="thing"),
    path("photos/<int:pk>/things/", things.PhotoThingsView.as_view(), name="photo_things"),
    path("photos/<int:pk>/things/<int:mark>/", things.PhotoThingView.as_view(), name="photo_thing"),
    path("people/", people.PeopleView.as_view(), name="people"),
    path("people/<int:pk>/", people.PersonView.as_view(), name="person"),
]
