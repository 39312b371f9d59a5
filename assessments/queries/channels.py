"""How each channel of a scenario is named and drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.content.scenario_shapes import Channel


@dataclass(frozen=True)
class ChannelLook:
    """The words and the icon of one channel; `name` is its CSS class and what templates ask."""

    name: Channel
    icon: str
    begin_icon: str
    practice: str | Promise
    here: str | Promise
    begin: str | Promise
    go_on: str | Promise
    send: str | Promise
    question: str | Promise


LOOKS: Mapping[Channel, ChannelLook] = {
    Channel.PHONE: ChannelLook(
        name=Channel.PHONE,
        icon="telephone-fill",
        begin_icon="telephone",
        practice=_("Practice call"),
        here=_("On the line"),
        begin=_("Take the call"),
        go_on=_("Go on with the call"),
        send=_("Say it"),
        question=_("What do you say?"),
    ),
    Channel.CHAT: ChannelLook(
        name=Channel.CHAT,
        icon="chat-dots-fill",
        begin_icon="chat-left-text",
        practice=_("Practice chat"),
        here=_("In chat"),
        begin=_("Join the chat"),
        go_on=_("Go on with the chat"),
        send=_("Send reply"),
        question=_("What do you write?"),
    ),
    Channel.MESSAGE: ChannelLook(
        name=Channel.MESSAGE,
        icon="envelope",
        begin_icon="envelope",
        practice=_("Practice message"),
        here=_("By message"),
        begin=_("Open the message"),
        go_on=_("Go on with the message"),
        send=_("Send reply"),
        question=_("What do you write?"),
    ),
}
