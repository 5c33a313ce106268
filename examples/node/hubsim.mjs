// Gives every test a sandbox of its own: the whole demo organisation, which nobody else changes.

const HUBSIM = process.env.HUBSIM_URL; // set by `hubsim exec`
let number = 0;

export class Sandbox {
  // The token alone creates the sandbox; the clock stands, so that every run is the same.
  static async create() {
    const sandbox = new Sandbox(`node-${process.pid}-${++number}`);
    await sandbox.call("PUT", "/_sim/v1/clock", { mode: "frozen" });
    return sandbox;
  }

  constructor(name) {
    this.name = name;
  }

  // Calls hubsim as a full administrator, and complains of what is refused.
  async call(method, path, body) {
    const answer = await fetch(HUBSIM + path, {
      method,
      headers: {
        Authorization: `Bearer full-admin.${this.name}`,
        ...(body && { "Content-Type": "application/json" }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }

  async delete() {
    await this.call("DELETE", `/_sim/v1/sandboxes/${this.name}`);
  }
}
