"""Joining a scenario with its rule packs, out of files or out of a log: only what passes every check is handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from msgspec import MsgspecError, json

from crisis_sim.content.known_names import KnownNames
from crisis_sim.content.link import link_scenario
from crisis_sim.content.material import FORMAT, Material, scenario_places
from crisis_sim.content.packs import link_packs
from crisis_sim.content.related_files import RelatedFiles
from crisis_sim.content.scenario import Scenario, long_texts
from crisis_sim.content.sources import Located, Source, from_log, is_clean, sha256
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.problems import Problem, Problems, Spot
from crisis_sim.rules.pack import Pack
from crisis_sim.text import clean, clipped

REFUSED_SINCE: Final = frozenset({"link/sealed"})
"""Codes of errors that files of this version are kept from, and logs of past ones hold."""


class _LoggedProblems(Problems):
    """What is wrong with a log's copy. It was played from, so what has been refused only since is let pass."""

    def add(self, problem: Problem) -> None:
        super().add(problem._replace(severity="warning") if problem.code in REFUSED_SINCE else problem)


def join(
    scenario: Located[Scenario] | None,
    packs: Sequence[Located[Pack]],
    texts: Mapping[str, str],
    problems: Problems,
    *,
    whole: bool,
    listed: Spot,
    around: RelatedFiles | None = None,
) -> Material | None:
    """A scenario and its packs as one material, or None with every reason in `problems`.

    Whatever could be read is checked: without a scenario or with a pack missing (then the packs are not the `whole`),
    only names that those would give go unchecked; of a file with mistakes, what is left of it. `listed` is where the
    packs are named, `around` what else there is.
    """
    errors_before = problems.errors
    models = [pack.model for pack in packs]
    names = KnownNames(packs, scenario, problems, whole=whole, around=around if scenario is not None else None)
    link_packs(packs, names, problems, listed)
    if scenario is not None:
        link_scenario(scenario.model, scenario.source, names, problems)
    based = any(pack.base is not None for pack in models)
    sound = all(pack.source.sound for pack in packs) and problems.errors == errors_before
    if scenario is None or not scenario.source.sound or not whole or not based or not sound:
        return None
    return Material.from_parts(scenario.model, models, texts, (scenario.source, *(pack.source for pack in packs)))


def bundle_in(packed: bytes) -> dict[str, Any]:
    """The bundle in the bytes of a log's header. Raises ValueError where it is not canonical JSON."""
    try:
        bundle = json.decode(packed, type=dict[str, Any])
    except (MsgspecError, RecursionError) as error:
        raise ValueError("its material cannot be read") from error
    if json.encode(bundle) != packed:
        raise ValueError("its material is not written in the canonical form")
    return bundle


def packed_material(packed: bytes) -> Material:
    """The material in the bytes of a log's header.

    Raises as `bundle_in` and `material_from_bundle` do.
    """
    return replace(material_from_bundle(bundle_in(packed)), kept_packed=packed)


def material_from_bundle(bundle: Any) -> Material:
    """The material that a log's header holds, checked as if it came from files.

    Raises UnreadableInput where the bundle is damaged, was changed, or is of a version that is not known.
    """
    try:
        if bundle["format"] != FORMAT:
            version = clipped(clean(str(bundle["format"]), lines=False), 20)
            message = Sentence(
                "its scenario is of format {version}, and this version reads {format}", version=version, format=FORMAT
            )
            raise _unreadable(message)
        sources, texts, places = _unpacked(bundle)
        problems = _LoggedProblems()
        material = _joined(sources, texts, problems)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise _unreadable(Sentence("its header does not hold a whole scenario")) from error
    if material is None:
        first = next(problem for problem in problems if problem.severity == "error")
        message = Sentence("its copy of {path} cannot be used: {message}", path=first.path, message=first.message)
        raise _unreadable(message)
    return replace(material, kept_places=places)


def material_under(bundle: Any, packs: Sequence[Located[Pack]], problems: Problems) -> Material | None:
    """The scenario that a log's header holds, joined with other packs; None with the reasons in `problems`.

    Raises UnreadableInput as `material_from_bundle` does.
    """
    logged = material_from_bundle(bundle)
    source = logged.sources[0]
    situation = Located(logged.scenario, source)
    material = join(situation, packs, logged.texts, problems, whole=True, listed=source.key_spot("rules"))
    if material is None:
        return None
    own = {name: logged.places[name] for name in scenario_places(logged.scenario, source) if name in logged.places}
    return replace(material, kept_places={**material.places, **own})


def _unpacked(bundle: Any) -> tuple[list[Source], dict[str, str], dict[str, str]]:
    """The sources, texts and places of a bundle; UnreadableInput if a part is not what it was when it was written."""
    scenario, packs = bundle["scenario"], bundle["packs"]
    parts = [(scenario, [scenario["tree"], scenario["texts"]]), *((pack, pack["tree"]) for pack in packs)]
    names = [clipped(clean(part["file"], lines=False), 200) for part, _ in parts]
    for name, (part, hashed) in zip(names, parts, strict=True):
        if part["sha256"] != sha256(hashed):
            raise _unreadable(Sentence("its copy of {name} was changed after it was written", name=name))
    if not is_clean([parts, bundle["places"]]):
        raise _unreadable(Sentence("its copy of the scenario holds characters that no text may have"))
    texts, places = dict(scenario["texts"]), dict(bundle["places"])
    if not all(isinstance(text, str) for text in (*texts.values(), *places.values())):
        raise TypeError("texts and places are text")
    return [from_log(part["tree"], name) for name, (part, _) in zip(names, parts, strict=True)], texts, places


def _joined(sources: Sequence[Source], texts: Mapping[str, str], problems: Problems) -> Material | None:
    """The material of a log's sources."""
    situation = sources[0].checked_model(Scenario, problems)
    packs = [pack for source in sources[1:] if (pack := source.checked_model(Pack, problems)) is not None]
    for _, name in long_texts(situation.model) if situation is not None else ():
        if name not in texts:
            raise _unreadable(Sentence("the text '{name}' is not in it", name=name))
    whole = len(packs) == len(sources) - 1
    return join(situation, packs, texts, problems, whole=whole, listed=sources[0].key_spot("rules"))


def _unreadable(why: Sentence) -> UnreadableInput:
    return UnreadableInput(
        "log/scenario",
        "the log cannot be played from: {why}",
        hint="use the version of crisis-sim that wrote it",
        why=why,
    )
