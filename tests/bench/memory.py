"""What one worker holds after work: its resident memory, with contacts stored and pages of the API asked for."""

import tempfile
from pathlib import Path

from tests.bench.measure import Figure
from tests.documents import a_document, as_body
from tests.serving import a_running_service, prepare

CONTACTS = 500
MEBIBYTE = 1024


def memory_figures() -> list[Figure]:
    """Resident MiB of one worker process after 500 contacts."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/memory.db"
        prepare(url)
        with a_running_service(url, workers=1) as service:
            connection = service.connection()
            for number in range(CONTACTS):
                service.post(as_body(a_document(number)), connection)
            service.get("/api/v1/openapi.json")
            (worker,) = service.workers()
            status = Path(f"/proc/{worker}/status").read_text("ascii")
    kibibytes = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    return [Figure("resident memory of one worker, MiB", kibibytes / MEBIBYTE, 200, at_least=False)]
