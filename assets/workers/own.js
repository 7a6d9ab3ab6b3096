// Keeps a volunteer's codes on the telephone: the door is where the network is worst.
import { answer, freshElseKept, keepPage } from "./keeping.js";

// The page of sign-out drops it by this name: assets/parts/pocket.js.
const CACHE = "own-codes";
const CODES = "/own/codes/";
const PART = /(?:href|src)="(\/static\/[^"]+)"/g;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => answer(event, keepCodes()));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(pageElseCodes(event.request));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(freshElseKept(CACHE, event.request));
  }
});

/** Those of who is signed in now, in the place of what was there; no session is kept alive by it. */
async function keepCodes() {
  const page = await fetch(CODES, { headers: { "X-By-Itself": "1" } });
  if (!page.ok || page.redirected) throw new Error(`the codes answer ${page.status}`);
  const text = await page.clone().text();
  const parts = [...text.matchAll(PART)].map((found) => found[1]);
  await keepPage(CACHE, CODES, page, [...new Set(parts)]);
}

/** Whatever page of one's own was asked for: without network there are the codes. */
async function pageElseCodes(request) {
  try {
    const page = await freshElseKept(CACHE, request);
    // What somebody has just looked at is kept before they have seen it.
    const isCodes = new URL(request.url).pathname === CODES;
    if (isCodes && page.ok && !page.redirected) {
      await (await caches.open(CACHE)).put(CODES, page.clone());
    }
    return page;
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(CODES);
    if (kept) return kept;
    throw error;
  }
}
