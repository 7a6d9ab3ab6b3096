// Keeps the offline page of a door on the device: its address and what it is drawn with, no data.
const CACHE = "door-1";
const PAGE = /^\/door\/\d+\/offline\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (PAGE.test(pathname)) event.respondWith(fresh(event.request));
  else if (pathname.startsWith("/static/")) event.respondWith(kept(event.request));
});

/** From the network; what was kept where there is none, or where one is asked to sign in. */
async function fresh(request) {
  const cache = await caches.open(CACHE);
  const before = await cache.match(request, { ignoreSearch: true });
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    else if (before) return before;
    return answer;
  } catch (error) {
    if (before) return before;
    throw error;
  }
}

/** Files whose names change with their content. */
async function kept(request) {
  const cache = await caches.open(CACHE);
  const before = await cache.match(request);
  if (before) return before;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
