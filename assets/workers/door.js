// Keeps the offline page of a door on the device: its address and what it is drawn with, no data.
import { answer, forgetPage, freshElseKept, keepPage } from "./keeping.js";

const CACHE = "door-2";
const PAGE = /^\/door\/\d+\/offline\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (PAGE.test(pathname)) event.respondWith(pageOf(event.request));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(freshElseKept(CACHE, event.request));
  }
});

self.addEventListener("message", (event) => {
  const { keep, forget, parts } = event.data;
  answer(event, forget ? forgetPage(CACHE, forget) : kept(keep, parts));
});

async function kept(path, parts) {
  const page = await fetch(path);
  if (!page.ok || page.redirected) throw new Error(`the page answers ${page.status}`);
  await keepPage(CACHE, path, page, parts);
}

async function begin() {
  await self.clients.claim();
  const old = (await caches.keys()).filter((name) => /^door-\d+$/.test(name) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** Also what was kept where one is asked to sign in: scans need no session, only the page. */
async function pageOf(request) {
  const page = await freshElseKept(CACHE, request);
  const asksToSignIn = page.redirected || page.type === "opaqueredirect";
  const { pathname } = new URL(request.url);
  const before = asksToSignIn && (await (await caches.open(CACHE)).match(pathname));
  return before || page;
}
