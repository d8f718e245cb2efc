// What this browser keeps: its token for this window alone, and what is half written, by session and place.

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

export class Store {
  place = "";

  get token() {
    return kept(sessionStorage, `crisis-sim/token${location.pathname}`) ?? "";
  }

  set token(token) {
    keep(sessionStorage, `crisis-sim/token${location.pathname}`, token);
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
  moveTo(place, { due, talks }) {
    const from = `crisis-sim/${this.place}/`;
    const told = Math.min(this.read("told", 0), due);
    const goesAlong = [/^(sheet|drafts?) /, ...talks.map(({ number }) => new RegExp(`^talk ${number}$`))];
    this.place = place;
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
