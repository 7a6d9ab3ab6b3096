// "More" appends the next rows. Coming back to the page restores as many pages and the position:
// the number of pages and the scroll position live in the history entry, never in storage.

const MORE = "[data-more]";

const remember = (change) => {
  history.replaceState({ ...(history.state || {}), ...change }, "");
};

function focusFirstNew(target) {
  const first = target.querySelector("a[href], button, input");
  if (first) first.focus({ preventScroll: true });
}

/** Presses `button`; true when its rows are there and the next button works, false on failure. */
function loadNext(button) {
  const endings = ["htmx:afterSettle", "htmx:responseError", "htmx:sendError", "htmx:timeout"];
  return new Promise((resolve) => {
    const done = (event) => {
      if (event.detail.requestConfig.elt !== button) return;
      endings.forEach((name) => document.body.removeEventListener(name, done));
      resolve(event.type === endings[0]);
    };
    endings.forEach((name) => document.body.addEventListener(name, done));
    window.htmx.trigger(button, "click");
  });
}

async function restore({ more, scroll }) {
  for (let page = 0; page < more; page += 1) {
    const button = document.querySelector(MORE);
    if (!button || !(await loadNext(button))) break;
  }
  window.scrollTo({ top: scroll || 0, behavior: "auto" });
}

/** Calls `loaded(target)` once for each answer to a "more" button, with its first new part. */
function listenForLoaded(loaded) {
  const seen = new WeakSet();
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const { xhr, requestConfig, elt } = event.detail;
    if (!requestConfig.elt.matches(MORE) || seen.has(xhr)) return;
    seen.add(xhr);
    loaded(elt);
  });
}

export function rememberMore() {
  if (!document.querySelector(MORE)) return;
  const state = history.state || {};
  let pages = state.more || 0;
  let restoring = pages > 0;
  listenForLoaded((target) => {
    if (restoring) return;
    pages += 1;
    remember({ more: pages });
    focusFirstNew(target);
  });
  window.addEventListener("pagehide", () => remember({ scroll: window.scrollY }));
  if (!restoring) return;
  history.scrollRestoration = "manual";
  // htmx binds the button when the document is ready; it was asked to before this file was.
  document.addEventListener("DOMContentLoaded", async () => {
    await restore(state);
    restoring = false;
    history.scrollRestoration = "auto";
  });
}
