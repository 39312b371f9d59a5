// Reads the caller's newest line aloud, for those who turn it on; the words are always on the page.
//
//   <button data-voice aria-pressed="false" hidden>…</button>  in the bar
//   <li data-line>  the newest line of the caller
//
// The button stays hidden where the browser has no speech. The choice is remembered in this browser.

const KEY = `voice:${document.body.dataset.reader}`;
const button = document.querySelector("[data-voice]");
let isOn = remembered();

function remembered() {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false; // nothing is stored where storage is refused
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, isOn ? "on" : "off");
  } catch { /* it holds for this page only */ }
}

function speak(part) {
  speechSynthesis.cancel();
  const words = part.querySelector("[data-line] p")?.textContent;
  if (!isOn || !words) return;
  const line = new SpeechSynthesisUtterance(words);
  line.lang = document.documentElement.lang;
  speechSynthesis.speak(line);
}

if (button && "speechSynthesis" in window) {
  button.hidden = false;
  button.ariaPressed = String(isOn);
  button.addEventListener("click", () => {
    isOn = !isOn;
    button.ariaPressed = String(isOn);
    remember();
    speak(document);
  });
  document.addEventListener("swapped", (event) => speak(event.detail));
  addEventListener("pagehide", () => speechSynthesis.cancel());
  speak(document);
}
