// Failed htmx requests say what happened and how to go on; what was typed stays on the page.

const region = () => document.getElementById("request-failure");

function show(key) {
  const target = region();
  if (!target) return;
  target.querySelectorAll("[data-failure]").forEach((line) => {
    line.hidden = line.dataset.failure !== key;
  });
  target.hidden = false;
}

function hide() {
  const target = region();
  if (target) target.hidden = true;
}

function keyFor(status) {
  if (status === 403) return "forbidden";
  if (status === 404) return "gone";
  if (status === 409) return "conflict";
  if (status === 429) return "wait";
  return "server";
}

/** An expired session answers a partial request with the login page: go there as a whole page. */
function leaveForLogin(event) {
  const address = new URL(event.detail.xhr.responseURL || location.href, location.href);
  const login = document.body.dataset.loginUrl;
  if (!login || address.pathname !== login || location.pathname === login) return;
  event.detail.shouldSwap = false;
  location.assign(`${login}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

export function listenForFailures() {
  document.body.addEventListener("htmx:beforeSwap", leaveForLogin);
  document.body.addEventListener("htmx:responseError", (event) => {
    show(keyFor(event.detail.xhr.status));
  });
  document.body.addEventListener("htmx:sendError", () => show("offline"));
  document.body.addEventListener("htmx:timeout", () => show("offline"));
  document.body.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.xhr.status < 400) hide();
  });
}
