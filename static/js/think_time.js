// Lets the caller speak again once the think-time of a moment is over; nothing is counted down.
//
//   <div data-wait="40">          how many seconds the caller waits
//   <li data-wait-line hidden>    what they say then
//   <p role="status" data-wait-status>  where that is announced, so that the focus stays put
//   <input name="waited">         set to 1, so that it goes with the answer
//
// Time passes only while the page is in view and no answer is on its way: a call coming in, a pause
// or a lost network keep nobody waiting. A fragment that is swapped in for the same answer
// (a hint, a mended field) goes on where it was.

const STEP_MS = 1000;
let seq = null;
let passedMs = 0;
let last = performance.now();

function pass() {
  const now = performance.now();
  const stepMs = Math.min(now - last, 2 * STEP_MS); // a computer that slept has not waited
  last = now;
  const form = document.querySelector("form.reply");
  const wait = form?.querySelector("[data-wait]");
  if (!wait) return;
  if (form.dataset.seq !== seq) [seq, passedMs] = [form.dataset.seq, 0];
  if (document.visibilityState !== "visible" || form.ariaBusy === "true") return;
  passedMs += stepMs;
  if (passedMs >= Number(wait.dataset.wait) * STEP_MS) speak(form);
}

function speak(form) {
  const field = form.elements.waited;
  if (field.value) return;
  field.value = "1";
  const line = document.querySelector("[data-wait-line]");
  if (!line) return;
  line.hidden = false;
  line.scrollIntoView({ block: "nearest" });
  document.querySelector("[data-wait-status]").textContent = line.textContent.trim();
}

setInterval(pass, STEP_MS);
