// Runs before the first paint: turns the theme "auto" into the device's own, and follows it.
(() => {
  const root = document.documentElement;
  if (root.dataset.bsTheme !== "auto") return;
  const device = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => { root.dataset.bsTheme = device.matches ? "dark" : "light"; };
  device.addEventListener("change", follow);
  addEventListener("themechosen", () => device.removeEventListener("change", follow), { once: true });
  follow();
})();
