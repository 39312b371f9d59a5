// Small enhancements, hooked by data-* and delegated, so that they also work in swapped fragments.
// Every page works without this file.
const root = document.documentElement;
const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Calls `act(element, event)` when `type` happens on or inside an element that matches. */
function on(type, selector, act) {
  document.addEventListener(type, (event) => {
    const element = event.target.closest?.(selector);
    if (element) act(element, event);
  });
}

// Theme: shown at once, and kept by the server for the next page.
on("submit", "[data-theme-form]", (form, event) => {
  event.preventDefault();
  const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  root.dataset.bsTheme = theme;
  dispatchEvent(new Event("themechosen"));
  const body = new FormData(form);
  body.set("theme", theme);
  fetch(form.action, { method: "POST", body });
});

on("click", "[data-print]", () => print());

on("click", "[data-copy]", async (button) => {
  const source = find(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  if (button.dataset.copied) say(button.dataset.copied);
});

on("input", "[data-count]", (field) => { find(field.dataset.count).textContent = field.value.length; });

// Waiting: the button that was pressed says what it is doing, and cannot be pressed twice.
const labels = new Map();
on("submit", "form", (form, event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button?.dataset.busy) return;
  if (labels.has(button)) { event.preventDefault(); return; }
  labels.set(button, [...button.childNodes]);
  button.ariaDisabled = "true";
  const spinner = Object.assign(document.createElement("span"), { className: "spin" });
  button.replaceChildren(spinner, button.dataset.busy);
});
addEventListener("pageshow", () => labels.forEach((label, button) => {
  button.replaceChildren(...label);
  button.ariaDisabled = null;
  labels.delete(button);
}));

// Choosing several rows: the bar that acts on them appears with the first one.
function showChosen(form) {
  const boxes = findAll(`input[type=checkbox][name="${form.dataset.bulk}"]:enabled`, form);
  const chosen = boxes.filter((box) => box.checked).length;
  findAll("[data-bulk-count]", form).forEach((count) => { count.textContent = chosen; });
  findAll("[data-bulk-bar]", form).forEach((bar) => { bar.hidden = chosen === 0; });
  findAll("[data-bulk-all]", form).forEach((all) => {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  });
}
on("change", "form[data-bulk]", (form, event) => {
  if (event.target.matches("[data-bulk-all]")) {
    const boxes = findAll(`input[type=checkbox][name="${form.dataset.bulk}"]:enabled`, form);
    boxes.forEach((box) => { box.checked = event.target.checked; });
  }
  showChosen(form);
});
on("reset", "form[data-bulk]", (form) => setTimeout(() => showChosen(form)));

// Ordering: each step moves by its own buttons; the new place is announced.
on("click", "[data-order] [data-move]", (button, event) => {
  event.preventDefault();
  const list = button.closest("[data-order]");
  const item = button.closest("li");
  const isUp = Number(button.dataset.move) < 0;
  const neighbor = isUp ? item.previousElementSibling : item.nextElementSibling;
  if (!neighbor) return;
  if (isUp) neighbor.before(item); else neighbor.after(item);
  const items = findAll("li", list);
  items.forEach((each, place) => { find(".order-n", each).textContent = place + 1; });
  const status = find("[data-order-status]", list.parentElement);
  status.textContent = status.dataset.text.replace("{n}", items.indexOf(item) + 1);
  button.focus();
});

// Tabs: arrow keys move, the panel of the chosen tab shows.
function chooseTab(tab) {
  const tabs = findAll("[role=tab]", tab.closest("[role=tablist]"));
  tabs.forEach((each) => {
    const isChosen = each === tab;
    each.setAttribute("aria-selected", isChosen);
    each.tabIndex = isChosen ? 0 : -1;
    document.getElementById(each.getAttribute("aria-controls")).classList.toggle("active", isChosen);
  });
}
on("click", "[data-tabs] [role=tab]", chooseTab);
on("keydown", "[data-tabs] [role=tab]", (tab, event) => {
  const tabs = findAll("[role=tab]", tab.closest("[role=tablist]"));
  const places = { ArrowLeft: tabs.indexOf(tab) - 1, ArrowRight: tabs.indexOf(tab) + 1, Home: 0, End: -1 };
  if (!(event.key in places)) return;
  event.preventDefault();
  const next = tabs.at(places[event.key] % tabs.length);
  chooseTab(next);
  next.focus();
});

// Shortcuts of the players: 1–5 choose, H goes to the hint (a hint costs, so the key takes none), and
// Ctrl or ⌘ + Enter sends what is written.
// Single keys never fire while somebody types, and not at all where data-shortcuts is "off".
const TYPING = "input:not([type=radio], [type=checkbox], [type=submit], [type=button]), textarea, select, [contenteditable]";

addEventListener("keydown", (event) => {
  const isWriting = event.target.closest?.(TYPING);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    isWriting?.form?.requestSubmit();
    return;
  }
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (document.body.dataset.shortcuts === "off") return;
  if (/^[1-5]$/.test(event.key)) {
    const choice = find(`[data-key="${event.key}"]:not(:disabled)`);
    choice?.focus();
    choice?.click();
  }
  if (event.key.toLowerCase() === "h") {
    find("[data-hint]")?.focus();
  }
});

// Toasts: those of the server are on the page already; other scripts ask by the event "toast".
const CALM_TOAST_MS = 10_000;
function say(text) {
  const toast = find("#toast-pattern").content.firstElementChild.cloneNode(true);
  find("[data-toast-text]", toast).textContent = text;
  find("#toasts").append(toast);
}
document.addEventListener("toast", (event) => say(event.detail));
on("click", "[data-dismiss]", (button) => button.closest(".toast").remove());
findAll("#toasts [data-calm]").forEach((toast) => {
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, CALM_TOAST_MS) : toast.remove());
  setTimeout(leave, CALM_TOAST_MS);
});

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.body.dataset.csrf;
});

// What must be in view or in focus, now and after each swap of a fragment.
function stayAtEnd(box) {
  new ResizeObserver(() => { box.scrollTop = box.scrollHeight; }).observe(box);
}
function settle(fragment) {
  findAll("[data-scroll-end]", fragment).forEach(stayAtEnd);
  find("[data-focus]", fragment)?.focus();
}
document.addEventListener("swapped", (event) => settle(event.detail));
document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
findAll("[data-scroll-end]").forEach(stayAtEnd);
findAll("form[data-bulk]").forEach(showChosen);
find("[data-autofocus]")?.focus();

// Answers that an earlier page could not send are sent from whichever page comes next.
const { saving, reader } = document.body.dataset;
try {
  if (saving && Object.keys(localStorage).some((key) => key.startsWith(`keep:${reader}:`))) import(saving);
} catch { /* nothing is stored where storage is refused */ }
