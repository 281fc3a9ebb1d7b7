// Steps on their way to the kernel. This browser keeps each until the kernel has it on disk: a kernel that dies
// meanwhile loses nothing, and the next one is sent what is left.

const WAIT = 5000; // milliseconds after which the page says that the kernel does not answer

class Outbox {
  /** `place` names the sheet among all that this browser may have open. */
  constructor(model, place, changed) {
    this.model = model;
    this.key = `claimbook-workbench:${place}`;
    this.changed = changed;
    this.late = false;
    this.waiting = this.read();
    this.awaited = new Map(); // what is done when a step has been taken, by its id
    this.receive = (message) => {
      if (!Array.isArray(message.taken)) return;
      const taken = new Set(message.taken);
      this.waiting = this.waiting.filter((step) => !taken.has(step.id));
      this.keep();
      this.arm();
      for (const id of taken) {
        this.awaited.get(id)?.();
        this.awaited.delete(id);
      }
    };
    model.on("msg:custom", this.receive);
    for (const step of this.waiting) this.post(step);
    this.arm();
  }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return []; // a browser that keeps nothing
    }
  }

  keep() {
    try {
      if (this.waiting.length) localStorage.setItem(this.key, JSON.stringify(this.waiting));
      else localStorage.removeItem(this.key);
    } catch { /* a browser that keeps nothing */ }
  }

  /** Send a step; one that changes nothing on disk is not kept. `done` is called when it has been taken. */
  send(step, kept = true, done = null) {
    const whole = { id: newKey(), ...step };
    if (done) this.awaited.set(whole.id, done);
    if (kept) {
      this.waiting.push(whole);
      this.keep();
    }
    this.post(whole);
    this.arm();
  }

  post(step) {
    try {
      this.model.send(step);
    } catch { /* the kernel is gone: the step waits */ }
  }

  /** Wait for an answer anew. */
  arm() {
    clearTimeout(this.timer);
    this.late = false;
    if (this.waiting.length) {
      this.timer = setTimeout(() => { this.late = true; this.changed(); }, WAIT);
    }
    this.changed();
  }

  close() {
    clearTimeout(this.timer);
    this.model.off("msg:custom", this.receive);
  }
}
