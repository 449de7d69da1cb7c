"""The core's one door: an event in, effects out.

A handler's mistakes are told by `explain`, after whoever called has rolled back what the handler wrote: so a
mistake changes nothing, without any handler having to take care.
"""

from collections.abc import Sequence

from bot.core import (
    access,
    challenging,
    closing,
    commands,
    deliveries,
    greeting,
    mistakes,
    owners,
    presence,
    programme_posts,
    programmes,
    sets,
    suggesting,
)
from bot.core.asked import asked
from bot.core.cards import Card, Intent, say
from bot.core.effects import Completions, Effect, FieldErrors, OpenForm, Show, Then, Wake
from bot.core.errors import UserMistake
from bot.core.events import (
    ButtonPressed,
    CommandUsed,
    CompletionAsked,
    DeliveryFailed,
    DeliveryMade,
    Event,
    FormSubmitted,
    Happened,
    Heard,
    Joined,
    Left,
    Lost,
    PageRead,
    Present,
    Said,
    Started,
    TimeCame,
)
from bot.core.features import library_import, quiz
from bot.core.limits import COMPLETIONS
from bot.core.ports import Ports, Waiting
from bot.core.registry import Access, Registry
from bot.core.request import Request

_ANSWERED = "quiz:answer"
"""What leaves an answer, so that nothing more needs to be noted of the press."""
_REPLIED_TO = (CommandUsed, ButtonPressed, FormSubmitted, CompletionAsked, PageRead)


class Core:
    """Everything the bot decides. It keeps nothing between events: what lasts stands behind the ports."""

    def __init__(self, ports: Ports, registry: Registry) -> None:
        self._ports = ports
        self.registry = registry

    def handle(self, event: Event) -> Sequence[Effect]:
        """Decide what follows from an event.

        Raises UserMistake, to be told by `explain` once what was written is rolled back; anything else that is raised
        is a fault of the bot's.
        """
        match event:
            case CommandUsed() | ButtonPressed() | FormSubmitted() | CompletionAsked():
                return self._said(event)
            case Heard() | PageRead():
                return self._beside(event)
            case TimeCame(at=at):
                return [
                    *closing.due(self._ports, at),
                    *challenging.due(self._ports, at),
                    *programme_posts.due(self._ports, at),
                    *programmes.due(self._ports, at),
                    *library_import.due(self._ports, at),
                    *deliveries.due(self._ports, at),
                    *presence.due(self._ports, at),
                ]
            case Started(at=at):
                return [*deliveries.recover(self._ports, at), Wake(at)]
            case Joined() | Left() | Present() | Lost():
                return self._happened(event)
            case DeliveryMade() | DeliveryFailed():
                return self._told(event)

    def explain(self, event: Event, mistake: UserMistake) -> Sequence[Effect]:
        """Tell a mistake to the person who made it."""
        if isinstance(event, CompletionAsked):
            return [Completions(())]
        text = [part for part in mistake.parts if isinstance(part, str)]
        # At a field stand bare words alone, so a sentence that names a command is said beside the form.
        if isinstance(event, FormSubmitted) and mistake.field and len(text) == len(mistake.parts):
            return [FieldErrors({mistake.field: "".join(text)})]
        return [Show(card=Card(body=(say(*mistake.parts),), intent=Intent.MISTAKE, buttons=mistake.ways_out))]

    def apologise(self, event: Event, reference: str) -> Sequence[Effect]:
        """Tell a person that the bot is at fault; the reference is what the host finds in the log."""
        if isinstance(event, Heard):
            event = event.said
        if isinstance(event, CompletionAsked):
            return [Completions(())]
        if not isinstance(event, _REPLIED_TO):
            return []
        words = (
            "Sorry, that did not work, and the fault is the bot’s. Nothing was changed; the host can look up "
        )
        return [Show(card=Card(body=(say(f"{words}{reference}."),), intent=Intent.MISTAKE))]

    def first_time(self, event: Event) -> bool:
        """Note an event that its platform may repeat; False when it has been heard before."""
        if not isinstance(event, _REPLIED_TO) or not event.id:
            return True
        return self._ports.communities.first_time(event.place.community, event.id, event.at)

    def reads(self, event: Event) -> bool:
        """Whether an event only reads, so that it can be handled on a connection that cannot write."""
        return asked(self.registry, event)[1]

    def _beside(self, event: Heard | PageRead) -> Sequence[Effect]:
        """Deal with what has been handled beside this thread, or will be."""
        if isinstance(event, Heard):
            return [Then(event.said)] if self.first_time(event.said) else []
        return library_import.page_read(
            Request(event=event, ports=self._ports, registry=self.registry, values={}), event
        )

    def _said(self, event: Said) -> Sequence[Effect]:
        match event:
            case CommandUsed():
                effects = commands.use(self.registry, self._ports, event)
                opens = any(isinstance(each, OpenForm) for each in effects)
                return effects if opens else [*effects, *self._news_for(event)]
            case ButtonPressed():
                return self._press(event)
            case FormSubmitted():
                return self._form(event)
            case CompletionAsked():
                return self._complete(event)

    def _press(self, event: ButtonPressed) -> Sequence[Effect]:
        found = self.registry.action(event.token)
        if found is None:
            raise mistakes.foreign_button()
        action, token = found
        request = Request(
            event=event,
            ports=self._ports,
            registry=self.registry,
            values={},
            args=token.args,
            value=event.value,
            message=event.message,
        )
        access.require(action, token.feature, request)
        effects = action.handler(request)
        if event.message is not None and not action.reads and action.name != _ANSWERED:
            self._ports.programmes.touch(request.community, event.message)
        return effects

    def _form(self, event: FormSubmitted) -> Sequence[Effect]:
        found = self.registry.submission(event.token)
        if found is None:
            raise mistakes.foreign_button()
        submission, token = found
        request = Request(
            event=event,
            ports=self._ports,
            registry=self.registry,
            values=event.values,
            args=token.args,
            files=event.files,
        )
        access.require(submission, token.feature, request)
        return submission.handler(request)

    def _complete(self, event: CompletionAsked) -> Sequence[Effect]:
        command = self.registry.commands.get(event.command)
        parameters = command.parameters if command else ()
        completer = next((each.completer for each in parameters if each.name == event.parameter), None)
        if command is None or completer is None:
            return [Completions(())]
        request = Request(event=event, ports=self._ports, registry=self.registry, values=event.arguments)
        access.require(command, command.name, request)
        return [Completions(tuple(completer(request, event.typed))[:COMPLETIONS])]

    def _happened(self, event: Happened) -> Sequence[Effect]:
        match event:
            case Joined():
                return [*presence.joined(self._ports, event), *greeting.joined(self._ports, event)]
            case Left():
                return presence.left(self._ports, event)
            case Present():
                return presence.present(self._ports, event)
            case Lost():
                return presence.lost(self._ports, event)

    def _told(self, event: DeliveryMade | DeliveryFailed) -> Sequence[Effect]:
        if isinstance(event, DeliveryMade):
            row, effects = deliveries.made(self._ports, event)
        else:
            row, effects = deliveries.failed(self._ports, event)
        return [*effects, *self._settled(row, event)]

    def _settled(self, row: Waiting | None, event: DeliveryMade | DeliveryFailed) -> Sequence[Effect]:
        if row is None:
            return ()
        feature, _, number = row.about.partition(":")
        if feature == "quiz":
            return quiz.settled(self._ports, row, int(number), event)
        if feature == "owner":
            return owners.asked_after(self._ports, row, int(number), event)
        if feature == "programme":
            return programme_posts.settled(self._ports, row, int(number), event)
        if feature == "suggest":
            suggesting.settled(self._ports, row.community, int(number), made=isinstance(event, DeliveryMade))
        if isinstance(event, DeliveryFailed):
            if feature == "set":
                return sets.settled(self._ports, row, int(number), event)
            greeting.untold(self._ports, row)
        return ()

    def _news_for(self, event: CommandUsed) -> Sequence[Effect]:
        """Tell somebody along with an answer what is for them and could not be told directly."""
        command = self.registry.commands.get(event.command)
        if command is None or command.opens_form or commands.reads(self.registry, event):
            return ()
        told = suggesting.catch_up(self._ports, event.place.community, event.actor.id)
        if command.access is not Access.MODERATOR:
            return told
        return [*told, *greeting.to_moderator(self._ports, event.place.community, command)]
