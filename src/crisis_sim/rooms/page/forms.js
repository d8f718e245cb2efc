// Asks what a form asks: the question at hand large, what is answered above it. The host makes each form of the sheet.

import { button, element } from "./elements.js";
import { laidOut } from "./blocks.js";

const EARLY = 300; // milliseconds after a question appears in which no key answers it
const PAUSE = 3000; // after which letters that no field took begin another text

/** The panel of one form. `app` keeps the sheet, asks the host for the form, and does what it makes. */
export class FormPanel {
  constructor(app) {
    this.app = app;
    this.form = null;
    this.asked = ""; // the field that somebody opened again
    this.search = "";
    this.openGroups = new Set(); // groups of folded options that somebody has opened
    this.drawn = "";
    this.early = 0; // until when no key answers
    this.typedAhead = ""; // letters that came before the field that they are for
    this.typedAt = 0;
    this.hasMoved = false; // the focus is where somebody put it, and not where it began
    this.isPlacing = false;
    this.place = element("section", { class: "form", "aria-labelledby": "form-title", on: { focusin: () => { this.hasMoved ||= !this.isPlacing; } } });
  }

  /** Another form, with nothing asked, sought or typed ahead. */
  renew() {
    Object.assign(this, { asked: "", search: "", drawn: "", typedAhead: "", openGroups: new Set() });
  }

  /** Show a form; one that has not changed stays as it is, with what is typed and where the focus is. */
  show(form) {
    const told = JSON.stringify([form, this.asked, this.app.note]);
    if (told === this.drawn) return;
    const before = this.field?.name;
    const waited = this.form?.waits;
    const isNew = this.form?.name !== form.name;
    this.form = form;
    if (document.activeElement?.matches("textarea") && this.place.contains(document.activeElement) && this.drawn && this.field?.name === before && !this.app.note && !waited) return;
    const isOther = isNew || this.field?.name !== before || (this.app.note && this.app.note !== this.noted);
    const had = isOther ? null : this.#focused(); // another question is answered where it is asked
    this.noted = this.app.note;
    this.drawn = told;
    if (isOther && (form.fields.length || form.final)) this.#beEarly();
    this.#draw();
    this.#focus(had);
  }

  /** Keys that are on their way when a question appears were meant for the one before. */
  #beEarly() {
    this.early = performance.now() + EARLY;
    this.place.dataset.early = "true";
    clearTimeout(this.earlyEnds);
    this.earlyEnds = setTimeout(() => delete this.place.dataset.early, EARLY);
  }

  get #isEarly() {
    const { app } = this;
    const waits = app.filling === app.name && app.line.state === "live";
    return this.form?.name !== app.name || waits || performance.now() < this.early;
  }

  /** Whether a key comes too early for the question at hand, or is a letter for a text that is asked later. */
  keepsKey(event) {
    const { key } = event;
    const isEarly = this.#isEarly;
    if (key === "Enter") return isEarly;
    if (key.length !== 1) return false;
    if (this.form?.name === this.app.name && !this.form.fields.length) return isEarly && "early" in this.place.dataset;
    const presses = key === " " && this.hasMoved && event.target.matches?.("button, summary");
    if (!isEarly && (presses || /[0-9]/.test(key))) return false;
    const now = performance.now();
    this.typedAhead = (now - this.typedAt > PAUSE ? "" : this.typedAhead) + key;
    this.typedAt = now;
    if (!isEarly) this.#beEarly(); // a digit in the middle of words is one of them
    this.#drawTyped();
    return true;
  }

  #drawTyped() {
    const place = this.place.querySelector("#typed");
    const typed = this.typedAhead.trim();
    if (place) place.textContent = typed && this.form.fields.length > 1 ? this.app.words.typed_ahead.replace("{text}", () => typed) : "";
  }

  /** The field at hand: one that was opened again, or the first that is not answered. */
  get field() {
    const fields = this.form?.fields ?? [];
    if (this.#isShort && !(fields[0].name in this.app.sheet(this.form.name))) return fields[0];
    return fields.find((of) => of.name === this.asked) ?? fields.find((of) => of.answer === null && !of.aside) ?? null;
  }

  /** One question, whose answer is done at once. */
  get #isShort() {
    return this.form?.fields.length === 1;
  }

  #draw() {
    const { form, app } = this;
    const at = this.field;
    const answered = form.fields.filter((of) => of !== at && (of.answer !== null || of.aside));
    this.place.replaceChildren(
      element("h2", { id: "form-title", tabindex: "-1" }, form.title),
      ...laidOut(form.intro, app.opens, (key) => app.open(key)),
      ...(answered.length ? [element("ul", { class: "answered" }, answered.map((of) => this.#answered(of)))] : []),
      ...(app.note ? [element("div", { role: "alert", class: "refused" }, ...laidOut(app.note, new Set(), null), ...this.#taking())] : []),
      ...(at ? [this.#question(at)] : form.waits ? this.#cut() : []),
      ...(form.notes.length ? [element("div", { class: "after", "aria-live": "polite" }, ...laidOut(form.notes, new Set(), null))] : []),
      ...(form.lacks ? [element("p", { class: "tone-bad" }, form.lacks)] : []),
      this.#ends(at));
    if (at && this.#isSearched(at)) this.#sift();
    this.#drawTyped();
  }

  /** What ends the form or leads on from it; each has a digit where no question takes them. */
  #ends(at) {
    const { form, app } = this;
    const { words } = app;
    let digit = 0;
    const end = (label, does, attributes, number = ++digit) => button(
      [at || number > 9 ? null : element("kbd", {}, String(number)), label].filter(Boolean), does, { ...attributes, "data-digit": at ? null : number });
    const doors = form.links.filter((door) => app.crew?.few || !door.name.startsWith("alone:"));
    return element("div", { class: "ends" },
      form.action && form.submit && !(at && this.#isShort) ? end(form.submit, () => app.submit(form), { class: "main", "data-key": "submit" }) : null,
      doors.map((door, place) => end(door.label, () => app.open(door.name), {
        "data-key": `door ${door.name}`, class: place === 0 && form.name.startsWith("hotwash/") ? "main" : null,
      })),
      form.name === "consent" ? end(words.leave, () => app.leave(), { "data-key": "leave" }) : null,
      app.isHome(form.name) ? null : end(words.back, () => app.close(), { "data-key": "back" }, 0),
      app.hasSheet(form.name) ? button(words.throw_away, () => app.throwAway(form.name), { "data-key": "throw" }) : null);
  }

  #taking() {
    const { crew, noteCode, words } = this.app;
    if (noteCode !== "room/pen") return [];
    return [element("p", {}, crew?.takes ?? ""), button(words.take_pen, () => this.app.takePen(this.form), { class: "main", "data-key": "pen" })];
  }

  #answered(of) {
    return element("li", {},
      element("span", { class: "tone-quiet" }, of.asks, " "),
      button(this.#said(of), () => this.again(of.name), { class: "link", "data-key": `again ${of.name}` }));
  }

  #said(of) {
    const names = new Map(of.options.map((option) => [option.name, option.label]));
    if (of.answer === null || of.answer === "" || of.answer.length === 0) return of.skip_label || this.app.words.not_said;
    if (of.kind === "text" || of.kind === "number") return of.answer;
    return [of.answer].flat().map((name) => names.get(name) ?? name).join(" · ");
  }

  again(name) {
    this.asked = name;
    this.search = "";
    this.drawn = "";
    this.show(this.form);
  }

  /** Answer the field at hand, and go on to the next. */
  answer(field, said) {
    this.asked = "";
    this.search = "";
    this.drawn = "";
    if (this.#isShort) this.app.sayAtOnce(this.form.name, field.name, said);
    else this.app.answer(this.form.name, field.name, said);
    if (this.app.line.state === "live") return;
    const fields = this.form.fields.map((of) => (of.name === field.name ? { ...of, answer: said } : of)); // what hangs on it comes with the line
    this.show({ ...this.form, fields, action: null, waits: this.#isShort ? "" : this.app.words.cut_form });
  }

  /** A form that is opened while the line is cut: it comes with the line. */
  wait(name, title) {
    this.show({ name, title, fields: [], intro: [], notes: [], links: [], lacks: "", final: "", action: null, later: null, waits: this.app.words.cut_open });
  }

  /** What can be done while the next question cannot be had; words that it comes to can be written already. */
  #cut() {
    const { app, form } = this;
    const { later } = form;
    const words = later && element("textarea", { id: "ahead", rows: 6, maxlength: later.maximum, "aria-labelledby": "later", "data-key": `text ${later.name}`,
      on: { input: () => app.keepDraft(form.name, later.name, words.value) } });
    if (words) words.value = app.draft(form.name, later.name) || later.answer || this.typedAhead.trimStart();
    this.typedAhead = "";
    return [element("div", { class: "question" }, element("p", { role: "status" }, form.waits),
      ...(words ? [element("h3", { id: "later" }, later.asks), element("p", { class: "tone-quiet" }, app.words.cut_words), words] : []))];
  }

  // questions

  #question(of) {
    const asked = element("div", { class: "question", role: "group", "aria-labelledby": "asked" },
      element("h3", { id: "asked", tabindex: "-1" }, of.asks), of.note ? element("p", { class: "tone-quiet" }, of.note) : null);
    const kinds = { one: () => this.#one(of), many: () => this.#many(of), text: () => this.#text(of), number: () => this.#number(of), order: () => this.#order(of) };
    asked.append(...kinds[of.kind]().filter(Boolean), element("p", { id: "typed", class: "tone-quiet", role: "status" }));
    return asked;
  }

  #one(of) {
    const neutral = of.skip_label ? { label: () => of.skip_label, does: () => this.answer(of, ""), isSaid: of.answer === "" } : null;
    return [...this.#searching(of), this.#options(of, (option) => of.answer === option.name, (option) => this.answer(of, option.name), neutral)];
  }

  #many(of) {
    const picked = new Set(this.app.draft(this.form.name, of.name) ?? of.answer ?? []);
    const goOn = () => {
      if (picked.size || of.skip_label) this.answer(of, [...picked]);
    };
    const neutral = { label: () => (picked.size || !of.skip_label ? this.#does : of.skip_label), does: goOn, isSaid: false };
    const list = this.#options(of, (option) => picked.has(option.name), (option, made) => {
      if (picked.has(option.name)) picked.delete(option.name);
      else if (picked.size < of.maximum) picked.add(option.name);
      made.setAttribute("aria-pressed", picked.has(option.name));
      list.querySelector(".neutral .label").textContent = neutral.label();
      this.app.keepDraft(this.form.name, of.name, [...picked]);
    }, neutral);
    return [list, element("div", { class: "ends" }, button(this.#does, goOn, { class: "main", "data-key": "on" }))];
  }

  #isSearched(of) {
    return of.options.some((option) => option.folded);
  }

  #searching(of) {
    if (!this.#isSearched(of)) return [];
    const field = element("input", { type: "search", id: "search", autocomplete: "off", "aria-label": this.app.words.search, placeholder: this.app.words.search, value: this.search });
    field.addEventListener("input", () => {
      this.search = field.value;
      this.#sift();
    });
    field.addEventListener("keydown", (event) => {
      if (/^[0-9]$/.test(event.key) && !field.value) {
        event.preventDefault();
        if (!this.#isEarly) this.digit(event.key);
        return;
      }
      if (event.key !== "Enter" && event.key !== "ArrowDown") return;
      event.preventDefault();
      const first = this.place.querySelector(".options button:not([aria-disabled])");
      if (event.key === "Enter") first?.click();
      else first?.focus();
    });
    return [field, element("p", { id: "found", class: "tone-quiet", role: "status" })];
  }

  #sift() {
    const typed = this.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const isShown = ({ dataset }) => (typed.length
      ? dataset.words && typed.every((word) => dataset.words.includes(word)) // a search looks into every group
      : !("folded" in dataset) || this.openGroups.has(dataset.folded));
    for (const list of this.place.querySelectorAll(".options")) list.replaceChildren(...list.made().filter(isShown));
    this.place.querySelector("#found").textContent = this.place.querySelector(".options li") ? "" : this.app.words.not_found;
  }

  /** The options of a question; `neutral` leaves it out or goes on, stands first, and has the digit 0. */
  #options(of, isSaid, pick, neutral) {
    const list = element("ul", { class: "options" });
    const kbd = (digit) => (digit === null ? null : element("kbd", {}, String(digit)));
    const made = () => {
      const items = [];
      let group = "";
      if (neutral) {
        const digit = this.search ? null : 0;
        items.push(element("li", { class: "neutral", "data-words": "" }, button([kbd(digit), element("span", { class: "label" }, neutral.label())].filter(Boolean),
          neutral.does, { "aria-pressed": neutral.isSaid, "data-key": `none ${of.name}`, "data-digit": digit })));
      }
      for (const option of of.options) {
        if (option.group !== group) {
          group = option.group;
          items.push(element("li", { class: "group", "data-words": "" }, this.#group(group, of.group_keys[group], kbd)));
        }
        const key = of.keys[option.name] ?? "";
        const digit = key.length !== 1 || this.search ? null : key;
        const choice = button([
          option.label.split(" ")[0] === key ? null : kbd(digit),
          element("span", { class: "label" }, option.label),
          option.note || option.closed ? element("span", { class: "tone-quiet" }, option.closed || option.note) : null,
        ].filter(Boolean), option.closed ? null : (event) => pick(option, event.currentTarget), {
          "aria-pressed": isSaid(option), "aria-disabled": option.closed ? "true" : null, "data-key": `option ${of.name} ${option.name}`, "data-digit": digit,
        });
        const words = `${option.label} ${option.note} ${option.group} ${option.search_words}`.toLocaleLowerCase();
        items.push(element("li", { "data-words": words, "data-folded": option.folded ? option.group : null }, choice));
      }
      return items;
    };
    list.made = made;
    list.append(...made());
    list.addEventListener("keydown", stepping);
    return list;
  }

  /** The name of a group; one with a key opens and closes. */
  #group(name, key, kbd) {
    if (!key) return name;
    const isOpen = this.openGroups.has(name);
    const digit = key.length === 1 ? key : null;
    return button([kbd(digit), element("span", { class: "label" }, `${isOpen ? "▾" : "▸"} ${name}`)].filter(Boolean), () => {
      if (!this.openGroups.delete(name)) this.openGroups.add(name);
      this.#sift();
      this.place.querySelector(`[data-key="${CSS.escape(`group ${name}`)}"]`)?.focus();
    }, { "aria-expanded": String(isOpen), "data-key": `group ${name}`, "data-digit": digit });
  }

  /** What going on from the field at hand is called. */
  get #does() {
    return this.#isShort ? this.form.submit : this.app.words.go_on;
  }

  #text(of) {
    const { app, form } = this;
    const isShort = of.maximum <= 300;
    const field = element("textarea", { id: "text", rows: isShort ? 3 : 6, maxlength: of.maximum, "aria-labelledby": "asked", "data-key": `text ${of.name}` });
    const draft = app.draft(form.name, of.name);
    field.value = draft ? draft + this.typedAhead : of.answer || this.typedAhead.trimStart();
    if (this.typedAhead && field.value) app.keepDraft(form.name, of.name, field.value);
    this.typedAhead = "";
    field.addEventListener("input", () => app.keepDraft(form.name, of.name, field.value));
    const done = () => {
      if (!field.value.trim() && !of.skip_label) return;
      this.answer(of, field.value.trim());
    };
    field.addEventListener("keydown", (event) => {
      const isSent = event.key === "Enter" && (event.ctrlKey || event.metaKey || isShort || app.isTalk(form.name)) && !event.shiftKey && !event.isComposing;
      if (!isSent && !(event.key === "j" && event.ctrlKey)) return;
      event.preventDefault();
      done();
    });
    return [field, element("div", { class: "ends" },
      button([this.#does, isShort || app.isTalk(form.name) ? "" : element("kbd", { class: "after" }, app.words.ctrl_enter)], done, { class: "main", "data-key": "on" }),
      of.skip_label ? button(of.skip_label, () => this.answer(of, ""), { "data-key": "none" }) : null)];
  }

  #number(of) {
    const field = element("input", { type: "number", inputmode: "numeric", min: 0, max: of.maximum, step: 1, "aria-labelledby": "asked", "data-key": `number ${of.name}`, value: of.answer ?? null });
    const done = () => {
      const typed = field.value.trim();
      if (/^\d{1,5}$/.test(typed) && Number(typed) <= of.maximum) this.answer(of, String(Number(typed)));
      else field.select();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      done();
    });
    return [field, element("div", { class: "ends" }, button(this.#does, done, { class: "main", "data-key": "on" }))];
  }

  #order(of) {
    const { app, form } = this;
    const names = of.options.map((option) => option.name);
    const kept = app.draft(form.name, of.name) ?? of.answer ?? names;
    const order = kept.length === names.length ? [...kept] : names;
    const labels = new Map(of.options.map((option) => [option.name, option.label]));
    const list = element("ol", { class: "order" });
    const move = (name, way) => {
      const from = order.indexOf(name);
      const to = Math.min(Math.max(from + way, 0), order.length - 1);
      order.splice(to, 0, ...order.splice(from, 1));
      app.keepDraft(form.name, of.name, order);
      fill(`${way < 0 ? "up" : "down"} ${name}`);
    };
    const fill = (key) => {
      list.replaceChildren(...order.map((name) => element("li", {},
        element("span", { class: "label" }, labels.get(name)),
        button("↑", () => move(name, -1), { "aria-label": `${app.words.up}: ${labels.get(name)}`, "data-key": `up ${name}` }),
        button("↓", () => move(name, 1), { "aria-label": `${app.words.down}: ${labels.get(name)}`, "data-key": `down ${name}` }))));
      if (key) list.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
    };
    fill("");
    list.addEventListener("keydown", stepping);
    return [list, element("div", { class: "ends" }, button(app.words.go_on, () => this.answer(of, order), { class: "main", "data-key": "on" }))];
  }

  // focus

  #focused() {
    const at = document.activeElement;
    if (!this.place.contains(at)) return null;
    return { key: at.dataset.key ?? at.id, from: at.selectionStart ?? null, to: at.selectionEnd ?? null };
  }

  #focus(had) {
    const again = had?.key && (this.place.querySelector(`[data-key="${CSS.escape(had.key)}"]`) ?? (had.key === "search" ? this.place.querySelector("#search") : null));
    if (again) {
      again.focus({ preventScroll: true });
      if (had.from !== null && again.setSelectionRange && again.type !== "number") again.setSelectionRange(had.from, had.to);
      return;
    }
    this.begin();
  }

  /** Put the focus where the answer is given, and on none that binds. */
  begin() {
    const first = this.#first;
    this.isPlacing = true;
    first.focus({ preventScroll: true });
    this.isPlacing = false;
    this.hasMoved = false;
    if (first.matches("textarea")) first.setSelectionRange(first.value.length, first.value.length);
    const { top } = this.place.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) this.place.scrollIntoView({ block: "start" });
  }

  get #first() {
    const at = this.field;
    const find = (wanted) => this.place.querySelector(wanted);
    const title = find("h2");
    if (this.form.final && !at) return title;
    if (this.app.note && find(".refused button.main")) return find(".refused button.main");
    if (!at) return find(".ends button.main, #ahead") ?? title;
    const typed = find(".question input, .question textarea");
    if (typed || at.kind === "order") return typed ?? find(".question button");
    const key = at.cursor ? `option ${at.name} ${at.cursor}` : at.cursor === "" ? `none ${at.name}` : "";
    return find(`[data-key="${CSS.escape(key)}"]`) ?? find("#asked");
  }

  /** What a digit picks; whether it picked anything. */
  digit(number) {
    const picked = this.place.querySelector(`button[data-digit="${number}"]:not([aria-disabled])`);
    picked?.click();
    return Boolean(picked);
  }
}

/** Up and down go from one button of a list to the next. */
function stepping(event) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way) return;
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  const next = all[Math.min(Math.max(at + way, 0), all.length - 1)];
  event.preventDefault();
  next?.focus();
}
