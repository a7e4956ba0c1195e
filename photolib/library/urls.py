from django.urls import path

from photolib.library import views

app_name = "library"
urlpatterns = [
    path("photos/<int:pk>/file/<slug:size>/", views.rendition, name="rendition"),
    path("photos/<int:pk>/original/", views.original, name="original"),
]
