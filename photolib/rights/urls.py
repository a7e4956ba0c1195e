from django.urls import path

from photolib.rights.views import answering, export, invited, knows, mine

app_name = "rights"
urlpatterns = [
    path("your-data/", mine.overview, name="overview"),
    path("your-data/people/<int:person>/", mine.where_am_i, name="where_am_i"),
    path("your-data/people/<int:person>/stop/", mine.stop, name="stop"),
    path("your-data/freezes/<int:pk>/resume/", mine.resume, name="resume"),
    path("your-data/not-me/<int:pk>/", mine.not_me, name="not_me"),
    path("your-data/export.zip", export.export, name="export"),
    path("your-data/requests/", answering.requests, name="requests"),
    path("your-data/requests/<int:pk>/", answering.answer, name="answer"),
    path("photos/<int:pk>/knows/", knows.knows, name="knows"),
    path("ask/<str:token>/", invited.ask, name="ask"),
    path("ask/<str:token>/stop/", invited.stop, name="ask_stop"),
    path("ask/<str:token>/resume/", invited.resume, name="ask_resume"),
]
