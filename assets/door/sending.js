// Sends what was scanned, each once: a nonce that arrives twice is one scan.

export class Sending {
  constructor({ store, address, onChange }) {
    Object.assign(this, { store, address, onChange });
    this.busy = false;
  }

  /** Everything unsent, the oldest first; stops at the first that finds no network. */
  async run() {
    if (this.busy) return;
    this.busy = true;
    try {
      const roster = await this.store.roster();
      const unsent = (await this.store.scans()).filter((scan) => scan.state === "unsent");
      for (const scan of roster ? unsent : []) {
        await this.store.keep(await this.sent(roster, scan));
        this.onChange();
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      console.info("no network; the scans stay on this device", error);
    } finally {
      this.busy = false;
    }
  }

  async sent(roster, scan) {
    const answer = await fetch(this.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Device ${roster.token}` },
      credentials: "omit",
      body: JSON.stringify({
        token: scan.token,
        nonce: scan.nonce,
        direction: scan.direction,
        at: scan.at,
        source: scan.source,
        signature: scan.signature,
      }),
    });
    if (answer.status === 201) return { ...scan, state: "sent", reason: "" };
    // A server in trouble is asked again; a refusal waits for a person.
    if (answer.status >= 500 || answer.status === 429) throw new TypeError(`${answer.status}`);
    const said = await answer.json();
    return { ...scan, state: "refused", reason: said.errors[0].detail };
  }
}
