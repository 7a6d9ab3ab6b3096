// What both workers do: pages and what they are drawn with stay on the device for when there is no
// network. Nothing is shown from the device while the network answers in time.

// A line so slow is as good as none where something was kept.
const PATIENCE_MS = 4000;
// Beside each page its parts, under an address that no server has.
const LIST = "?kept-parts";

const inTime = (promise) =>
  new Promise((resolve, reject) => {
    setTimeout(() => reject(new TypeError("no answer in time")), PATIENCE_MS);
    promise.then(resolve, reject);
  });

/** The network's answer; what was kept where there is none in time; without either the failure. */
export async function freshElseKept(name, request) {
  const before = await (await caches.open(name)).match(request, { ignoreVary: true });
  try {
    return await (before ? inTime(fetch(request)) : fetch(request));
  } catch (error) {
    if (before) return before;
    throw error;
  }
}

/** Keeps a page's answer with its parts (addresses), and drops parts that no kept page needs. */
export async function keepPage(name, page, answer, parts) {
  const cache = await caches.open(name);
  // The page first: it is what changes, and the network may be gone in a moment.
  await cache.put(page, answer);
  await cache.put(page + LIST, new Response(JSON.stringify(parts)));
  await Promise.all(parts.map((part) => keepPart(cache, part)));
  await dropUnneeded(cache);
}

/** Takes a page off the device, with the parts that it alone needed. */
export async function forgetPage(name, page) {
  const cache = await caches.open(name);
  await Promise.all([cache.delete(page), cache.delete(page + LIST)]);
  await dropUnneeded(cache);
}

/** Answers a page's message once the work is done, with what went wrong if anything did. */
export function answer(event, work) {
  const [port] = event.ports;
  const said = work.then(
    () => port.postMessage({}),
    (error) => port.postMessage({ error: String(error) }),
  );
  event.waitUntil(said);
}

async function keepPart(cache, part) {
  const answer = await fetch(part);
  if (!answer.ok) throw new Error(`${part} answers ${answer.status}`);
  await cache.put(part, answer);
}

async function dropUnneeded(cache) {
  const kept = await cache.keys();
  const needed = new Set();
  for (const request of kept.filter(({ url }) => url.endsWith(LIST))) {
    needed.add(request.url).add(request.url.slice(0, -LIST.length));
    const parts = await (await cache.match(request)).json();
    for (const part of parts) needed.add(new URL(part, self.location.origin).href);
  }
  await Promise.all(kept.filter(({ url }) => !needed.has(url)).map((each) => cache.delete(each)));
}
