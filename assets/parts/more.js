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

function loadNext(button) {
  return new Promise((resolve) => {
    const done = (event) => {
      if (event.detail.elt !== button && document.contains(button)) return;
      document.body.removeEventListener("htmx:afterRequest", done);
      resolve(event.detail.successful);
    };
    document.body.addEventListener("htmx:afterRequest", done);
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

export function rememberMore() {
  if (!document.querySelector(MORE)) return;
  const state = history.state || {};
  const before = state.more || 0;
  let pages = before;
  let restoring = before > 0;
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const trigger = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!(trigger instanceof Element) || !trigger.matches(MORE) || restoring) return;
    pages += 1;
    remember({ more: pages });
    focusFirstNew(event.detail.elt);
  });
  window.addEventListener("pagehide", () => remember({ scroll: window.scrollY }));
  if (!restoring) return;
  history.scrollRestoration = "manual";
  restore(state).finally(() => {
    restoring = false;
    history.scrollRestoration = "auto";
  });
}
