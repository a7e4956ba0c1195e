from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "photolib.accounts"
    label = "accounts"
