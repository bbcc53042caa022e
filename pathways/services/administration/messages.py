"""Try again to send a message that was given up, once its cause has been mended."""

from notifications.outbox import try_again
from pathways.errors import Unknown
from pathways.services.administration.office import Office


def send_again(office: Office, message_id: int, *, region_code: str) -> None:
    """Put a given-up message back in the outbox; one that is not there, or not given up, is `Unknown`."""
    office.permit("manage_messages")
    if not try_again(office.work.connection, message_id, region=region_code, now=office.work.now):
        raise Unknown("message", str(message_id), ())
    office.record("send_again", str(message_id))
