// Requests to the server, with the few ways in which they can end.

const TIMEOUT_MS = 20_000;
// Browsers refuse larger bodies of requests that outlive their page; a letter is up to 3 bytes.
const MOST_KEPT_ALIVE = 20_000;

/** `kind`: offline, signed-out, other-user, forbidden, refused (with `errors`), server. */
export class WireError extends Error {
  constructor(kind, errors = []) {
    super(errors.map((each) => each.detail).join(" ") || kind);
    this.kind = kind;
    this.errors = errors;
  }
}

// Signing in again changes the token, so that of the page may be stale.
function csrfToken() {
  const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  if (cookie) return decodeURIComponent(cookie[1]);
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
}

async function judge(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new WireError("signed-out");
  const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  const said = isJson ? await answer.json() : null;
  if (answer.ok && said) return said;
  const errors = (said && said.errors) || [];
  if (errors.some((each) => each.code === "other_user")) throw new WireError("other-user");
  // Rights come and go, and a stale token looks the same: neither is for ever.
  if (answer.status === 403 || answer.status === 404) throw new WireError("forbidden", errors);
  if (errors.length > 0 && answer.status < 500) throw new WireError("refused", errors);
  throw new WireError("server", errors);
}

/** Asks as the user whom the page was made for; the answer's JSON. Raises `WireError`. */
export class Wire {
  constructor(user) {
    this.user = user;
  }

  /** `byItself`: nobody did anything, so that it keeps no session alive. */
  get(url, { signal, byItself = false } = {}) {
    return this.ask(url, { signal, byItself });
  }

  post(url, body, { keepalive = false } = {}) {
    const text = JSON.stringify(body);
    const lasting = keepalive && text.length <= MOST_KEPT_ALIVE;
    return this.ask(url, { method: "POST", body: text, keepalive: lasting });
  }

  async ask(url, { signal, byItself, ...options }) {
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(), TIMEOUT_MS);
    if (signal) signal.addEventListener("abort", () => clock.abort());
    const headers = { Accept: "application/json", "X-Desk-User": this.user };
    if (byItself) headers["X-By-Itself"] = "1";
    if (options.method === "POST") {
      headers["Content-Type"] = "application/json";
      headers["X-CSRFToken"] = csrfToken();
    }
    try {
      const answer = await fetch(url, {
        ...options,
        headers,
        signal: clock.signal,
        redirect: "manual",
        cache: "no-store",
      });
      return await judge(answer);
    } catch (error) {
      if (error instanceof WireError || (signal && signal.aborted)) throw error;
      // fetch fails by TypeError without a network, by AbortError at the time-out.
      throw new WireError("offline");
    } finally {
      clearTimeout(timer);
    }
  }
}
