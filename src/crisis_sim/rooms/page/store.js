// What this browser keeps: its seats, of which each tab has one, and what is half written, by session and place.

function kept(where, key) {
  try {
    return JSON.parse(where.getItem(key));
  } catch {
    return null;
  }
}

function keep(where, key, value) {
  try {
    if (value === null || value === "") where.removeItem(key);
    else where.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing forgets it when it is reloaded.
  }
}

const SEATS = "crisis-sim/seats";
const ANSWERS = 250; // milliseconds in which other tabs say which seats are open in them

export class Store {
  place = "";

  constructor() {
    this.path = location.pathname;
    this.key = `crisis-sim/seat${this.path}`;
    this.id = kept(sessionStorage, this.key) ?? "";
    this.memory = {}; // for a browser that keeps nothing
    this.channel = new BroadcastChannel("crisis-sim");
    this.isOpen = () => false; // whether the seat of this tab is in use here
    this.channel.addEventListener("message", ({ data }) => {
      if (data.asks && this.id && this.isOpen()) this.channel.postMessage({ open: this.id });
    });
  }

  get #all() {
    return { ...this.memory, ...kept(localStorage, SEATS) };
  }

  #write(id, seat) {
    const all = { ...kept(localStorage, SEATS), [id]: seat };
    if (!seat) delete all[id];
    this.memory = seat ? { [id]: seat } : {};
    keep(localStorage, SEATS, Object.keys(all).length ? all : null);
  }

  /** The seats of this browser at this page, by the names that tabs have for them. */
  get seats() {
    return Object.entries(this.#all).filter(([, seat]) => seat.path === this.path).map(([id, seat]) => ({ id, ...seat }));
  }

  /** Which seats are open in other tabs now. */
  async openSeats() {
    const open = new Set();
    const hear = ({ data }) => data.open && open.add(data.open);
    this.channel.addEventListener("message", hear);
    this.channel.postMessage({ asks: true });
    await new Promise((resolve) => setTimeout(resolve, ANSWERS));
    this.channel.removeEventListener("message", hear);
    return open;
  }

  /** Let this tab have a seat of this browser. */
  take(id) {
    this.id = id;
    keep(sessionStorage, this.key, id);
  }

  get token() {
    return this.#all[this.id]?.token ?? "";
  }

  set token(token) {
    if (!this.id) this.take(crypto.getRandomValues(new Uint32Array(2)).join("-"));
    this.#write(this.id, { path: this.path, places: [], ...this.#all[this.id], token });
  }

  /** Sit at a place of a session, under a name by which people know it. */
  sit(place, name) {
    this.place = place;
    const seat = this.#all[this.id];
    if (seat && !(seat.name === name && seat.places.includes(place))) {
      this.#write(this.id, { ...seat, name, places: [...new Set([...seat.places, place])] });
    }
  }

  /** Forget the seat of this tab and everything that was half written at it. */
  wipe() {
    for (const place of new Set([this.place, ...(this.#all[this.id]?.places ?? [])])) this.#remove(`crisis-sim/${place}/`);
    if (this.id) this.#write(this.id, null);
    keep(sessionStorage, this.key, null);
    this.pending = null;
    this.id = "";
  }

  /** Forget what is half written at this place; play is over. */
  wipeDrafts() {
    this.#remove(`crisis-sim/${this.place}/`, /^(sheet|drafts?) /);
  }

  #remove(start, wanted = /^/) {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(start) && wanted.test(key.slice(start.length))) localStorage.removeItem(key);
    }
  }

  get language() {
    return kept(localStorage, "crisis-sim/language");
  }

  set language(language) {
    keep(localStorage, "crisis-sim/language", language);
  }

  /** What was asked for and has no answer. */
  get pending() {
    return kept(sessionStorage, "crisis-sim/pending");
  }

  set pending(pending) {
    keep(sessionStorage, "crisis-sim/pending", pending);
  }

  /** Another place, to which what is half written goes along, and how far we have come with what stands there too. */
  moveTo(place, name, { announcement_number: due, talks }) {
    const from = `crisis-sim/${this.place}/`;
    const told = Math.min(this.read("told", 0), due);
    const goesAlong = [/^(sheet|drafts?) /, ...talks.map(({ number }) => new RegExp(`^talk ${number}$`))];
    this.sit(place, name);
    this.write("told", told);
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(from))) {
      const name = key.slice(from.length);
      if (goesAlong.some((each) => each.test(name))) this.write(name, kept(localStorage, key));
    }
  }

  read(name, otherwise) {
    return kept(localStorage, `crisis-sim/${this.place}/${name}`) ?? otherwise;
  }

  write(name, value) {
    keep(localStorage, `crisis-sim/${this.place}/${name}`, value);
  }
}
