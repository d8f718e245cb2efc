// A seat in a browser. The host says everything; this lays it out, takes keys, and keeps what is half written.

import { button, element, refill } from "./elements.js";
import { laidOut, spans } from "./blocks.js";
import { FormPanel } from "./forms.js";
import { Line } from "./line.js";
import { Parts } from "./parts.js";
import { Store } from "./store.js";

const LANGUAGES = ["en", "zh"];
const LARGEST = 160; // percent of a wall's own size that what is led through is drawn at, where there is room

class App {
  constructor() {
    this.store = new Store();
    this.line = new Line(this.store, (message) => this.hear(message), () => this.stateChanged());
    this.page = null;
    this.n = 0;
    this.life = ""; // of the host; numbers of pages count in it
    this.left = null;
    this.talking = null; // the time of a talk, as it was drawn last
    this.counted = Date.now();
    this.crew = null;
    this.name = ""; // the form that is open
    this.restored = ""; // the form that was open when this page was left
    this.asks = false; // whoever sits here has still to agree to the card on what is recorded
    this.isWall = location.pathname === "/wall"; // drawn large, for a projector: it is asked nothing
    this.note = null; // why something was refused, as blocks
    this.noteCode = "";
    this.outcome = ""; // what became of what was done last, in words
    this.waitsToSay = null; // a form whose text is to be done as soon as the host has made an action of it
    this.panel = new FormPanel(this);
    this.place = Object.fromEntries(["head", "state", "now", "main", "sides", "foot"].map((id) => [id, document.getElementById(id)]));
    this.stage = element("div", { id: "stage" });
    this.parts = new Parts(this);
  }

  async begin() {
    const wished = (navigator.languages ?? []).map((each) => each.slice(0, 2)).find((each) => LANGUAGES.includes(each));
    await this.speak(this.store.language ?? wished ?? "en");
    document.documentElement.classList.toggle("wall", this.isWall);
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keyup", (event) => this.isKeyKept && event.key === " " && event.preventDefault()); // some browsers press a button then
    setInterval(() => this.tick(), 1000);
    window.addEventListener("resize", () => (this.isWall ? this.fit() : this.showNewest()));
    for (const woken of ["online", "pageshow"]) window.addEventListener(woken, () => this.line.wake());
    document.addEventListener("visibilitychange", () => this.page && this.tellTitle());
    for (const woken of ["visibilitychange", "resume"]) document.addEventListener(woken, () => document.hidden || this.line.wake());
    this.store.isOpen = () => ["live", "lost"].includes(this.line.state);
    if (this.line.isKnown) this.line.open(this.language);
    else await this.comeBack();
  }

  /** In a tab that is new: come back to the one seat that this browser has, or ask which. */
  async comeBack() {
    const { seats } = this.store;
    this.openSeats = seats.length ? await this.store.openSeats() : new Set();
    if (seats.length === 1 && !this.openSeats.has(seats[0].id)) this.sitDown(seats[0].id);
    else this.drawJoining();
  }

  sitDown(id) {
    this.store.take(id);
    this.line.open(this.language);
  }

  async speak(language) {
    const told = await fetch(`words-${language}.json`, { cache: "no-store" });
    this.words = await told.json();
    this.language = language;
    document.documentElement.lang = language;
    this.drawFoot();
    this.drawState();
  }

  async spokenIn(language) {
    this.store.language = language;
    await this.speak(language);
    if (this.page) this.line.speak(language);
    else this.drawJoining();
  }

  // joining

  drawJoining() {
    const code = element("input", { id: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 20, required: true });
    const join = (event) => {
      event.preventDefault();
      if (code.value.trim()) this.line.open(this.language, code.value.trim());
    };
    const { words } = this;
    const isOpen = (seat) => Boolean(this.openSeats?.has(seat.id));
    const seats = this.store.seats.sort((one, other) => isOpen(one) - isOpen(other));
    const back = seats.map((seat) => element("li", {}, button([
      element("span", { class: "label" }, words.sit_again.replace("{seat}", () => seat.name ?? "?")),
      isOpen(seat) ? element("span", { class: "tone-quiet" }, words.sits_elsewhere) : null].filter(Boolean), () => this.sitDown(seat.id), { "data-key": `seat ${seat.id}` })));
    refill(this.place.main, element("form", { class: "joining", on: { submit: join } },
      element("h1", {}, words.exercise),
      back.length ? element("h2", {}, words.seats_here) : null,
      back.length ? element("ul", { class: "seats" }, back) : null,
      element("h2", {}, words.title),
      element("label", { for: "code" }, words.code),
      code,
      element("p", {}, words.code_note),
      element("button", { type: "submit", class: back.length ? null : "main" }, words.join)));
    document.title = `${words.title} – ${words.exercise}`;
    (seats.some((seat) => !isOpen(seat)) ? this.place.main.querySelector(".seats button") : code).focus();
  }

  drawFoot() {
    const others = LANGUAGES.filter((each) => each !== this.language);
    const { words } = this;
    const leaves = { false: null, link: [button(words.leave_machine, () => this.askToLeave("asked"), { class: "link", "data-key": "leave-machine" })],
      asked: [element("span", {}, words.leave_ask, " "), button(words.leave_yes, () => this.forgetSeat(), { class: "link", "data-key": "leave-yes" }), " ",
        button(words.leave_no, () => this.askToLeave("link"), { class: "link", "data-key": "leave-no" })] };
    refill(this.place.foot,
      element("p", {}, words.keys, " ",
        others.map((each) => button(words.languages[each], () => this.spokenIn(each), { lang: each, class: "link" }))),
      element("p", {}, leaves[this.line.isKnown && (this.leaving ?? "link")]));
  }

  askToLeave(leaving) {
    this.leaving = leaving;
    this.drawFoot();
    this.place.foot.querySelector("[data-key=leave-no], [data-key=leave-machine]")?.focus();
  }

  /** This browser keeps nothing of its seat any more. */
  forgetSeat() {
    this.leaving = "link";
    this.name = "";
    this.page = null;
    this.place.head.hidden = this.place.now.hidden = this.place.sides.hidden = true;
    this.stage.replaceChildren();
    this.line.forget();
  }

  drawState() {
    if (!this.words) return;
    this.drawFoot();
    const { state, why } = this.line;
    const over = { unknown: this.words.seat_unknown, forgotten: this.words.seat_forgotten }[why] ?? this.words.over[why];
    const waits = this.store.pending || this.waitsToSay;
    const lost = this.words.cut[`${this.line.isStopped ? "stopped" : "lost"}${waits ? "_with_act" : ""}`];
    const told = { joining: this.words.joining, lost, over }[state] ?? (waits ? "" : this.outcome ? this.outcome : this.isRehearsed ? this.words.rehearsed : "");
    this.place.state.textContent = told;
    this.place.state.className = state === "live" ? "" : "cut";
    if (state === "over" && why === "left") {
      refill(this.place.main);
      this.stage.replaceChildren();
    }
    if (state === "over" && why !== "over" && (!this.page || !this.store.token)) this.drawJoining();
    else if (state === "over" && why !== "over") this.place.state.append(" ", button(this.words.join_again, () => this.line.open(this.language), { class: "main" }));
  }

  stateChanged() {
    this.drawState();
    if (this.line.state === "live") this.resume();
  }

  /** What was asked for before the line was cut is asked for again, under its name. */
  resume() {
    const pending = this.store.pending;
    if (pending && pending.place === this.store.place) this.line.send(pending.do);
    else if (pending) this.store.pending = null;
    if (this.name) this.fill();
    if (this.waitsToSay && this.waitsToSay !== this.name) this.fill(this.waitsToSay);
  }

  // what the host says

  hear(message) {
    const heard = {
      welcome: () => Object.assign(this, { label: message.label, life: message.life, asks: !message.agreed && !this.isWall }),
      page: () => this.turned(message),
      form: () => this.formed(message),
      done: () => this.answered(message.ref),
      refused: () => this.refused(message),
      tick: () => Object.assign(this, { left: message.seconds_left, ticked: Date.now() }),
      crew: () => this.crewed(message),
    }[message.say];
    heard?.();
    if (message.say === "tick") this.drawTime();
  }

  turned(message) {
    const before = this.page;
    this.page = { ...(message.base ? this.page : {}), ...message.set };
    this.n = message.n;
    const place = `${this.page.session}/${this.label}`;
    const name = `${this.page.head[0].line.map(([text]) => text).join("")} (${this.label})`;
    const goneBack = before && before.session !== this.page.session && !before.rehearses;
    if (goneBack) this.store.moveTo(place, name, this.page);
    else this.store.sit(place, name);
    if (this.page.phase === "closed") this.store.wipeDrafts();
    if (goneBack && this.name === this.store.pending?.form) this.name = ""; // it was this that was asked for
    this.outlive(before);
    this.tellOpens();
    if (!before) this.name = this.restored = this.store.read("open", "");
    if (before?.rehearses && !this.page.rehearses) this.begunAnew();
    if (before && before.turn !== this.page.turn) this.outcome = "";
    const phased = before && (before.phase !== this.page.phase || before.turn !== this.page.turn);
    const isOvertaken = phased && this.name === "advance" && this.store.pending?.form !== "advance";
    if (phased && this.name && (!this.isOpenable(this.name) || this.asksOnlyYes(this.panel.form))) this.name = ""; // another has gone on
    if (before && !before.rehearses && phased) this.isRehearsed = false;
    if (phased) {
      this.outcome = isOvertaken ? this.words.overtaken : "";
      this.drawState();
      this.hasNews = document.hidden;
      this.parts.begin();
    }
    if (this.page.led.length && !before?.led.length && this.name.startsWith("hotwash/")) this.name = "";
    this.draw(new Set(Object.keys(message.set)), phased || !before || before.session !== this.page.session);
    if (before?.rehearses && !this.page.rehearses) this.drawState();
    if (this.name && this.line.state === "live") this.fill();
  }

  /** The rehearsal is over: nothing of it stays here. */
  begunAnew() {
    this.name = "";
    this.note = null;
    this.panel.form = null;
    this.isRehearsed = true;
  }

  /** What waits from an earlier life of the host was chosen from this page if nothing differs, and else from none. */
  outlive(before) {
    const { pending } = this.store;
    if (!pending || pending.life === this.life) return;
    const seen = JSON.stringify(before) === JSON.stringify(this.page) ? this.n : 0;
    this.store.pending = { ...pending, life: this.life, do: { ...pending.do, ...("seen" in pending.do ? { seen } : {}) } };
  }

  formed(message) {
    if (message.name === this.filling) this.filling = "";
    this.formTold(message);
    this.drawBusy();
  }

  formTold(message) {
    const saying = this.waitsToSay;
    if (saying === message.name) {
      this.waitsToSay = null;
      if (message.form?.action) {
        this.submit(message.form);
        return;
      }
    }
    if (message.name !== this.name && !this.isHotwash(message.name)) return;
    if (this.isHotwash(message.name) && !this.name.startsWith("hotwash/") && message.name !== this.name) return;
    if (!message.form) {
      this.name = "";
      this.draw(new Set(), true);
      return;
    }
    const isRestored = this.restored === message.name;
    this.restored = "";
    if (isRestored && this.asksOnlyYes(message.form)) { // nobody pressed a key for it here
      this.close();
      return;
    }
    if (message.form.name.startsWith("hotwash/")) this.name = message.form.name;
    const isFirst = this.panel.form?.name !== message.form.name;
    this.panel.show(message.form);
    if (!this.stage.contains(this.panel.place)) this.draw(new Set(), true);
    if (isFirst) this.panel.begin();
  }

  answered(ref) {
    const pending = this.store.pending;
    if (!pending || pending.do.ref !== ref) return;
    this.store.pending = null;
    if (pending.form === "consent") this.asks = false;
    this.drawBusy();
    this.forget(pending.form);
    this.note = null;
    this.outcome = this.isTalk(pending.form) ? "" : this.words.done; // there it is seen
    this.drawState();
    const then = pending.then && this.isOpenable(pending.then) ? pending.then : "";
    if (this.isTalk(pending.form)) {
      this.saying?.clear();
      return;
    }
    if (this.name === pending.form || !this.name) {
      if (then) this.open(then);
      else this.close();
    }
  }

  refused(message) {
    const pending = this.store.pending;
    if (pending && message.ref && pending.do.ref !== message.ref) return;
    this.store.pending = null;
    this.drawBusy();
    this.note = message.blocks;
    this.noteCode = message.code;
    this.drawState();
    if (pending && this.isTalk(pending.form)) this.draw(new Set(), false);
    else if (pending) this.open(pending.form, true);
  }

  crewed(message) {
    const had = this.crew?.places;
    this.crew = message;
    this.asked(!message.agreed && !this.isWall);
    if (!this.page || !(had || message.places)) return this.drawHead();
    this.tellOpens();
    this.draw(new Set(["opens"]), false);
    if (this.name && message.places?.opens.includes(this.name)) this.fill();
  }

  /** Every form that can be had: of the page, and of who may come. */
  tellOpens() {
    this.opens = new Set([...this.page.opens, ...(this.crew?.places?.opens ?? [])]);
  }

  /** The card comes before everything else, and gives way to it once it is agreed to. */
  asked(asks) {
    const asked = this.asks;
    this.asks = asks;
    if (asked === asks || !this.page) return;
    if (asks) this.draw(new Set(), true);
    else this.close();
  }

  leave() {
    this.line.leave();
  }

  // forms

  isOpenable(name) {
    return this.opens.has(name) || this.opens.has(name.split(":")[0]) || this.isHotwash(name);
  }

  isHotwash(name) {
    return this.page.hotwash.length > 0 && /^(hotwash|about)\//.test(name);
  }

  /** A form that stands in the place of the page itself. */
  isHome(name) {
    return name.startsWith("hotwash/") || name === "consent" || this.isTalk(name);
  }

  /** One key does what the form at hand is for, and it holds nothing that is half written. */
  asksOnlyYes(form) {
    return form?.name === this.name && !this.isHome(form.name) && (form.final !== "" || !form.fields.length);
  }

  isTalk(name) {
    return name.startsWith("say:");
  }

  sheet(name) {
    return this.store.read(`sheet ${name}`, {});
  }

  hasSheet(name) {
    return Object.keys(this.sheet(name)).length > 0;
  }

  draft(name, field) {
    return this.store.read(`draft ${name} ${field}`, null);
  }

  keepDraft(name, field, said) {
    this.store.write(`draft ${name} ${field}`, said);
    const fields = this.store.read(`drafts ${name}`, []);
    if (!fields.includes(field)) this.store.write(`drafts ${name}`, [...fields, field]);
  }

  forget(name) {
    for (const field of this.store.read(`drafts ${name}`, [])) this.store.write(`draft ${name} ${field}`, null);
    this.store.write(`drafts ${name}`, null);
    this.store.write(`sheet ${name}`, null);
  }

  answer(name, field, said) {
    this.store.write(`sheet ${name}`, { ...this.sheet(name), [field]: said });
    this.note = null;
    this.fill();
  }

  /** A text that is the whole of a form is done at once. */
  sayAtOnce(name, field, said) {
    if (this.store.pending || this.waitsToSay) return;
    this.waitsToSay = name;
    this.store.write(`sheet ${name}`, { ...this.sheet(name), [field]: said });
    this.note = null;
    this.fill(name);
    this.drawState();
  }

  /** Something is asked of the host that has no answer yet. */
  drawBusy() {
    this.place.main.ariaBusy = String(Boolean(this.filling || this.waitsToSay || this.store.pending));
  }

  fill(name = this.name) {
    this.filling = name;
    this.drawBusy();
    this.line.send({ say: "fill", form: name, answers: this.sheet(name) });
  }

  open(name, keepsNote = false) {
    if (!keepsNote) this.note = null;
    this.outcome = "";
    this.name = name;
    this.panel.renew();
    this.store.write("open", name);
    this.fill();
    this.drawState();
    if (this.line.state === "live" || this.isHome(name)) return;
    const link = [...this.page.links, ...(this.crew?.places?.links ?? [])].find((of) => of.name === name);
    this.panel.wait(name, link?.label ?? this.words.cut_title);
    this.draw(new Set(), true);
  }

  close() {
    this.name = "";
    this.note = null;
    this.store.write("open", null);
    this.panel.form = null;
    this.draw(new Set(), true);
  }

  throwAway(name) {
    this.forget(name);
    this.close();
  }

  submit(form) {
    if (!form.action || this.store.pending) return;
    const asked = { say: form.asks ? "ask" : "do", ref: crypto.getRandomValues(new Uint8Array(12)).reduce((hex, byte) => hex + byte.toString(16).padStart(2, "0"), ""), ...(form.asks ? {} : { seen: this.n }), action: form.action };
    this.note = null;
    this.outcome = "";
    this.store.pending = { place: this.store.place, life: this.life, form: form.name, then: form.next_form, do: asked };
    this.line.send(asked);
    this.drawBusy();
    this.drawState();
  }

  takePen(form) {
    this.line.send({ say: "take-pen" });
    this.submit(form);
  }

  // drawing

  draw(changed, afresh) {
    if (!this.page) return;
    this.drawHead();
    this.drawNow();
    if (!this.stage.isConnected) refill(this.place.main, this.stage);
    const before = document.body.dataset.scene;
    this.drawStage(afresh);
    const isOther = afresh || document.body.dataset.scene !== before;
    if (isOther || ["main", "sides", "opens", "led", "side_first"].some((name) => changed.has(name))) this.parts.draw();
    if (this.isWall) this.fit();
  }

  /** Nobody scrolls a wall: nothing is cut in the middle, and what is led through is as large as it fits. */
  fit() {
    for (const region of this.parts.place.children) {
      const all = [...region.children];
      for (const each of all) each.hidden = false;
      const end = region.getBoundingClientRect().bottom;
      let beyond = all.findIndex((each) => each.getBoundingClientRect().bottom > end);
      const isHead = (each) => each.matches("h3, h4") || each.textContent === each.querySelector(".tone-strong")?.textContent;
      while (beyond > 1 && (all[beyond].matches(".depth-1, .depth-2, .depth-3") || isHead(all[beyond - 1]))) beyond -= 1; // no head without its words
      if (beyond > 0) for (const each of all.slice(beyond)) each.hidden = true;
    }
    let size = LARGEST;
    do {
      this.stage.style.fontSize = `${size}%`;
      size -= 5;
    } while (size >= 50 && document.documentElement.scrollHeight > innerHeight);
  }

  drawHead() {
    if (!this.page) return;
    this.place.head.hidden = false;
    const [who, title, where, clock] = this.page.head;
    refill(this.place.head,
      element("span", { class: "who" }, ...spans(who.line)),
      element("h1", { class: "title" }, ...spans(title.line)),
      element("span", { class: "where" }, ...spans(where.line)),
      clock ? laidOut([clock], new Set(), null) : null,
      this.crew && this.crew.blocks.length > 1 ? element("span", { class: "tone-quiet" }, this.crew.blocks.map((of) => of.line.map(([text]) => text).join("")).join(" ")) : null);
    this.drawTitle();
    this.drawTime();
  }

  /** What is to be done now comes first in it, with a mark while somebody has not looked since it changed. */
  drawTitle() {
    const text = (of) => of.line.map(([part]) => part).join("");
    const { head, now } = this.page;
    document.title = [`${this.hasNews ? "● " : ""}${this.asks ? this.words.agree_first : text(now[0])}`, text(head[0]), text(head[1])].join(" – ");
  }

  tellTitle() {
    this.hasNews = document.hidden;
    this.drawTitle();
  }

  drawNow() {
    const { words, page } = this;
    const talk = this.name || this.isTelling() ? null : this.talkAt();
    const held = talk && (this.talkStage(talk) === "after" ? words.talk_over : words.talk_first);
    const reads = this.isTelling() && page.phase !== "situation"; // then the duty says so itself
    const first = this.asks ? words.agree_first : reads ? words.telling_first : held;
    this.place.now.hidden = false;
    refill(document.getElementById("duty"), element("b", { class: "label" }, page.paused ? words.paused : words.now), " ", ...(first ? [first] : page.now.flatMap((of) => spans(of.line))));
  }

  drawTime() {
    const place = document.getElementById("left");
    if (!place) return;
    const left = this.left === null ? null : this.left - (this.page.paused || this.line.isStopped ? 0 : Math.floor((Date.now() - this.ticked) / 1000));
    if (left === null) place.textContent = "";
    else this.drawClock(place, left);
  }

  drawClock(place, left) {
    const of = Math.abs(left);
    const face = `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
    place.textContent = (left < 0 ? this.words.over_time : this.words.left).replace("{clock}", face);
    place.className = left < 60 ? "tone-bad" : "";
  }

  /** Count a second; the time of a talk stands while nobody can talk. */
  tick() {
    const now = Date.now();
    const { talking } = this;
    if (talking && (this.page.paused || this.line.state === "lost")) {
      talking.began += now - this.counted;
      this.store.write(`talk began ${talking.number}`, talking.began);
    }
    this.counted = now;
    this.drawTime();
    this.drawTalkTime();
  }

  /** The largest thing: a telling, a talk, a form, the hotwash, or what can be done. */
  drawStage(afresh) {
    const before = this.stage.firstElementChild;
    const scene = this.scene();
    document.body.dataset.scene = this.asks ? "consent" : scene;
    if (scene === "form") {
      if (this.panel.form?.name === this.name && !this.stage.contains(this.panel.place)) {
        refill(this.stage, this.panel.place);
        this.panel.begin();
      }
      return;
    }
    const drawn = { telling: () => this.telling(), talk: () => this.talk(), led: () => this.led(), doors: () => this.doors() }[scene]();
    if (before !== drawn) refill(this.stage, drawn);
    if (!before || (afresh && !this.stage.contains(document.activeElement))) {
      this.focusOn();
    }
  }

  /** Put the focus where one goes on. */
  focusOn() {
    if (this.scene() === "form") return;
    window.scrollTo(0, 0);
    const first = this.stage.querySelector("textarea, button.main");
    const isSeen = first && first.getBoundingClientRect().bottom <= innerHeight;
    (isSeen ? first : this.place.main).focus({ preventScroll: true });
  }

  scene() {
    const { page } = this;
    if (this.asks) {
      if (this.name !== "consent") this.open("consent");
      return "form";
    }
    if (this.isTelling()) return "telling";
    if (this.name) return "form";
    if (this.talkAt()) return "talk";
    if (page.led.length) return "led";
    if (page.hotwash.length) {
      this.open(page.hotwash[0].name);
      return "form";
    }
    return "doors";
  }

  isTelling() {
    return this.page.announcement_number > this.store.read("told", 0);
  }

  doors() {
    const all = [...this.page.links, ...(this.crew?.places?.links ?? [])];
    const first = all.find((door) => !door.closed);
    return element("ol", { class: "doors" }, all.map((door, at) =>
      element("li", {}, button([at < 9 ? element("kbd", {}, String(at + 1)) : null, element("span", { class: "label" }, door.label),
        door.closed ? element("span", {}, door.closed) : null,
        this.hasSheet(door.name) ? element("span", { class: "tone-strong" }, this.words.half_written) : null].filter(Boolean),
      door.closed ? null : () => this.open(door.name),
      { class: door === first ? "first" : null, "aria-disabled": door.closed ? "true" : null, "data-key": `door ${door.name}`, "data-digit": at + 1 }))));
  }

  /** What the facilitator shows to every screen. */
  led() {
    const { page } = this;
    return element("section", { class: "led", "aria-live": "polite" }, ...laidOut(page.led, new Set(), null, "h2"),
      this.isWall ? null : element("div", { class: "ends" },
        page.links.map((door, at) => button(door.label, () => this.open(door.name), { class: at ? null : "main", "data-key": `door ${door.name}` })),
        button(this.words.look_around, () => this.open(page.hotwash[0].name), { "data-key": "around" })));
  }

  telling() {
    const { page, store, words } = this;
    const at = Math.min(store.read(`telling ${page.announcement_number}`, 0), page.announcements.length - 1);
    const go = (to) => {
      if (to >= page.announcements.length) store.write("told", page.announcement_number);
      else store.write(`telling ${page.announcement_number}`, Math.max(to, 0));
      this.draw(new Set(), true);
      this.focusOn();
    };
    this.onward = () => go(at + 1);
    this.backward = () => go(at - 1);
    return element("section", { class: "telling", "aria-live": "polite" },
      element("p", { class: "tone-quiet" }, `${at + 1} / ${page.announcements.length}`),
      ...laidOut(page.announcements[at], new Set(), null, "h2"),
      element("div", { class: "ends" }, button(words.go_on, this.onward, { class: "main", "data-key": "on" }),
        at ? button(words.back, this.backward, { "data-key": "back" }) : null));
  }

  // a call or meeting that is held

  talkAt() {
    return this.page.talks.find((talk) => this.store.read(`talk ${talk.number}`, "sheet") !== "over") ?? null;
  }

  /** How far it has come here; once one side has ended it each notes what was said. */
  talkStage(talk) {
    const read = this.store.read(`talk ${talk.number}`, "sheet");
    return talk.ended && read !== "over" ? "after" : read;
  }

  talk() {
    const talk = this.talkAt();
    const { words, store } = this;
    const order = ["sheet", "talk", "after", "over"];
    const stage = this.talkStage(talk);
    const region = (name) => talk.stages.find((of) => of.name === name);
    const to = (next) => {
      if (next === "talk" && !store.read(`talk began ${talk.number}`)) store.write(`talk began ${talk.number}`, Date.now());
      store.write(`talk ${talk.number}`, next);
      this.draw(new Set(), true);
      this.focusOn();
    };
    this.onward = stage === "sheet" || stage === "after" ? () => to(order[order.indexOf(stage) + 1]) : null;
    this.backward = stage === "talk" || (stage === "after" && !talk.ended) ? () => to(order[order.indexOf(stage) - 1]) : null;
    const key = `${talk.number} ${stage} ${talk.prompt} ${talk.readout} ${talk.ended}`;
    if (this.saying?.key === key) {
      this.saying.tell(region);
      return this.saying.section;
    }
    const does = { sheet: words.begin_talk, talk: words.end_talk, after: words.go_on }[stage];
    const field = stage === "talk" && talk.prompt ? this.sayField(talk.prompt) : null;
    const log = stage === "talk" && region("said") ? element("div", { class: "log", role: "log", tabindex: "0", "aria-label": region("said").title }) : null;
    const told = element("div", stage === "after" ? { "aria-live": "polite" } : {});
    const head = element("h2", {});
    const refusal = element("div", {});
    const section = element("section", { class: "talk" },
      element("div", { class: "talk-head" }, head, stage === "talk" ? element("span", { id: "talk-left", role: "timer" }) : null),
      log, refusal, field?.place,
      element("div", { class: "ends" },
        button(does, () => (stage === "talk" && talk.ends ? this.open(talk.ends) : to(order[order.indexOf(stage) + 1])), { class: field ? null : "main", "data-key": "on" }),
        stage === "after" && talk.readout ? button(words.readout, () => this.open(talk.readout), { "data-key": "readout" }) : null,
        stage === "after" ? button(words.note, () => this.open(talk.note), { "data-key": "note" }) : null,
        this.backward ? button(words.back, this.backward, { "data-key": "back" }) : null),
      told,
      stage === "talk" ? element("details", { class: "sheet" }, element("summary", { "data-key": "sheet" }, words.talk_sheet), ...laidOut(region("sheet").blocks, new Set(), null)) : null);
    const lines = [];
    const tell = (of) => {
      head.textContent = of(stage)?.title ?? "";
      head.hidden = !head.textContent;
      refill(refusal, this.note ? element("div", { role: "alert", class: "refused" }, ...laidOut(this.note, new Set(), null)) : null);
      refill(told, ...laidOut(of(stage)?.blocks ?? [], new Set(), null));
      if (log) this.tellLines(log, lines, of("said").blocks);
    };
    tell(region);
    this.saying = { key, section, tell, clear: () => field?.clear() };
    this.talking = { number: talk.number, place: section.querySelector("#talk-left"), began: store.read(`talk began ${talk.number}`, Date.now()), seconds: talk.seconds };
    this.drawTalkTime();
    return section;
  }

  /** What has been said in a talk: a line that is there stays, so that what is read aloud is the new one alone. */
  tellLines(log, lines, blocks) {
    blocks.forEach((block, at) => {
      const told = JSON.stringify(block);
      if (lines[at] === told) return;
      const [line] = laidOut([block], new Set(), null);
      if (at < log.children.length) log.children[at].replaceWith(line);
      else log.append(line);
      if (log.isConnected && at >= lines.length) {
        line.classList.add("new");
        this.tellTitle();
      }
      lines[at] = told;
    });
    requestAnimationFrame(() => this.showNewest());
  }

  showNewest() {
    const log = this.stage.querySelector(".log");
    if (log) log.scrollTop = log.scrollHeight;
  }

  drawTalkTime() {
    const { place, began, seconds } = this.talking ?? {};
    if (place) this.drawClock(place, seconds - Math.floor((Date.now() - began) / 1000));
  }

  /** A line to say in a talk; it stays as it is typed while the talk goes on around it. */
  sayField(name) {
    const field = element("textarea", { rows: 2, "aria-label": this.words.say, placeholder: this.words.say, "data-key": `say ${name}` });
    field.value = this.draft(name, "text") ?? "";
    field.addEventListener("input", () => this.keepDraft(name, "text", field.value));
    const send = () => {
      if (field.value.trim()) this.sayAtOnce(name, "text", field.value.trim());
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
    const place = element("div", { class: "saying" }, field, button(this.words.send, send, { class: "main", "data-key": "send" }));
    return { place, clear: () => { field.value = ""; } };
  }

  get isTeam() {
    return ["us", "china"].includes(this.page.seat);
  }

  /** The pages of the hotwash, once it is open. */
  pageNames() {
    const { page, words } = this;
    if (!page.hotwash.length) return null;
    return element("nav", { class: "pages" }, page.led.length && this.name ? button(words.follow, () => this.close(), { class: "main", "data-key": "follow" }) : null,
      page.hotwash.map((door) => button(door.label, () => this.open(door.name), { "data-key": door.name })));
  }

  // keys

  key(event) {
    if (event.defaultPrevented || event.altKey || event.metaKey || event.ctrlKey || !this.page) return;
    const isTyping = event.target.matches?.("input, textarea, select");
    if (event.key === "Escape") {
      if (this.name && this.scene() === "form" && (this.page.led.length || !this.isHome(this.name))) {
        event.preventDefault();
        this.close();
      } else if (this.scene() === "doors") this.parts.first();
      return;
    }
    if (event.key === "Tab") {
      if (this.parts.step(event)) event.preventDefault();
      return;
    }
    if (isTyping) return;
    const scene = this.scene();
    this.isKeyKept = scene === "form" && this.panel.keepsKey(event);
    if (this.isKeyKept) return event.preventDefault();
    if (/^[0-9]$/.test(event.key)) {
      event.preventDefault(); // the focus may go to a box of words at once, which it is not for
      if (scene === "form") this.panel.digit(Number(event.key));
      else if (scene === "doors") this.stage.querySelector(`[data-digit="${event.key}"]`)?.click();
    } else if (scene === "telling" || scene === "talk") {
      const isButton = event.target.matches?.("button, summary");
      if (event.key === "ArrowRight" || (event.key === " " && !isButton)) this.onward?.();
      else if (event.key === "ArrowLeft") this.backward?.();
      else return;
      event.preventDefault();
    } else if (scene === "form" && this.name.startsWith("hotwash/")) {
      const way = { ArrowRight: 0, ArrowLeft: 1 }[event.key];
      const doors = this.panel.form?.links.filter((door) => door.name.startsWith("hotwash/")) ?? [];
      if (way === undefined || !doors[way]) return;
      event.preventDefault();
      this.open(doors[way].name);
    }
  }
}

new App().begin();
