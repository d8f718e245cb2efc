// The line to the host: it comes back by itself, and what was asked for and not answered is sent again under its name.

const SILENT = 8000;
const SOON = 1500; // in which a line that holds says so, once it is asked
const LATEST = 1000;
const PACE = 15; // messages in a second

/** A seat's line; `heard` takes each message, `changed` is called when its state is another one. */
export class Line {
  constructor(store, heard, changed) {
    Object.assign(this, { store, heard, changed, state: "", why: "", code: "", wait: 100, socket: null, watch: null, waits: [], times: [], next: null, again: null, isStopped: false });
  }

  get isKnown() {
    return Boolean(this.store.token);
  }

  /** Open it, with a code if there is no token yet. */
  open(language, code = "") {
    this.language = language;
    this.code = code;
    this.#become(this.state === "live" ? "lost" : "joining");
    this.#connect();
  }

  /** Open it anew in another language. */
  speak(language) {
    this.language = language;
    this.socket?.close();
  }

  /** The page was asleep, or its network away: ask whether the line still holds, or come back at once. */
  wake() {
    if (this.state === "live") {
      this.send({ say: "still" });
      this.#stir(SOON);
    } else if (this.state === "lost") {
      this.wait = 100;
      this.#connect();
    }
  }

  /** Leave; the token opens the place again. */
  leave() {
    this.send({ say: "bye" });
  }

  /** Leave for good: this browser forgets its seat. */
  forget() {
    this.send({ say: "bye" });
    this.store.wipe();
    this.why = "forgotten";
    clearTimeout(this.watch);
    clearTimeout(this.again);
    const last = this.socket;
    this.socket = null;
    last?.close();
    this.#become("over");
  }

  /** Say it while there is a line, no more in a second than the host takes; of forms that wait, the newest alone. */
  send(message) {
    if (this.state !== "live") return;
    if (message.say === "fill") this.waits = this.waits.filter((each) => each.say !== "fill" || each.form !== message.form);
    this.waits.push(message);
    this.#flush();
  }

  #flush() {
    if (this.state !== "live") return;
    const now = performance.now();
    this.times = this.times.filter((then) => now - then < 1000);
    while (this.waits.length && this.times.length < PACE) {
      this.times.push(now);
      this.socket.send(JSON.stringify(this.waits.shift()));
    }
    clearTimeout(this.next);
    if (this.waits.length) this.next = setTimeout(() => this.#flush(), 1000 - (now - this.times[0]) + 1);
  }

  #connect() {
    clearTimeout(this.again);
    this.socket?.close();
    this.waits = [];
    this.times = [];
    this.isBack = Boolean(this.store.token);
    const socket = new WebSocket(new URL("line", location.href.replace(/^http/, "ws")));
    this.socket = socket;
    this.#stir(); // one that never opens says nothing either
    socket.onopen = () => {
      const who = this.store.token ? { token: this.store.token } : { code: this.code };
      socket.send(JSON.stringify({ say: "hello", v: 1, as: "page", language: this.language, ...who }));
      this.#stir();
    };
    socket.onmessage = (event) => {
      if (socket === this.socket) this.#hear(JSON.parse(event.data));
    };
    socket.onclose = () => {
      if (socket === this.socket) this.#closed();
    };
  }

  #hear(message) {
    this.#stir();
    const { socket } = this;
    if (message.say === "welcome") {
      if (message.token) {
        this.store.token = message.token;
        socket.send(JSON.stringify({ say: "still" })); // it has come: the code is of no more use
      }
      this.code = "";
      this.isStopped = false;
    } else if (message.say === "page") {
      this.wait = 100;
      this.heard(message);
      this.#become("live");
      return;
    } else if (message.say === "gone") {
      this.why = message.why;
      if (this.isBack && message.why === "credentials") this.why = "unknown"; // a token that no place of this exercise has
      if (["unknown", "removed", "over"].includes(this.why)) this.store.wipe();
      this.#become("over");
    } else if (message.say === "stopped") {
      this.isStopped = true;
      if (this.state === "live") this.#become("lost");
    }
    this.heard(message);
  }

  #closed() {
    clearTimeout(this.watch);
    if (this.state === "over") return;
    this.#become(this.state === "joining" && !this.store.token ? "joining" : "lost");
    this.again = setTimeout(() => this.#connect(), this.wait);
    this.wait = Math.min(this.wait * 1.7, LATEST);
  }

  /** Wait for a word; a line on which none comes is given up, and takes its time to close behind our back. */
  #stir(patience = SILENT) {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => {
      const silent = this.socket;
      this.socket = null;
      silent.close();
      this.#closed();
    }, patience);
  }

  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.changed();
  }
}
