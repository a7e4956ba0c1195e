from django.contrib.auth.views import LogoutView
from django.urls import path

from photolib.accounts.views import entry, house, settings

app_name = "accounts"
urlpatterns = [
    path("welcome/", entry.first_run, name="first_run"),
    path("sign-in/", entry.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("new-password/<uidb64>/<token>/", entry.ResetPassword.as_view(), name="reset"),
    path("settings/account/", settings.profile, name="settings"),
    path("settings/password/", settings.password, name="password"),
    path("settings/tokens/", settings.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", settings.token_revoke, name="token_revoke"),
    path("household/", house.household, name="household"),
    path("household/new/", house.member_new, name="member_new"),
    path("household/<int:pk>/", house.member, name="member"),
    path("household/<int:pk>/link/", house.member_link, name="member_link"),
]
