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
