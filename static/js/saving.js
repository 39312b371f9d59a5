// Keeps every answer in this browser until the server has acknowledged it.
//
//   <form method="post" action="…" data-keep="attempt-…" data-seq="7" data-target="#step">
//
// A submit joins the queue `data-keep` (one for an attempt or lesson). Answers are sent in order, one
// at a time, as the form's own POST by fetch with X-Client-Seq (data-seq, or the number after the last
// one), X-Requested-With: fetch and X-CSRFToken. A number that comes twice is one answer. Replies:
//   2xx  acknowledged: HTML replaces data-target (and parts marked data-also those with the same id),
//        or the header X-Go-To names the page to go to; with X-Page the HTML is of that page;
//   422  not taken: HTML that says what to mend replaces data-target;
//   409  refused: a plain sentence for the reader; data-target is fetched anew from this page.
// Anything else (no network, 5xx, a redirect to sign-in) keeps the answer for another try, here or on
// the page that comes next. With data-keep-auto a form saves itself when typing pauses: the newest text
// replaces an unsent one, the reply is not shown. Hiding or closing the page sends nothing.

const PAUSE_MS = 800;
const SLOW_MS = 500;
const RETRY_MS = [2000, 5000, 10_000, 30_000];
const TRY_AGAIN = [408, 425, 429];
const { reader, csrf } = document.body.dataset;
const PREFIX = `keep:${reader}:`;

const withoutStorage = new Map(); // used where the browser refuses localStorage
const sending = new Map(); // queue → promise of its last run
const acknowledged = new Map(); // queue → last number taken by the server on this page
let tries = 0;
let retry = null;

// ── The queues ──

function read(queue) {
  if (withoutStorage.has(queue)) return withoutStorage.get(queue);
  try {
    return JSON.parse(localStorage.getItem(PREFIX + queue) ?? "[]");
  } catch {
    return [];
  }
}

function write(queue, answers) {
  try {
    if (answers.length) localStorage.setItem(PREFIX + queue, JSON.stringify(answers));
    else localStorage.removeItem(PREFIX + queue);
    withoutStorage.delete(queue);
  } catch {
    withoutStorage.set(queue, answers);
  }
}

function queues() {
  let stored = [];
  try {
    stored = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch { /* nothing is stored where storage is refused */ }
  return new Set([...stored.map((key) => key.slice(PREFIX.length)), ...withoutStorage.keys()]);
}

function keep(form, submitter) {
  const { keep: queue, seq, target } = form.dataset;
  const isAuto = "keepAuto" in form.dataset;
  const url = addressOf(submitter?.getAttribute("formaction") ?? form.getAttribute("action"));
  const fields = new URLSearchParams(new FormData(form, submitter));
  fields.delete("csrfmiddlewaretoken");
  const waiting = read(queue).filter((answer) => !(isAuto && answer.isAuto && answer.url === url));
  const last = Math.max(acknowledged.get(queue) ?? 0, ...read(queue).map((answer) => answer.seq));
  const answer = { seq: Math.max(Number(seq) || Date.now(), last + 1), url, target, isAuto, at: Date.now(), body: fields.toString() };
  write(queue, [...waiting, answer]);
}

function addressOf(action) {
  const { pathname, search } = new URL(action ?? "", location);
  return pathname + search;
}

function forget(queue, answer) {
  write(queue, read(queue).filter(({ seq }) => seq !== answer.seq));
}

// ── Sending ──

function send(queue) {
  const run = () => sendWaiting(queue);
  const alone = navigator.locks ? () => navigator.locks.request(PREFIX + queue, run) : run;
  const result = (sending.get(queue) ?? Promise.resolve()).then(alone);
  sending.set(queue, result.catch(() => {}));
  return result;
}

async function sendWaiting(queue) {
  for (let answer = read(queue)[0]; answer; [answer] = read(queue)) {
    if (answer.isAuto && Date.now() - answer.at < PAUSE_MS) {
      setTimeout(send, PAUSE_MS, queue);
      return;
    }
    const slow = setTimeout(() => show("saving"), SLOW_MS);
    const response = await post(answer);
    clearTimeout(slow);
    if (!response || response.status >= 500 || TRY_AGAIN.includes(response.status)) {
      show("offline");
      tryLater();
      return;
    }
    if (!response.ok && response.status !== 422 && response.status !== 409) {
      show("stuck");
      return;
    }
    forget(queue, answer);
    if (response.ok) acknowledged.set(queue, answer.seq);
    await conclude(queue, answer, response);
    show("saved");
  }
}

async function post({ url, body, seq }) {
  try {
    const headers = { "X-Client-Seq": seq, "X-Requested-With": "fetch", "X-CSRFToken": csrf, "Content-Type": "application/x-www-form-urlencoded" };
    return await fetch(url, { method: "POST", body, headers, redirect: "manual" });
  } catch {
    return null;
  }
}

function tryLater() {
  clearTimeout(retry);
  retry = setTimeout(sendAll, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
  tries += 1;
}

function sendAll() {
  const waiting = queues();
  if (!waiting.size) show("saved");
  waiting.forEach(send);
}

// ── What the reader sees ──

async function conclude(queue, answer, response) {
  tries = 0;
  if (response.status === 409) {
    document.dispatchEvent(new CustomEvent("toast", { detail: await response.text() }));
    const page = await fetch(location, { headers: { "X-Requested-With": "fetch" } });
    if (page.redirected) location.assign(page.url); // it has ended elsewhere
    else swap(answer.target, await page.text());
    return;
  }
  const forms = document.querySelectorAll(`form[data-keep="${CSS.escape(queue)}"]`);
  const goTo = response.headers.get("X-Go-To");
  if (goTo && forms.length) location.assign(addressOf(goTo));
  if (goTo || answer.isAuto || !forms.length) return; // another page has nothing to do with it
  const page = response.headers.get("X-Page");
  if (page) history.replaceState(history.state, "", addressOf(page));
  swap(answer.target, await response.text());
  forms.forEach(release);
}

function release(form) {
  form.ariaBusy = null;
  form.querySelectorAll("[aria-pressed]").forEach((button) => { button.ariaPressed = null; });
}

function swap(target, html) {
  const old = target && document.querySelector(target);
  if (!old || !html.trim()) return;
  const answer = new DOMParser().parseFromString(html, "text/html");
  const fresh = answer.querySelector(target) ?? answer.body.firstElementChild;
  old.replaceWith(fresh);
  answer.querySelectorAll("[data-also]").forEach((part) => {
    document.getElementById(part.id)?.replaceWith(part);
  });
  document.dispatchEvent(new CustomEvent("swapped", { detail: fresh }));
}

function show(state) {
  document.querySelectorAll("[data-save-status]").forEach((status) => {
    status.dataset.state = state;
    const text = status.querySelector("[data-save-text]");
    if (text.textContent !== status.dataset[state]) text.textContent = status.dataset[state];
  });
}

// ── Forms ──

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-keep]")) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  keep(form, event.submitter);
  if (!("keepAuto" in form.dataset)) {
    form.ariaBusy = "true";
    if (event.submitter) event.submitter.ariaPressed = "true";
  }
  send(form.dataset.keep);
});

let pause = null;
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-keep][data-keep-auto]")) return;
  keep(form);
  clearTimeout(pause);
  pause = setTimeout(send, PAUSE_MS, form.dataset.keep);
});

/** Shows what was written or chosen on an earlier visit and has not reached the server yet. */
function restore(form) {
  const url = addressOf(form.getAttribute("action"));
  const waiting = read(form.dataset.keep).find((answer) => answer.url === url);
  if (!waiting) return;
  if (!waiting.isAuto) form.ariaBusy = "true";
  new URLSearchParams(waiting.body).forEach((value, name) => {
    const field = form.elements[name];
    if (field?.matches?.("textarea, input[type=text]")) field.value = value;
  });
}

addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("online", sendAll);
addEventListener("offline", () => show("offline"));
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendAll());
addEventListener("beforeunload", (event) => {
  if ([...withoutStorage.values()].some((answers) => answers.length)) event.preventDefault();
});
document.querySelectorAll("form[data-keep]").forEach(restore);
sendAll();

// A lesson remembers the block at which its reader is, and opens there again.
const lesson = document.querySelector("[data-lesson]");

if (lesson) {
  const blocks = [...lesson.querySelectorAll("[data-block]")];
  const bar = document.querySelector("[data-lesson-progress]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  let furthest = blocks.findIndex((block) => block.dataset.block === lesson.dataset.place);
  let waiting = null;

  const remember = (index) => {
    furthest = index;
    if (bar) bar.value = Math.max(bar.value, Math.round((100 * index) / blocks.length));
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const body = new URLSearchParams({ place: blocks[index].dataset.block });
      // A lost place costs the reader a little scrolling, so a failure may pass in silence.
      fetch(lesson.dataset.placeUrl, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" },
        keepalive: true,
      }).catch(() => {});
    }, 600);
  };

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const index = blocks.indexOf(entry.target);
        if (entry.isIntersecting && index > furthest) remember(index);
      }
    },
    { rootMargin: "0px 0px -45% 0px" },
  );
  blocks.forEach((block) => seen.observe(block));

  if (!location.hash && furthest > 0 && bar && bar.value < 100) {
    blocks[furthest].scrollIntoView({ block: "start" });
  }
}
