"""The web application: requests in, answers of worker processes out. It keeps and logs nothing of what is checked."""

from __future__ import annotations

import asyncio
import concurrent.futures
import hmac
import importlib.resources
import json
import multiprocessing
import time
from collections.abc import AsyncIterator
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Mapping
from contextlib import asynccontextmanager
from typing import Any
from typing import NamedTuple
from urllib.parse import parse_qsl

from prometheus_client import CollectorRegistry
from prometheus_client import Counter
from prometheus_client import Gauge
from prometheus_client import Histogram
from prometheus_client import generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.responses import PlainTextResponse
from starlette.responses import Response
from starlette.routing import Route

from newslint import runner
from newslint.checker import Checker
from newslint.config import Config
from newslint.server import languagetool

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_FORM = "application/x-www-form-urlencoded"
# Nothing on the page comes from elsewhere or may be framed.
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_PAGE = {
    "/": ("index.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
}


class Limits(NamedTuple):
    """What a request may cost.

    ``body`` is in bytes, ``seconds`` for one request from its arrival; of ``waiting`` requests more are turned away.
    """

    body: int = 1_000_000
    seconds: float = 30.0
    waiting: int = 32


class Settings(NamedTuple):
    """How a server is run: the rules' configuration, its processes, limits, token and who may ask from a browser."""

    config: Config
    jobs: int = 1
    limits: Limits = Limits()
    token: str = ""
    hosts: tuple[str, ...] = LOOPBACK
    origins: tuple[str, ...] = ()


class _Worker(NamedTuple):
    checker: Checker
    summaries: Mapping[str, str]


_worker: _Worker | None = None


def _prepare(config: Config) -> None:
    global _worker
    _worker = _Worker(runner.make_checker(config), runner.summaries(config))
    # The first article of a process is slow, as the rules are made ready with it.
    _check({"language": "en-US", "text": "The minister said on Monday that it would rain ."})


def _check(fields: Mapping[str, str]) -> dict[str, Any]:
    assert _worker is not None
    return languagetool.answer(_worker.checker, languagetool.request(fields), _worker.summaries)


def create(settings: Settings, ready: Callable[[], None] = lambda: None) -> Starlette:
    """The application; it calls ``ready`` once it can answer."""
    server = _Server(settings, ready)
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=[*settings.hosts])]
    if settings.origins:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=[*settings.origins], allow_headers=["authorization"])
        )
    routes = [
        Route("/v2/check", server.guarded(server.check), methods=["GET", "POST"]),
        Route("/v2/languages", server.guarded(server.languages), methods=["GET"]),
        Route("/v2/info", server.guarded(server.info), methods=["GET"]),
        Route("/v2/healthcheck", server.health, methods=["GET"]),
        Route("/healthz", server.health, methods=["GET"]),
        Route("/metrics", server.guarded(server.metrics), methods=["GET"]),
        Route("/openapi.json", server.openapi, methods=["GET"]),
        *(Route(path, server.page, methods=["GET"]) for path in _PAGE),
    ]
    return Starlette(routes=routes, middleware=middleware, lifespan=server.lifespan)


class _RefusedError(Exception):
    """An answer that is not the one asked for."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.response = PlainTextResponse(f"Error: {reason}", status, headers)


class _Server:
    def __init__(self, settings: Settings, ready: Callable[[], None]) -> None:
        self._settings = settings
        self._ready = ready
        self._waiting = 0
        self._registry = CollectorRegistry()
        self._requests = Counter("newslint_requests", "Requests by status", ["status"], registry=self._registry)
        self._seconds = Histogram("newslint_check_seconds", "Time to check an article", registry=self._registry)
        self._matches = Counter("newslint_diagnostics", "Diagnostics by rule", ["rule"], registry=self._registry)
        Gauge("newslint_waiting", "Requests under way", registry=self._registry).set_function(lambda: self._waiting)

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self._pool = self._new_pool()
        try:
            await asyncio.get_running_loop().run_in_executor(self._pool, _check, {"language": "en", "text": "Ready."})
            self._ready()
            yield
        finally:
            self._pool.shutdown(cancel_futures=True)

    def guarded(self, answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """``answer`` for those who may ask, and for others the reason why not."""

        async def guarded(request: Request) -> Response:
            try:
                self._admit(request)
                response = await answer(request)
            except _RefusedError as refusal:
                response = refusal.response
            self._requests.labels(str(response.status_code)).inc()
            return response

        return guarded

    def _admit(self, request: Request) -> None:
        token = self._settings.token
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token and not hmac.compare_digest(given.encode(), token.encode()):
            raise _RefusedError(
                401, "this server needs 'Authorization: Bearer TOKEN'", **{"WWW-Authenticate": "Bearer"}
            )

    async def check(self, request: Request) -> Response:
        fields = dict(request.query_params) if request.method == "GET" else await self._fields(request)
        limits = self._settings.limits
        if self._waiting >= limits.waiting:
            raise _RefusedError(503, "too many requests are under way", **{"Retry-After": "1"})
        self._waiting += 1
        start = time.perf_counter()
        under_way = asyncio.get_running_loop().run_in_executor(self._pool, _check, fields)
        # What takes too long is not waited for, but it keeps its process busy.
        under_way.add_done_callback(self._done)
        try:
            answer = await asyncio.wait_for(asyncio.shield(under_way), limits.seconds)
        except languagetool.RequestError as error:
            raise _RefusedError(400, str(error)) from None
        except asyncio.TimeoutError:
            raise _RefusedError(503, f"checking took longer than {limits.seconds:g} seconds") from None
        except concurrent.futures.BrokenExecutor:
            self._pool = self._new_pool()
            raise _RefusedError(503, "the process that checked it has died") from None
        self._seconds.observe(time.perf_counter() - start)
        for match in answer["matches"]:
            self._matches.labels(match["rule"]["id"]).inc()
        return JSONResponse(answer)

    async def _fields(self, request: Request) -> dict[str, str]:
        kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
        if kind != _FORM:
            raise _RefusedError(415, f"send a form ({_FORM})")
        try:
            body = await asyncio.wait_for(self._body(request), self._settings.limits.seconds)
            return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=50))
        except (ClientDisconnect, asyncio.TimeoutError):
            raise _RefusedError(408, "the request did not arrive") from None
        except ValueError:
            raise _RefusedError(400, "the form is not UTF-8, or has too many fields") from None

    async def _body(self, request: Request) -> bytes:
        most, body = self._settings.limits.body, b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise _RefusedError(413, f"the request is larger than {most} bytes")
        return body

    def _done(self, under_way: asyncio.Future[Any]) -> None:
        self._waiting -= 1
        # Of what nobody waits for any longer, nobody asks how it ended either.
        if not under_way.cancelled():
            under_way.exception()

    def _new_pool(self) -> concurrent.futures.ProcessPoolExecutor:
        # A process that was forked from one with threads may hang.
        context = multiprocessing.get_context("spawn")
        return concurrent.futures.ProcessPoolExecutor(self._settings.jobs, context, _prepare, (self._settings.config,))

    async def languages(self, _: Request) -> Response:
        return JSONResponse(languagetool.languages())

    async def info(self, _: Request) -> Response:
        return JSONResponse(languagetool.info())

    async def health(self, _: Request) -> Response:
        return PlainTextResponse("OK")

    async def metrics(self, _: Request) -> Response:
        return Response(generate_latest(self._registry), media_type="text/plain; version=0.0.4; charset=utf-8")

    async def openapi(self, _: Request) -> Response:
        return JSONResponse(json.loads(_read("openapi.json")))

    async def page(self, request: Request) -> Response:
        name, media_type = _PAGE[request.url.path]
        return Response(_read(f"page/{name}"), media_type=media_type, headers=_PAGE_HEADERS)


def _read(name: str) -> str:
    return (importlib.resources.files("newslint.server") / name).read_text(encoding="utf-8")
