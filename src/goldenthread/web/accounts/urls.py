"""The addresses of an agency's accounts, of choosing a password, and of work handed on."""

from django.urls import URLPattern, path

from goldenthread.web.accounts import choosing, confirming, forms, handing, listing

_ONE = "accounts/<uuid:practitioner>/"

urlpatterns: list[URLPattern] = [
    path("accounts/", listing.every, name="accounts"),
    path("accounts/add/", forms.add, name="add_holder"),
    path("accounts/confirm/", confirming.confirm, name="confirm_posts"),
    path(_ONE, listing.one, name="account_holder"),
    path(_ONE + "change/", forms.change, name="change_post"),
    path(_ONE + "move/", forms.move, name="move_post"),
    path(_ONE + "leave/", forms.leave, name="end_post"),
    path(_ONE + "link/", forms.send, name="send_password_link"),
    path(_ONE + "back/", forms.back, name="bring_back"),
    path("handing-on/", handing.handing, name="handing_on"),
    path("account/choose-password/", choosing.choose, name="account_choose_password"),
    path("account/choose-password/<str:token>/", choosing.arrive, name="account_password_link"),
]
