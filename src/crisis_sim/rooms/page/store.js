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

  /** Another place, to which what is half written goes along. */
  moveTo(place) {
    const from = `crisis-sim/${this.place}/`;
    this.place = place;
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(from))) {
      const name = key.slice(from.length);
      if (/^(sheet|drafts?) /.test(name)) this.write(name, kept(localStorage, key));
    }
  }

  read(name, otherwise) {
    return kept(localStorage, `crisis-sim/${this.place}/${name}`) ?? otherwise;
  }

  write(name, value) {
    keep(localStorage, `crisis-sim/${this.place}/${name}`, value);
  }
}
