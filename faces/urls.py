from django.urls import URLPattern

app_name = "faces"
urlpatterns: list[URLPattern] = []
