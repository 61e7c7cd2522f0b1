"""Granian wrap_asgi_with_proxy_headers."""

from granian.utils.proxies import wrap_asgi_with_proxy_headers

from scripts.lab.inside.driver import Application


def wrap(app: Application) -> Application:
    return wrap_asgi_with_proxy_headers(app, trusted_hosts="127.0.0.1")
