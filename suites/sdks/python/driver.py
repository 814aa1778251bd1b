"""Driver for the Python SDK (protocol 1.1): one JSON line out for each that comes in. It reports; the harness judges."""

import base64
import inspect
import json
import os
import platform
import sys
import threading
import time
from importlib import metadata

PACKAGE = "pinecone"

# Whatever the SDK prints to the standard output goes to the standard error: only result lines may stand there.
RESULTS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def describe(pinecone_class):
    options = ["timeout_ms"] if "timeout" in inspect.signature(pinecone_class.__init__).parameters else []
    return {
        "protocol": [1, 1.1],
        "driver": "pinecone-python",
        "language": "python",
        "runtime": f"{platform.python_implementation()} {platform.python_version()}",
        "sdk": {"name": PACKAGE, "version": metadata.version(PACKAGE), "source": "installed package metadata"},
        "operations": ["delete_backup"],
        "options": options,
        "exposes": ["status", "code", "message", "body"],
    }


def plain(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    try:
        json.dumps(value)
        return value
    except (TypeError, ValueError):
        return str(value)


def exposed(error, *names):
    """The first public attribute that exists; an attribute that is there but None is still exposed."""
    for name in names:
        if hasattr(error, name):
            return {"value": plain(getattr(error, name)), "via": name}
    return {"value": None, "via": None}


def type_name(error_type):
    return f"{error_type.__module__}.{error_type.__qualname__}"


def causes(error):
    chain, seen = [], {id(error)}
    while True:
        error = error.__cause__ or error.__context__
        if error is None or id(error) in seen:
            return chain
        seen.add(id(error))
        status = exposed(error, "status_code", "status")["value"]
        known = {"status": status} if isinstance(status, int) else {}
        chain.append({"class": type_name(type(error)), "message": str(error), **known})


def raised(error):
    return {
        "class": type_name(type(error)),
        "lineage": [type_name(base) for base in type(error).__mro__ if base is not object],
        "display": str(error),
        "status": exposed(error, "status_code", "status"),
        "code": exposed(error, "error_code"),
        "message": exposed(error, "message"),
        "body": exposed(error, "body"),
        "cause": causes(error),
    }


def text(value):
    return base64.b64decode(value["b64"]).decode("utf-8") if isinstance(value, dict) else value


def call(request, pinecone_class):
    options = {}
    if "timeout_ms" in request["client"] and "timeout_ms" in describe(pinecone_class)["options"]:
        options["timeout"] = request["client"]["timeout_ms"] / 1000
    try:
        client = pinecone_class(api_key=request["api_key"], host=request["base_url"], **options)
        value = client.delete_backup(backup_id=text(request["input"]["backup_id"]))
    except Exception as error:  # noqa: BLE001: whatever the SDK throws is the result
        return {"outcome": "raised", "raised": raised(error)}
    return {"outcome": "returned", "returned": {"type": type(value).__name__, "json": plain(value)}}


def write(line):
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    print(json.dumps(line), file=RESULTS, flush=True)


def perform(line, pinecone_class):
    """The result of one request line, or None for a line that cannot be read."""
    try:
        request = json.loads(line)
        if not request["base_url"]:
            raise ValueError("base_url is empty")
    except (ValueError, KeyError, TypeError) as error:
        print(f"not a request line: {error}", file=sys.stderr)
        return None
    sdk = describe(pinecone_class)["sdk"]
    result = {"v": 1, "case": request["case"], "nonce": request["nonce"], "sdk": sdk}
    if request["v"] != 1 or request["operation"] != "delete_backup":
        return {**result, "outcome": "unsupported", "elapsed_ms": 0}
    began = time.monotonic()
    seen = {"outcome": "unsettled"}
    worker = threading.Thread(target=lambda: seen.update(call(request, pinecone_class)), daemon=True)
    worker.start()
    worker.join(request["deadline_ms"] / 1000)
    outcome = dict(seen)
    return {**result, **outcome, "elapsed_ms": round((time.monotonic() - began) * 1000)}


def main():
    try:
        from pinecone import Pinecone
    except Exception as error:  # noqa: BLE001
        print(f"the SDK cannot be imported: {error}", file=sys.stderr)
        return 69
    if sys.argv[1:] == ["--describe"]:
        write(describe(Pinecone))
        return 0
    serves = sys.argv[1:] == ["--serve"]
    if serves:
        write({"v": 1.1, "ready": True})
    for line in iter(sys.stdin.readline, "") if serves else [sys.stdin.readline()]:
        result = perform(line, Pinecone)
        if result is None:
            return 64
        write(result)
    # Not sys.exit: it would wait for a call that never ends.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
