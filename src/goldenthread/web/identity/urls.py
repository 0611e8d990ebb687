"""The addresses of signing in through an agency's own identity provider."""

from django.urls import URLPattern, path

from goldenthread.web.identity import views

urlpatterns: list[URLPattern] = [
    path("account/agency/<slug:provider_id>/", views.go, name="openid_connect_login"),
    path(
        "account/agency/<slug:provider_id>/back/", views.come_back, name="openid_connect_callback"
    ),
]
