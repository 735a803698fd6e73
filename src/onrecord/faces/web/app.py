"""HTTP: which address shows what.

In: requests. Out: HTML pages, or JSON under /api/. Every request opens the record anew, for reading,
in the thread that answers it, so that pages added meanwhile are seen. Leaves what is shown to `views`,
`pages` and `answers`, the JSON shapes to `faces.render`, the browser's limits to `guard`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlencode

import uvicorn
from anyio import CapacityLimiter, to_thread
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.errors import InputError, OnrecordError
from onrecord.faces.web import api, editing, pages, views
from onrecord.faces.web.answers import answer_view
from onrecord.faces.web.asked import at_most, form_of, number, offset_of, optional_number, speaker_number
from onrecord.faces.web.drafts import MAX_CHARS, draft_view
from onrecord.faces.web.guard import Guard
from onrecord.faces.web.posted import Field, read_body, read_form, refuse_others
from onrecord.faces.web.wording import ZONE_NAMES, link
from onrecord.pipeline import Options, open_record
from onrecord.record import Record

LIST_SIZE = 40
GROUP_SIZE = 20

Show = Callable[[Request, Record], Response]


def create_app(
    record_path: str, *, hosts: Sequence[str] = (), options: Options = Options(), edit: bool = False
) -> Guard:
    """An ASGI app that shows one record. hosts: names it answers to beside this machine's own. options: how
    drafts are read. edit: whether speakers may be merged and split.

    The record is opened at each request; where it cannot be, the page says why.
    """
    here = Path(__file__).parent
    templates = Environment(
        loader=PackageLoader("onrecord.faces.web"), autoescape=True, undefined=StrictUndefined
    )
    templates.filters["urlencode"] = urlencode
    templates.globals["record_name"] = Path(record_path).name
    templates.globals["zone_names"] = ZONE_NAMES
    token = editing.new_token() if edit else ""
    shown = _Shown(templates, options, token)

    def page(path: str, show: Show) -> Route:
        def answer(request: Request) -> Response:
            with open_record(record_path, create=False, readonly=True) as record:
                return show(request, record)

        return Route(path, answer, methods=["GET"])

    one_at_a_time = CapacityLimiter(1)  # a draft may take seconds

    async def posted_draft(request: Request) -> Response:
        form = await read_form(request)

        def answer() -> Response:
            with open_record(record_path, create=False, readonly=True) as record:
                return shown.draft(request, record, form)

        return await to_thread.run_sync(answer, limiter=one_at_a_time)

    async def posted_decision(request: Request) -> Response:
        form = await read_form(request)

        def answer() -> Response:
            with open_record(record_path, create=False) as record:
                number = editing.decide(record, speaker_number(request), form, token)
            return RedirectResponse(f"/speaker/{number}", 303)

        return await to_thread.run_sync(answer, limiter=one_at_a_time)

    async def sent_draft(request: Request) -> Response:
        refuse_others(request)
        content = await read_body(request)

        def answer() -> Response:
            with open_record(record_path, create=False, readonly=True) as record:
                return api.as_json(api.draft(request, record, content, options))

        return await to_thread.run_sync(answer, limiter=one_at_a_time)

    app = Starlette(
        routes=[
            page("/", shown.home),
            page("/search", shown.search),
            page("/check", shown.check),
            page("/draft", shown.draft),
            Route("/draft", posted_draft, methods=["POST"]),
            page("/articles", shown.articles),
            page("/page", shown.article),
            page("/page/bytes", shown.original),
            page("/speakers", shown.speakers),
            page("/speaker/{number:int}", shown.speaker),
            *([Route("/speaker/{number:int}", posted_decision, methods=["POST"])] if edit else ()),
            page("/copies", shown.copies),
            page("/utterance/{id}", shown.utterance),
            *(page(path, _json(show)) for path, show in api.ENDPOINTS),
            Route(api.DRAFT, sent_draft, methods=["POST"]),
            Mount("/static", StaticFiles(directory=here / "static")),
        ],
        exception_handlers={
            HTTPException: shown.http_error,
            OnrecordError: shown.our_error,
            Exception: shown.failure,
        },
    )
    return Guard(app, hosts)


def _json(ask: Callable[[Request, Record], api.Answer]) -> Show:
    return lambda request, record: api.as_json(ask(request, record))


def serve(
    record_path: str,
    host: str = "127.0.0.1",
    port: int = 8321,
    *,
    hosts: Sequence[str] = (),
    edit: bool = False,
) -> None:
    """Serves the record until it is interrupted. Raises RecordError where there is none."""
    with open_record(record_path, create=False, readonly=True):
        pass  # says at once what is wrong with the path
    named = (f"[{host}]" if ":" in host else host,) if host not in ("0.0.0.0", "::") else ()
    uvicorn.run(
        create_app(record_path, hosts=(*named, *hosts), edit=edit),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        date_header=False,
    )


class _Shown:
    """The HTML pages."""

    def __init__(self, templates: Environment, options: Options, token: str) -> None:
        self._templates, self._options, self._token = templates, options, token

    def _render(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        html = self._templates.get_template(template).render(path=request.url.path, **values)
        return HTMLResponse(html, status)

    def home(self, request: Request, record: Record) -> Response:
        view = views.home(record)
        return self._render(
            request, "home.html", counts=view.counts, speakers=view.speakers, articles=view.articles
        )

    def search(self, request: Request, record: Record) -> Response:
        form, problem, found = form_of(request), "", None
        offset = offset_of(request)
        if not form.is_empty:
            try:
                found = views.search(record, form, offset)
            except InputError as error:
                problem = str(error)
        return self._render(
            request,
            "search.html",
            form=form,
            problem=problem,
            asked=found is not None,
            found=found.found if found else "",
            results=found.items if found else (),
            near=found.near if found else (),
            narration=found.narration if found else (),
            speakers=views.speaker_names(record),
            pager=_pager(request, offset, views.PAGE_SIZE, found is not None and found.has_more),
        )

    def check(self, request: Request, record: Record) -> Response:
        quote, speaker = at_most(request, "quote", 10_000), at_most(request, "speaker", 300)
        answer, problem = None, ""
        if quote.strip():
            try:
                answer = answer_view(record, record.check(quote, speaker.strip() or None))
            except InputError as error:
                problem = str(error)
        return self._render(
            request,
            "check.html",
            form={"quote": quote, "speaker": speaker},
            problem=problem,
            answer=answer,
            speakers=views.speaker_names(record),
        )

    def draft(
        self, request: Request, record: Record, form: Mapping[str, Field] = MappingProxyType({})
    ) -> Response:
        view, problem = None, ""
        if form:
            try:
                view = draft_view(record, form, self._options)
            except InputError as error:
                problem = str(error)
        return self._render(
            request,
            "draft.html",
            400 if problem else 200,
            text=form["text"].text[:MAX_CHARS] if "text" in form else "",
            speaker=form["speaker"].text[:300] if "speaker" in form else "",
            problem=problem,
            view=view,
            speakers=views.speaker_names(record),
        )

    def articles(self, request: Request, record: Record) -> Response:
        offset = offset_of(request)
        found = views.articles(record, offset, LIST_SIZE + 1)
        return self._render(
            request,
            "articles.html",
            articles=found[:LIST_SIZE],
            pager=_pager(request, offset, LIST_SIZE, len(found) > LIST_SIZE),
        )

    def article(self, request: Request, record: Record) -> Response:
        page_id, sha256 = at_most(request, "id", 5_000), at_most(request, "sha256", 64) or None
        start = number(request, "start")
        view = pages.page(record, page_id, sha256, start)
        if view is None:
            raise HTTPException(404, f"The record has no page “{page_id}”.")
        return self._render(request, "article.html", view=view, article=view.article, continued=start > 0)

    def original(self, request: Request, record: Record) -> Response:
        page_id, sha256 = at_most(request, "id", 5_000), at_most(request, "sha256", 64) or None
        view = pages.original(
            record, page_id, sha256, optional_number(request, "start"), optional_number(request, "end")
        )
        if view is None:
            raise HTTPException(404, f"The record has no page “{page_id}”.")
        return self._render(request, "bytes.html", view=view, article=view.article)

    def speakers(self, request: Request, record: Record) -> Response:
        name, offset = at_most(request, "name", 300), offset_of(request)
        found = views.speakers(record, name, offset, LIST_SIZE + 1)
        return self._render(
            request,
            "speakers.html",
            name=name,
            speakers=found[:LIST_SIZE],
            pager=_pager(request, offset, LIST_SIZE, len(found) > LIST_SIZE),
        )

    def speaker(self, request: Request, record: Record) -> Response:
        offset = offset_of(request)
        view = views.speaker(record, speaker_number(request), offset)
        if view is None:
            raise HTTPException(404, "The record has no speaker of that number.")
        return self._render(
            request,
            "speaker.html",
            view=view,
            speaker=view.speaker,
            plot=view.plot,
            token=self._token,
            others=views.speaker_names(record) if self._token else (),
            pager=_pager(request, offset, views.PAGE_SIZE, view.statements.has_more),
        )

    def copies(self, request: Request, record: Record) -> Response:
        offset = offset_of(request)
        groups, has_more = views.copies(record, offset, GROUP_SIZE)
        return self._render(
            request, "copies.html", groups=groups, pager=_pager(request, offset, GROUP_SIZE, has_more)
        )

    def utterance(self, request: Request, record: Record) -> Response:
        view = views.utterance(record, request.path_params["id"])
        if view is None:
            raise HTTPException(404, "The record has no such utterance.")
        return self._render(request, "utterance.html", view=view)

    # ---------------------------------------------------------------------------------- errors

    def http_error(self, request: Request, error: Exception) -> Response:
        """A page that is not there, a method that is not answered, a value that makes no sense."""
        assert isinstance(error, HTTPException)
        headings = {
            400: "This cannot be asked",
            403: "Not from here",
            404: "Not here",
            405: "This method is not answered",
            413: "Too large",
        }
        return self._error(request, error.status_code, headings.get(error.status_code, "No"), error.detail)

    def our_error(self, request: Request, error: Exception) -> Response:
        """The record cannot be opened, or what was asked makes no sense."""
        status = 400 if isinstance(error, InputError) else 503
        heading = "This cannot be asked" if status == 400 else "The record cannot be read"
        return self._error(request, status, heading, str(error))

    def failure(self, request: Request, error: Exception) -> Response:
        """An error of ours; the server's log has the traceback."""
        return self._error(
            request, 500, "This went wrong", "That is an error of onrecord; where it runs, it says more."
        )

    def _error(self, request: Request, status: int, heading: str, message: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": {"status": status, "message": message}}, status)
        return self._render(request, "error.html", status, number=status, heading=heading, message=message)


def _pager(request: Request, offset: int, size: int, has_more: bool) -> dict[str, str | None]:
    """Addresses of the parts before and after this one of a list."""

    def at(there: int) -> str:
        kept = {k: v for k, v in request.query_params.items() if k != "offset"}
        return link(request.url.path, **kept, offset=there or None)

    return {
        "previous": at(max(0, offset - size)) if offset else None,
        "following": at(offset + size) if has_more else None,
    }
