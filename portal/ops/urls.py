"""Addresses that machines ask: is it alive, is it ready."""

from django.urls import path

from portal.ops.health import live, ready

app_name = "ops"

urlpatterns = [
    path("live", live, name="live"),
    path("ready", ready, name="ready"),
]
