// Counts down the time of a quiz from the seconds that the server says are left (data-clock).
//
// The browser's own clock plays no part: time passes by performance.now(), and the server is asked
// again whenever the page comes back into view, since a sleeping computer may not count its sleep.
// When the time is up, an answer that was begun is sent as it stands, and the page is loaded anew.
const WARN_AT = [300, 60];
const SEND_MS = 2000;

let leftAtStart = 0;
let startedAt = 0;
let isOpen = true;
let isTouched = false;
let isOver = false;

const clock = () => document.querySelector("[data-clock]");

function begin() {
  const fresh = clock();
  if (!fresh) return;
  leftAtStart = Number(fresh.dataset.clock);
  startedAt = performance.now();
  fresh.open = isOpen;
  fresh.addEventListener("toggle", () => { isOpen = fresh.open; });
  show();
}

function secondsLeft() {
  return Math.max(0, leftAtStart - Math.floor((performance.now() - startedAt) / 1000));
}

function show() {
  const text = clock()?.querySelector("[data-clock-text]");
  if (!text) return;
  const left = secondsLeft();
  const words = left > 60 ? text.dataset.minutes.replace("{n}", Math.ceil(left / 60)) : text.dataset.seconds.replace("{n}", left);
  if (text.textContent !== words) text.textContent = words;
  text.ariaLive = WARN_AT.some((at) => left <= at && left > at - 2) ? "polite" : "off";
  if (left === 0 && !isOver) end();
}

function end() {
  isOver = true;
  if (isTouched) document.querySelector("#step form[data-keep]")?.requestSubmit();
  setTimeout(() => location.reload(), isTouched ? SEND_MS : 0);
}

async function askAgain() {
  if (document.visibilityState !== "visible" || isOver) return;
  try {
    const page = await fetch(location, { headers: { "X-Requested-With": "fetch" } });
    const answer = new DOMParser().parseFromString(await page.text(), "text/html");
    const fresh = answer.querySelector("[data-clock]");
    if (fresh) {
      clock().dataset.clock = fresh.dataset.clock;
      begin();
    } else if (page.ok) location.reload();
  } catch { /* offline: the count goes on, and the next answer brings the server's own */ }
}

document.addEventListener("input", (event) => { isTouched ||= Boolean(event.target.closest("#step")); });
document.addEventListener("swapped", () => { isTouched = false; begin(); });
document.addEventListener("visibilitychange", askAgain);
setInterval(show, 1000);
begin();
