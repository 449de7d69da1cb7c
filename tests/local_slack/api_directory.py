"""auth.test, users.*, usergroups.*, team.info, bots.info and views.*: who and what is here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.local_slack import payloads, views
from tests.local_slack.api_conversations import paged
from tests.local_slack.refusal import RefusalError

if TYPE_CHECKING:
    from tests.local_slack.arguments import Arguments
    from tests.local_slack.people import Person
    from tests.local_slack.records import Json, UserGroup, View
    from tests.local_slack.workspace import Workspace


def auth_test(space: Workspace, _: Arguments) -> Json:
    """Answer auth.test."""
    return {
        "url": f"https://{space.domain}.slack.com/",
        "team": space.team_name,
        "user": space.bot_name,
        "team_id": space.team_id,
        "user_id": space.bot_user_id,
        "bot_id": space.bot_id,
        "is_enterprise_install": False,
    }


def _user(space: Workspace, person: Person) -> Json:
    offset = datetime.fromtimestamp(space.clock.now(), tz=ZoneInfo(person.tz)).utcoffset()
    return {
        "id": person.id,
        "team_id": space.team_id,
        "name": person.username,
        "deleted": person.deleted,
        "real_name": person.name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": 0 if offset is None else int(offset.total_seconds()),
        "profile": {
            "title": "",
            "real_name": person.name,
            "real_name_normalized": person.name,
            "display_name": person.display_name,
            "display_name_normalized": person.display_name,
            "status_text": "",
            "team": space.team_id,
        },
        "is_admin": person.admin,
        "is_owner": person.owner,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "updated": 0,
    }


def _bot_user(space: Workspace) -> Json:
    return {
        "id": space.bot_user_id,
        "team_id": space.team_id,
        "name": space.bot_name,
        "deleted": False,
        "real_name": space.bot_name,
        "profile": {"bot_id": space.bot_id, "api_app_id": space.app_id, "display_name": space.bot_name},
        "is_admin": False,
        "is_owner": False,
        "is_bot": True,
        "is_app_user": False,
        "updated": 0,
    }


def user_info(space: Workspace, arguments: Arguments) -> Json:
    """Answer users.info."""
    word = arguments.text("user")
    if word == space.bot_user_id:
        return {"user": _bot_user(space)}
    person = space.people.get(word)
    if person is None:
        raise RefusalError("user_not_found")
    return {"user": _user(space, person)}


def user_list(space: Workspace, arguments: Arguments) -> Json:
    """Answer users.list."""
    page, following = paged(arguments, [space.bot_user_id, *space.people])
    users = [
        _bot_user(space) if each == space.bot_user_id else _user(space, space.people[each]) for each in page
    ]
    return {
        "members": users,
        "cache_ts": int(space.clock.now()),
        "response_metadata": {"next_cursor": following},
    }


def usergroup_list(space: Workspace, arguments: Arguments) -> Json:
    """Answer usergroups.list."""
    with_people = arguments.flag("include_users")
    return {
        "usergroups": [
            _usergroup(space, group, with_people=with_people) for group in space.usergroups.values()
        ]
    }


def _usergroup(space: Workspace, group: UserGroup, *, with_people: bool) -> Json:
    found: Json = {
        "id": group.id,
        "team_id": space.team_id,
        "is_usergroup": True,
        "name": group.handle,
        "handle": group.handle,
        "is_external": False,
        "date_delete": 0,
        "user_count": str(len(group.people)),
    }
    return found | ({"users": [person.id for person in group.people]} if with_people else {})


def usergroup_members(space: Workspace, arguments: Arguments) -> Json:
    """Answer usergroups.users.list."""
    group = space.usergroups.get(arguments.needed("usergroup"))
    if group is None:
        raise RefusalError("no_such_subteam")
    return {"users": [person.id for person in group.people]}


def team_info(space: Workspace, _: Arguments) -> Json:
    """Answer team.info."""
    team = {"id": space.team_id, "name": space.team_name, "domain": space.domain, "email_domain": ""}
    return {"team": {**team, "url": f"https://{space.domain}.slack.com/", "icon": {"image_default": True}}}


def bot_info(space: Workspace, arguments: Arguments) -> Json:
    """Answer bots.info."""
    if arguments.text("bot") not in {"", space.bot_id}:
        raise RefusalError("bot_not_found")
    bot = {"id": space.bot_id, "app_id": space.app_id, "user_id": space.bot_user_id, "name": space.bot_name}
    return {"bot": {**bot, "deleted": False, "updated": 0, "icons": {}}}


def _shown(space: Workspace, view: View) -> Json:
    return {"view": payloads.view(space, view)}


def open_view(space: Workspace, arguments: Arguments) -> Json:
    """Answer views.open."""
    content = views.check(space, arguments.structure("view"), "modal")
    trigger = views.use_trigger(space, arguments.needed("trigger_id"))
    view = views.open_modal(space, trigger.person, content)
    if trigger.interaction is not None:
        trigger.interaction.views.add(view)
    return _shown(space, view)


def push_view(space: Workspace, arguments: Arguments) -> Json:
    """Answer views.push."""
    content = views.check(space, arguments.structure("view"), "modal")
    trigger = views.use_trigger(space, arguments.needed("trigger_id"))
    view = views.push_modal(space, trigger.person, content)
    if trigger.interaction is not None:
        trigger.interaction.views.add(view)
    return _shown(space, view)


def update_view(space: Workspace, arguments: Arguments) -> Json:
    """Answer views.update."""
    view = views.find(space, view_id=arguments.text("view_id"), external_id=arguments.text("external_id"))
    if view is None:
        raise RefusalError("not_found")
    content = views.check(space, arguments.structure("view"), view.type, replaces=view)
    if arguments.text("hash") not in {"", view.hash}:
        raise RefusalError("hash_conflict")
    views.replace(space, view, content)
    last = view.owner.last_on(view)
    if last is not None:
        last.views.add(view)
    return _shown(space, view)


def publish_view(space: Workspace, arguments: Arguments) -> Json:
    """Answer views.publish."""
    content = views.check(space, arguments.structure("view"), "home")
    person = space.people.get(arguments.needed("user_id"))
    if person is None:
        raise RefusalError("invalid_arguments", "no such user [json-pointer:/user_id]")
    if person.home is not None and arguments.text("hash") not in {"", person.home.hash}:
        raise RefusalError("hash_conflict")
    return _shown(space, views.publish(space, person, content))
