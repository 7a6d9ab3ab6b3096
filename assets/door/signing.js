// Scans are signed when they are made, with a key that this browser never gives out again.

const HMAC = { name: "HMAC", hash: "SHA-256" };
// In this order, one a line: volunteers/checkins/summary/signing.py.
const PARTS = ["nonce", "token", "direction", "at", "source"];

export function signingKey(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, HMAC, false, ["sign"]);
}

export async function signed(key, scan) {
  const text = PARTS.map((part) => scan[part]).join("\n");
  const seal = await crypto.subtle.sign(HMAC, key, new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(seal)));
}
