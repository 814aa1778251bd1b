"""Driver for the Python SDK (protocol 1.1): one JSON line out for each that comes in. It reports; the harness judges."""

import sys

import driver_protocol as protocol

# What the SDK and its language have beyond protocol 1.
OPTIONS = ["input_null", "input_json", "input_utf16", "base_url_forms", "headers", "repeat", "second_client"]
WITHOUT = {"cancel_after_ms": "a call that blocks has nothing to cancel it with"}


class Blocking:
    """The client whose calls block."""

    name = "pinecone-python"
    package = "pinecone"
    options, without = OPTIONS, WITHOUT

    def load(self):
        from pinecone import Pinecone

        self.client_class = Pinecone

    def outcomes(self, request):
        return protocol.blocking_outcomes(self, request)

    def client(self, request):
        more = protocol.keywords(request, self.client_class)
        return self.client_class(api_key=request["api_key"], host=request["base_url"], **more)

    def call(self, client, given):
        try:
            value = client().delete_backup(backup_id=protocol.argument(given["backup_id"]))
        except Exception as error:  # noqa: BLE001: whatever the SDK throws is the result
            return protocol.raised(error)
        return protocol.returned(value)


if __name__ == "__main__":
    sys.exit(protocol.main(Blocking()))
