"""
Protocol 1.1 for clients in Python: reads request lines, writes result lines, says of an error what its user can read. Each
folder of a driver in Python has this file, so that it can be copied alone; a test holds them alike.
"""

import base64
import functools
import inspect
import json
import os
import platform
import sys
import threading
import time
from importlib import metadata

# Whatever the SDK prints to the standard output goes to the standard error: only result lines may stand there.
RESULTS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def keywords(request, client_class):
    """The options of the client that the request asks for."""
    asked, keywords = request["client"], {}
    if "timeout_ms" in asked and has_timeout(client_class):
        keywords["timeout"] = asked["timeout_ms"] / 1000
    if "headers" in asked:
        keywords["additional_headers"] = asked["headers"]
    return keywords


def has_timeout(client_class):
    return "timeout" in inspect.signature(client_class.__init__).parameters


def describe(caller):
    return {
        "protocol": [1, 1.1],
        "driver": caller.name,
        "language": "python",
        "runtime": f"{platform.python_implementation()} {platform.python_version()}",
        "sdk": {"name": caller.package, "version": metadata.version(caller.package), "source": "installed package metadata"},
        "operations": ["delete_backup"],
        "options": [*(["timeout_ms"] if has_timeout(caller.client_class) else []), *caller.options],
        "without": caller.without,
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


def returned(value):
    return {"outcome": "returned", "returned": {"type": type(value).__name__, "json": plain(value)}}


def raised(error):
    return {"outcome": "raised", "raised": reported(error)}


def reported(error):
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


def argument(value):
    """An input value as the SDK is given it."""
    if not isinstance(value, dict):
        return value
    if "json" in value:
        return value["json"]
    if "utf16" in value:
        units = b"".join(unit.to_bytes(2, "little") for unit in value["utf16"])
        return units.decode("utf-16-le", "surrogatepass")
    return base64.b64decode(value["b64"]).decode("utf-8")


def write(line):
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    print(json.dumps(line), file=RESULTS, flush=True)


def perform(line, caller):
    """The result of one request line, or None for a line that cannot be read."""
    try:
        request = json.loads(line)
        if not request["base_url"]:
            raise ValueError("base_url is empty")
    except (ValueError, KeyError, TypeError) as error:
        print(f"not a request line: {error}", file=sys.stderr)
        return None
    result = {"v": 1, "case": request["case"], "nonce": request["nonce"], "sdk": describe(caller)["sdk"]}
    if request["v"] != 1 or request["operation"] != "delete_backup":
        return {**result, "outcome": "unsupported", "elapsed_ms": 0}
    began = time.monotonic()
    seen = []
    worker = threading.Thread(target=lambda: seen.extend(caller.outcomes(request)), daemon=True)
    worker.start()
    worker.join(request["deadline_ms"] / 1000)
    return {**result, **outcome_of(list(seen), request), "elapsed_ms": round((time.monotonic() - began) * 1000)}


def blocking_outcomes(caller, request):
    """Of a client whose calls block: every call that the request asks for, each as its outcome, in the order of the calls."""
    second = request["client"].get("second_client")
    if second is not None:
        results = [None, None]

        def run(place, one):
            results[place] = caller.call(lambda: caller.client(one), one["input"])

        both = enumerate([request, {**request, **second}])
        threads = [threading.Thread(target=run, args=pair) for pair in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results
    client = functools.cache(lambda: caller.client(request))
    times = request["client"].get("repeat", 1)
    return [caller.call(client, request["input"]) for _ in range(times)]


def outcome_of(seen, request):
    """The outcome of the call that the line is about, and those of the others beside it."""
    asked = request["client"]
    unsettled = {"outcome": "unsettled"}
    if "repeat" in asked:
        first, last = seen or [unsettled, unsettled]
        return {**last, "also": [first]}
    if "second_client" in asked:
        first, second = seen or [unsettled, unsettled]
        return {**first, "also": [second]}
    return (seen or [unsettled])[0]


def main(caller):
    try:
        caller.load()
    except Exception as error:  # noqa: BLE001
        print(f"the SDK cannot be imported: {error}", file=sys.stderr)
        return 69
    if "--describe" in sys.argv:
        write(describe(caller))
        return 0
    serves = "--serve" in sys.argv
    if serves:
        write({"v": 1.1, "ready": True})
    for line in iter(sys.stdin.readline, "") if serves else [sys.stdin.readline()]:
        result = perform(line, caller)
        if result is None:
            return 64
        write(result)
    # Not sys.exit: it would wait for a call that never ends.
    os._exit(0)
