"""Driver for the Python SDK (protocol 1.1): one JSON line out for each that comes in. It reports; the harness judges."""

import functools
import sys
import threading

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
        """Every call that the request asks for, each as its outcome, in the order of the calls."""
        second = request["client"].get("second_client")
        if second is not None:
            results = [None, None]

            def run(place, one):
                results[place] = self.call(lambda: self.client(one), one["input"])

            both = enumerate([request, {**request, **second}])
            threads = [threading.Thread(target=run, args=pair) for pair in both]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return results
        client = functools.cache(lambda: self.client(request))
        times = request["client"].get("repeat", 1)
        return [self.call(client, request["input"]) for _ in range(times)]

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
