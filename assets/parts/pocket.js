// Has a worker keep the volunteer's codes on this telephone, and takes them off at sign-out.

const CACHE = "own-codes";

export async function keepCodes(worker) {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registered = await navigator.serviceWorker.register(worker, { scope: "/own/" });
    const keeper = registered.installing || registered.waiting || registered.active;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => say(data);
    keeper.postMessage({}, [port2]);
  } catch (error) {
    console.info("codes are not kept on this device", error);
  }
}

function say({ error }) {
  if (error) return console.info("codes are not kept on this device", error);
  document.body.dataset.codesKept = "";
  for (const note of document.querySelectorAll("[data-kept-note]")) note.hidden = false;
  return undefined;
}

export async function forgetCodes() {
  if ("caches" in window) await caches.delete(CACHE);
}
