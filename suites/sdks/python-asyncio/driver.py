"""Driver for the asyncio client of the Python SDK (protocol 1.1): it reports; the harness judges."""

import asyncio
import sys

import driver_protocol as protocol

# What the SDK and its language have beyond protocol 1.
OPTIONS = [
    "input_null",
    "input_json",
    "input_utf16",
    "base_url_forms",
    "headers",
    "repeat",
    "second_client",
    "cancel_after_ms",
]


class Awaiting:
    """The client whose calls are awaited."""

    name = "pinecone-python-asyncio"
    package = "pinecone"
    options, without = OPTIONS, {}

    def load(self):
        from pinecone import PineconeAsyncio

        self.client_class = PineconeAsyncio

    def outcomes(self, request):
        """Every call that the request asks for, each as its outcome, in the order of the calls."""
        return asyncio.run(self.both(request))

    def client(self, request):
        more = protocol.keywords(request, self.client_class)
        return self.client_class(api_key=request["api_key"], host=request["base_url"], **more)

    async def both(self, request):
        second = request["client"].get("second_client")
        if second is None:
            return await self.calls(request, request["client"].get("repeat", 1))
        return [each for [each] in await asyncio.gather(self.calls(request, 1), self.calls({**request, **second}, 1))]

    async def calls(self, request, times):
        try:
            async with self.client(request) as client:
                return [await self.attempt(client, request) for _ in range(times)]
        except Exception as error:  # noqa: BLE001: a client that cannot be made is the result of each call
            return [protocol.raised(error)] * times

    async def attempt(self, client, request):
        try:
            task = asyncio.ensure_future(client.delete_backup(backup_id=protocol.argument(request["input"]["backup_id"])))
            if "cancel_after_ms" in request["client"]:
                asyncio.get_running_loop().call_later(request["client"]["cancel_after_ms"] / 1000, task.cancel)
            return protocol.returned(await task)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001: whatever the SDK throws is the result
            return protocol.raised(error)


if __name__ == "__main__":
    sys.exit(protocol.main(Awaiting()))
