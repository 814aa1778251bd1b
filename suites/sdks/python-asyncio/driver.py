"""Driver for the asyncio client of the Python SDK (protocol 1.1). All but the calls is that of the driver beside it."""

import asyncio
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))
import driver  # noqa: E402


class Awaiting(driver.Blocking):
    """The client whose calls are awaited."""

    name = "pinecone-python-asyncio"
    options, without = [*driver.OPTIONS, "cancel_after_ms"], {}

    def load(self):
        from pinecone import PineconeAsyncio

        self.client_class = PineconeAsyncio

    def outcomes(self, request):
        return asyncio.run(self.both(request))

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
            return [driver.raised(error)] * times

    async def attempt(self, client, request):
        try:
            task = asyncio.ensure_future(client.delete_backup(backup_id=driver.argument(request["input"]["backup_id"])))
            if "cancel_after_ms" in request["client"]:
                asyncio.get_running_loop().call_later(request["client"]["cancel_after_ms"] / 1000, task.cancel)
            return driver.returned(await task)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001: whatever the SDK throws is the result
            return driver.raised(error)


if __name__ == "__main__":
    sys.exit(driver.main(Awaiting()))
