// The wall shows the time and loads itself anew; a failed load leaves the last figures standing.

const REFRESH_MS = 60_000;

function tick(clock) {
  const now = new Date();
  const pad = (number) => String(number).padStart(2, "0");
  clock.textContent = `${pad(now.getHours())}:${pad(now.getMinutes())}`;
}

async function reloadWhenReachable() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    if (answer.ok) location.reload();
  } catch (error) {
    console.warn("the wall keeps its figures until the server answers", error);
  }
}

export function runWall() {
  const clock = document.querySelector("[data-wall-clock]");
  if (!clock) return;
  tick(clock);
  setInterval(() => tick(clock), 1000);
  setInterval(reloadWhenReachable, Number(document.body.dataset.refreshMs) || REFRESH_MS);
}
