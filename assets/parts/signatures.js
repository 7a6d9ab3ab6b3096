// What the code on a certificate says, checked by the browser itself: the fragment of the address, or
// what was pasted, is KEY.PAYLOAD.SIGNATURE, an Ed25519 signature over SHA-256 of "CODE.PAYLOAD".
// No word of the server is needed once the page and its keys are here.

function bytesOf(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

// From an address, or what of it was scanned, to its parts; null where it is none.
function partsOf(text, code) {
  const [before, fragment] = text.trim().split("#");
  const found = code || before.match(/verify\/([A-Za-z0-9_-]{22,})\/?$/)?.[1];
  const parts = fragment?.split(".") ?? [];
  return found && parts.length === 3 ? { code: found, parts } : null;
}

async function signed({ code, parts }, keys) {
  const [id, payload, signature] = parts;
  if (!Object.hasOwn(keys, id)) return false;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${code}.${payload}`));
  const key = await crypto.subtle.importKey("raw", bytesOf(keys[id]), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, bytesOf(signature), digest);
}

function showFacts(place, payload, labels) {
  const [, number, name, minutes, from, to, unit, issued, records] = JSON.parse(
    new TextDecoder().decode(bytesOf(payload)),
  );
  const values = [number, name, (minutes / 60).toFixed(1), from, to, unit, issued, records];
  place.replaceChildren(
    ...values.flatMap((value, index) => {
      const label = document.createElement("dt");
      const text = document.createElement("dd");
      label.textContent = labels[index];
      text.textContent = value;
      return [label, text];
    }),
  );
  place.hidden = false;
}

async function check(place, text) {
  const said = place.querySelector("[data-signature-said]");
  const facts = place.querySelector("[data-signature-facts]");
  const say = (word) => {
    said.textContent = place.dataset[word];
    said.dataset.signatureSaid = word;
    said.hidden = false;
  };
  facts.hidden = true;
  const read = partsOf(text, place.dataset.code);
  if (!read) return say("unreadable");
  try {
    if (!(await signed(read, JSON.parse(place.dataset.keys)))) return say("bad");
    showFacts(facts, read.parts[1], place.dataset.labels.split("|"));
    return say("good");
  } catch (error) {
    // A signature that is no base64 is a bad one; a browser without Ed25519, or a page that did not
    // come over https, cannot tell at all.
    return say(error instanceof DOMException && error.name === "InvalidCharacterError" ? "bad" : "unable");
  }
}

export function checkSignatures(place) {
  if (place.dataset.code) {
    // Who typed the address has no signature to check; the portal's answer stands alone then.
    if (location.hash.length > 1) check(place, location.href);
    return;
  }
  const field = document.querySelector("[data-signature-text]");
  const checkField = () => {
    if (field.value.trim()) check(place, field.value);
  };
  field.addEventListener("input", checkField);
  // What was pasted before this script was here.
  checkField();
  place.dataset.signatureReady = "";
}
