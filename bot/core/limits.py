"""The platforms' limits, as far as a card or a form can meet them: always the smaller of the two.

Discord's come from its developer documentation, Slack's from its Block Kit reference. The adapters check again
what only they can know (rows, blocks, a message's whole).
"""

TITLE = 150  # Slack header 150, Discord embed title 256
PARAGRAPH = 3_000  # Slack section 3,000
CARD = 4_000  # Discord embed description 4,096, less room for marks
FIELDS = 10  # Slack section 10, Discord 25
FIELD_NAME = 256  # Discord
FIELD_VALUE = 1_024  # Discord
FOOTER = 2_000  # Discord 2,048, Slack context 2,000
ALT_TEXT = 1_024  # Discord 1,024, Slack 2,000
LINK = 512  # Discord link button 512, Slack 3,000
BUTTONS = 20  # Discord 5 rows of 5, one row kept for a link; Slack 25
BUTTON_LABEL = 34  # what stays on one line on a telephone; Slack allows 75, Discord 80
TOKEN = 100  # Discord custom_id 100, Slack action_id 255
OPTIONS = 25  # Discord select 25, Slack 100
OPTION_LABEL = 75  # Slack 75, Discord 100
PLACEHOLDER = 100  # Discord text input 100, Slack 150
FORM_TITLE = 24  # Slack 24, Discord 45
FORM_FIELDS = 5  # Discord
FIELD_LABEL = 45  # Discord
FIELD_TEXT = 3_000  # Slack 3,000, Discord 4,000
COMPLETIONS = 25  # Discord
COMPLETION = 100  # Discord
THREAD_NAME = 100  # Discord
FILE = 1_000_000  # ours: an export of one member stays far below
