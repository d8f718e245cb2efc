"""A scenario as a graph: what brings, forbids, presses, crosses, helps or hurts what.

Nodes are injects, lines, rules, tracks, facts, promises, voices, assets, private facts, and acts in words;
edges say what the files say. How it looks is `graph_text`'s and the screens'; nothing here is played.

Reads conditions and tries none. A `not` is taken down to the single things, as `crisis_sim.wording.explain` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from crisis_sim.authoring.clauses import Reference, references
from crisis_sim.content.authored_assets import PrivateFact
from crisis_sim.content.authored_stakes import Line, TrackOf, Watch
from crisis_sim.content.material import Material, titles_by_id
from crisis_sim.content.scenario import Inject
from crisis_sim.engine.inject_times import inject_plan, schedule
from crisis_sim.numbers import points_printed
from crisis_sim.pages.plan_blocks import after_words, later_words
from crisis_sim.rules.effects import ASKED_CONCERNS, Effects
from crisis_sim.rules.names import SIDES, Language, Side, other
from crisis_sim.rules.pack import Rule
from crisis_sim.wording import Say, _, join_parts, speaker
from crisis_sim.wording.explain import Explainer, explain, outcomes
from crisis_sim.wording.labels import SIDES as NAMES

NodeKind: TypeAlias = Literal[
    "inject", "act", "rule", "pink", "red", "track", "fact", "commitment", "channel", "asset", "voice",
    "private-fact",
]  # fmt: skip
EdgeKind: TypeAlias = Literal[
    "needs", "unless", "brings", "sets", "unsets", "matches", "presses", "relieves", "crosses", "proposes", "leads-to",
    "helps", "hurts", "asks",
]  # fmt: skip
"""What the thing at the start is to the thing at the end; `needs` and `unless` are conditions of what is at the end."""


class Node(NamedTuple):
    """One thing of a scenario."""

    id: str
    """`inject/taps`, `line/us/hull-survey`, `rule/salami`, `act/a protest in public`."""
    kind: NodeKind
    label: str
    says: str = ""
    """A sentence about it."""
    hour: int | None = None
    """Of an inject: when it is first due."""
    style: str = ""
    """Of an inject: that it comes by the clock or by hand, or its condition, in words."""
    by_clock: bool = False
    title: str = ""
    """What stands on it: its label, of an inject with its hour, of a line with whose it is."""
    to: str = ""
    """Of an inject: who gets it. Of a line: whose it is."""
    follows: tuple[str, ...] = ()
    """What follows from it, in words."""
    place: str = ""
    """file:line."""


class Edge(NamedTuple):
    """How one thing bears on another."""

    start: str
    end: str
    kind: EdgeKind
    label: str = ""


class Graph(NamedTuple):
    """Everything that a scenario and its packs connect."""

    title: str
    turns: tuple[int, ...]
    """Hours at which the scenario's turns begin, all of them, and at last the one at which it ends."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    language: Language = "en"
    """In which it is told."""

    def node(self, ident: str) -> Node:
        """The node of an id; KeyError where there is none."""
        return {node.id: node for node in self.nodes}[ident]

    def ties(self) -> list[Edge]:
        """Edges of one kind between the same two ends as one, with what each says."""
        labels_by_ends: dict[tuple[str, str, EdgeKind], list[str]] = {}
        for start, end, kind, label in self.edges:
            labels_by_ends.setdefault((start, end, kind), []).append(label)
        separator = speaker(self.language)(" or ")
        return [
            Edge(*key, separator.join(dict.fromkeys(filter(None, labels)))) for key, labels in labels_by_ends.items()
        ]

    def only(self, *kinds: NodeKind) -> Graph:
        """The part with nodes of these kinds, those alone that something connects, and the edges between them.

        Injects stay in any case.
        """
        node_ids = {node.id for node in self.nodes if node.kind in kinds}
        edges = tuple(edge for edge in self.edges if edge.start in node_ids and edge.end in node_ids)
        joined = {end for edge in edges for end in (edge.start, edge.end)}
        nodes = tuple(
            node for node in self.nodes if node.id in joined or (node.id in node_ids and node.kind == "inject")
        )
        return self._replace(nodes=nodes, edges=edges)

    def plan(self) -> Graph:
        """Injects in time, and what they wait for and change; acts only where an inject waits for them."""
        linked_ids = {edge.start for edge in self.edges if edge.end.startswith("inject/")}
        linked_ids |= {edge.end for edge in self.edges if edge.start.startswith("inject/")}
        nodes = tuple(node for node in self.nodes if node.kind == "inject" or node.id in linked_ids)
        edges = tuple(edge for edge in self.edges if "inject/" in (edge.start[:7], edge.end[:7]))
        return self._replace(nodes=nodes, edges=edges)

    def lines(self) -> Graph:
        """Every line, the acts, rules and injects that press on it or cross it, and where it leads."""
        part = self.only("act", "rule", "inject", "pink", "red")
        wanted = {edge.start for edge in part.edges if edge.end.startswith("line/")}
        node_ids = {node.id for node in part.nodes if node.kind not in ("rule", "inject") or node.id in wanted}
        edges = tuple(
            edge
            for edge in part.edges
            if edge.start in node_ids and edge.end in node_ids and not edge.end.startswith("inject/")
        )
        joined = {end for edge in edges for end in (edge.start, edge.end)}
        nodes = tuple(node for node in self.nodes if node.id in joined or node.kind in ("pink", "red"))
        return self._replace(nodes=nodes, edges=edges)


def _title(node: Node, say: Say) -> str:
    if node.kind == "inject" and node.to in NAMES:
        return say("T+{hour}h · {side}: {title}", hour=node.hour, side=say(NAMES[node.to]), title=node.label)
    if node.kind == "inject":
        return say("T+{hour}h: {title}", hour=node.hour, title=node.label)
    if node.kind in ("pink", "red"):
        return say("{side}, {kind}: {line}", side=say(NAMES[node.to]), kind=say(node.kind), line=node.label)
    return node.label


def graph_of(material: Material, language: Language = "en") -> Graph:
    """The graph of a scenario under its packs, labels in `language` where they have been written in it."""
    return _Builder(material, language).graph()


class _Builder:
    """Collects nodes and edges, each once, in the order of the files."""

    def __init__(self, material: Material, language: Language) -> None:
        self._material = material
        self._language = language
        self._names = titles_by_id(material, language)
        self._explainer = Explainer(self._names, language)
        self._say = speaker(language)
        self._schedule = schedule(material.scenario.msel, material.scenario.turns)
        self._nodes: dict[str, Node] = {}
        self._edges: dict[Edge, None] = {}
        scenario = material.scenario
        self._owner: dict[str, Side] = {line.id: side for side, _place, line in scenario.teams.lines}

    def graph(self) -> Graph:
        """Build the nodes and edges of the whole material."""
        scenario = self._material.scenario
        for side in SIDES:
            for line in scenario.teams.team_of(side).lines:
                self._line(side, line)
            for name, fact in scenario.teams.team_of(side).private_facts.items():
                self._private(side, name, fact)
        for inject in scenario.msel:
            self._inject(inject)
        for name, track in scenario.tracks.items():
            self._track(name, track)
        for rule in self._material.rules:
            self._rule(rule)
        title, turns, nodes = scenario.title.in_(self._language), (*scenario.turns, scenario.ends), self._nodes.values()
        return Graph(title, turns, tuple(nodes), tuple(self._edges), language=self._language)

    # parts

    def _inject(self, inject: Inject) -> None:
        ident = f"inject/{inject.id}"
        plan, turns = inject_plan(inject, ()), self._material.scenario.turns
        followed = "" if plan.follows is None else after_words(plan.follows, self._names[plan.follows[0]], self._say)
        trigger = self._say("by hand") if inject.by_hand else followed or self._say("by the clock")
        if inject.when is not None:
            trigger = explain(inject.when, self._names, self._language)
            trigger = self._say("{told}, {word}", told=followed, word=trigger) if followed else trigger
        self._add(
            Node(
                ident,
                "inject",
                inject.title.in_(self._language),
                inject.note.in_(self._language),
                self._schedule[inject.id].due_hour(inject, turns),
                trigger,
                to=inject.to,
                follows=(*self._follows(inject.then), *self._answers(inject)),
                place=self._place(ident),
                by_clock=inject.when is None and not inject.by_hand and plan.follows is None,
            )
        )
        if plan.follows is not None and not inject.by_hand:
            kind: EdgeKind = "needs" if inject.when else "brings"
            self._edge(f"inject/{plan.follows[0]}", ident, kind, later_words(*plan.follows[1:], self._say))
        if plan.again is not None:
            later, times = later_words(*plan.again[:2], self._say), plan.again[2]
            self._edge(ident, ident, "brings", self._say("again, {later}, {n} times at most", later=later, n=times))
        for reference in () if inject.when is None else references(inject.when, self._explainer.act):
            self._edge(
                self._add_reference(reference),
                ident,
                "unless" if reference.denied else "needs",
                self._say(_owner_words(reference)),
            )
        for source in (inject, *inject.decide.values(), inject.otherwise):
            self._effects(ident, None if source is None else source.then, None)
        if inject.from_ is not None:
            self._voice(inject.from_)
            self._edge(f"voice/{inject.from_}", ident, "asks" if inject.decide else "brings")

    def _answers(self, inject: Inject) -> Iterator[str]:
        """What follows of each answer to a decision, in words."""
        for answer in inject.decide.values():
            answer_text = answer.says.in_(self._language).rstrip(".。")
            outcome = join_parts(self._follows(answer.then), self._say) or self._say("nothing")
            yield self._say("answered “{answer}”: {then}", answer=answer_text, then=outcome)

    def _voice(self, name: str) -> None:
        """Whoever speaks, and what follows where it acts."""
        ident, voice = f"voice/{name}", self._material.scenario.voices[name]
        text, effects = ("", None) if (acts := voice.acts) is None else (acts.says.in_(self._language), acts.then)
        label = voice.says.in_(self._language)
        self._add(Node(ident, "voice", label, text, follows=self._follows(effects), place=self._place(ident)))
        self._effects(ident, effects, None)

    def _line(self, side: Side, line: Line) -> None:
        ident = f"line/{side}/{line.id}"
        called, follows = self._called(line.id, line.says.in_(self._language)), self._follows(line.crossing)
        self._add(Node(ident, line.kind, *called, to=side, follows=follows, place=self._place(ident)))
        if line.leads_to is not None:
            self._edge(ident, f"line/{side}/{line.leads_to}", "leads-to", self._say("by a conclusion"))
        for watch in line.pressed_by:
            self._watch(watch, ident, "presses", points_printed(watch.by, signed=True))
        for watch in line.crossed_by:
            self._watch(watch, ident, "crosses", "")
        self._effects(ident, line.crossing, side)

    def _watch(self, watch: Watch, line: str, kind: EdgeKind, label: str) -> None:
        condition = explain(watch.when, self._names, self._language)
        self._edge(self._add_watched_act(condition, watch.says.in_(self._language)), line, kind, label)

    def _track(self, name: str, track: TrackOf) -> None:
        ident = f"track/{name}"
        self._add(self._track_node(name, track))
        for change in track.changes:
            better = (change.by > 0) == (track.good == "up")
            condition = explain(change.when, self._names, self._language)
            points = points_printed(change.by, signed=True)
            act_id = self._add_watched_act(condition, change.says.in_(self._language))
            self._edge(act_id, ident, "helps" if better else "hurts", points)
        for mark in track.marks:
            self._effects(ident, mark.then, None)

    def _track_node(self, name: str, track: TrackOf) -> Node:
        say, label, text = self._say, track.name.in_(self._language), track.says.in_(self._language)
        follows = [
            say(
                "at {level}: {what}",
                level=points_printed(level),
                what=say(", ").join((mark.says.in_(self._language).rstrip(".。"), *effect_texts)),
            )
            for mark in track.marks
            for effect_texts in [self._follows(mark.then)]
            if (level := mark.at_least if mark.at_least is not None else mark.at_most) is not None
        ]
        return Node(f"track/{name}", "track", label, text, follows=tuple(follows), place=self._place(f"track/{name}"))

    def _rule(self, rule: Rule) -> None:
        ident = f"rule/{rule.id}"
        called, follows = self._called(rule.id, rule.says.in_(self._language)), self._follows(rule.then)
        condition = explain(rule.when, self._names, self._language)
        self._add(
            Node(ident, "rule", *called, to=rule.kind, style=condition, follows=follows, place=self._place(ident))
        )
        for reference in references(rule.when, self._explainer.act):
            if reference.kind == "act" and reference.when == "now" and not reference.denied:
                self._edge(self._act(reference.name), ident, "matches")
        self._effects(ident, rule.then, None)

    def _private(self, side: Side, name: str, fact: PrivateFact) -> None:
        """What one team alone knows: the lines of the other that it eases, and the injects that call for it."""
        ident, label, text = f"private-fact/{name}", fact.name.in_(self._language), fact.says.in_(self._language)
        self._add(Node(ident, "private-fact", label, text, to=side, place=self._place(ident)))
        for line in self._material.scenario.teams.team_of(other(side)).lines:
            if line.kind == "pink" and line.concern in fact.concerns:
                self._edge(ident, f"line/{other(side)}/{line.id}", "relieves", self._say("where it is told"))
        for inject in self._material.scenario.msel:
            if name in inject.calls_for:
                self._edge(f"inject/{inject.id}", ident, "asks")

    # what follows

    def _effects(self, ident: str, effects: Effects | None, crossed: Side | None) -> None:
        """Edges for what effects do to other nodes; `crossed` owns the line whose crossing has them."""
        if effects is None:
            return
        for item in effects.press:
            for line in self._lines(item.line, "pink"):
                self._edge(ident, line, "presses", points_printed(item.by, signed=True))
        for item in effects.relieve:
            for line in self._lines(item.line, "pink"):
                self._edge(ident, line, "relieves", points_printed(-item.by))
        for crossing in effects.cross:
            for line in self._lines(crossing.line, "red"):
                self._edge(ident, line, "crosses" if line.endswith(f"/{crossing.line}") else "proposes")
        for fact in effects.set:
            self._edge(ident, self._fact(fact.fact), "sets" if fact.to else "unsets")
        if effects.release is not None:
            self._edge(ident, f"inject/{effects.release}", "brings")

    def _lines(self, name: str, kind: str) -> Iterator[str]:
        """The lines that an effect on a line's id, on a concern, or on what was asked, is about."""
        asking = (move for move in self._material.moves.values() if name == ASKED_CONCERNS and move.asks is not None)
        concerns = {name, *(concern for move in asking for concern in move.concerns)}
        for side, _place, line in self._material.scenario.teams.lines:
            if name == line.id or (line.concern in concerns and line.kind == kind):
                yield f"line/{side}/{line.id}"

    def _called(self, ident: str, text: str) -> tuple[str, str]:
        """What stands on a thing that has a sentence and no name, and what more there is to say of it.

        An id is English; in another language the sentence stands for it.
        """
        return (text, "") if text and self._language != "en" else (ident.replace("-", " "), text)

    # nodes that others name

    def _add_reference(self, reference: Reference) -> str:
        match reference.kind:
            case "act":
                return self._act(reference.name)
            case "fact":
                return self._fact(reference.name)
            case "line":
                return f"line/{self._owner[reference.name]}/{reference.name}"
            case "track":
                self._add(self._track_node(reference.name, self._material.scenario.tracks[reference.name]))
                return f"track/{reference.name}"
            case "commitment" | "channel" | "asset" | "private-fact":
                ident = f"{reference.kind}/{reference.name}"
                name = self._names.get(reference.name, "")
                label, text = (
                    (name, "") if reference.kind != "commitment" and name else self._called(reference.name, name)
                )
                self._add(Node(ident, reference.kind, label, text, place=self._place(ident)))
                return ident
            case "inject":
                return f"inject/{reference.name}"

    def _act(self, words: str) -> str:
        """An act that something asks for, called by its description."""
        self._add(Node(f"act/{words}", "act", words))
        return f"act/{words}"

    def _add_watched_act(self, condition: str, text: str) -> str:
        """What a line or a track watches for, called by the author's sentence."""
        ident = f"act/{text} ({condition})"
        self._add(Node(ident, "act", text, style=condition))
        return ident

    def _fact(self, name: str) -> str:
        ident = f"fact/{name}"
        self._add(Node(ident, "fact", *self._called(name, self._names.get(name, "")), place=self._place(ident)))
        return ident

    def _follows(self, effects: Effects | None) -> tuple[str, ...]:
        return () if effects is None else outcomes(effects, self._names, self._language)

    def _place(self, ident: str) -> str:
        return self._material.places.get(ident, "")

    def _add(self, node: Node) -> None:
        self._nodes.setdefault(node.id, node._replace(title=_title(node, self._say)))

    def _edge(self, start: str, end: str, kind: EdgeKind, label: str = "") -> None:
        self._edges[Edge(start, end, kind, label)] = None


def _owner_words(reference: Reference) -> str:
    """Whose act an inject waits for."""
    return {"us": _("by the US"), "china": _("by China")}.get(reference.side, "") if reference.kind == "act" else ""
