"""A first and a repeat visit in a real browser: bytes over the wire, and requests."""

from dataclasses import dataclass

from portal.ops.bench.chromium import chromium_path

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_SETTLE_MS = 700


@dataclass(frozen=True)
class Visit:
    """What a browser fetched for one page."""

    transferred_bytes: int
    requests: int


def visits(url: str, cookie: str) -> tuple[Visit, Visit] | None:
    """Return the first and the repeat visit to a page, or None where there is no Chromium."""
    path = chromium_path()
    if path is None:
        return None
    from playwright.sync_api import sync_playwright  # only the bench's machine needs it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        context = browser.new_context()
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": url}])
        found = tuple(_visit(context, url) for _ in range(2))
        browser.close()
    return found  # type: ignore[return-value]  # there are two


def _visit(context: object, url: str) -> Visit:
    page = context.new_page()  # type: ignore[attr-defined]  # Playwright is typed where it is installed
    sizes: list[int] = []
    network = context.new_cdp_session(page)  # type: ignore[attr-defined]  # Playwright is typed where it is installed
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url, wait_until="load")
    page.wait_for_timeout(_SETTLE_MS)  # modules and fonts may still be on their way
    page.close()
    fetched = [size for size in sizes if size > 0]  # what the cache gave has no size
    return Visit(int(sum(fetched)), len(fetched))
