// The wall shows the time and loads itself anew; a failed load, or a session that has ended, leaves
// the last figures standing.

const REFRESH_MS = 60_000;

/** Shows the portal's time, whatever zone the screen's machine is set to. */
function ticker(clock) {
  const format = new Intl.DateTimeFormat("zh-CN", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: clock.dataset.wallClock || undefined,
  });
  return () => {
    clock.textContent = format.format(new Date());
  };
}

/** The session has ended: the figures stay with their time, and a line says how to go on. */
function sayOver() {
  document.querySelector("[data-wall-over]").hidden = false;
}

async function reloadWhenReachable() {
  try {
    // A redirect leads to the sign-in page: loading it would take the last figures off the wall.
    const answer = await fetch(location.href, {
      method: "HEAD",
      cache: "no-store",
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect") sayOver();
    else if (answer.ok) location.reload();
  } catch (error) {
    console.warn("the wall keeps its figures until the server answers", error);
  }
}

export function runWall() {
  const clock = document.querySelector("[data-wall-clock]");
  if (!clock) return;
  const tick = ticker(clock);
  tick();
  setInterval(tick, 1000);
  setInterval(reloadWhenReachable, Number(document.body.dataset.refreshMs) || REFRESH_MS);
}
