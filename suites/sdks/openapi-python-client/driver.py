"""
Driver for a client that openapi-python-client generated (protocol 1.1): it reports; the harness judges.
Usage: python driver.py FOLDER [--describe|--serve], where FOLDER has generated_client.
"""

import sys

import driver_protocol as protocol

# What the client and its language have beyond protocol 1.
OPTIONS = ["input_null", "input_json", "input_utf16", "base_url_forms", "headers", "repeat", "second_client"]


class Generated:
    """A client whose functions return the response, also where it is an error."""

    name = "openapi-python-client"
    package = "openapi-python-client"
    options = OPTIONS
    without = {"cancel_after_ms": "a call that blocks has nothing to cancel it with"}

    def load(self):
        sys.path.insert(0, sys.argv[1])
        import httpx
        from generated_client import AuthenticatedClient
        from generated_client.api.manage_indexes import delete_backup

        self.client_class, self.operation, self.timeout = AuthenticatedClient, delete_backup, httpx.Timeout

    def outcomes(self, request):
        return protocol.blocking_outcomes(self, request)

    def client(self, request):
        asked, more = request["client"], {}
        if "timeout_ms" in asked:
            more["timeout"] = self.timeout(asked["timeout_ms"] / 1000)
        if "headers" in asked:
            more["headers"] = asked["headers"]
        key = {"token": request["api_key"], "prefix": "", "auth_header_name": "Api-Key"}
        return self.client_class(base_url=request["base_url"], **key, **more)

    def call(self, client, given):
        try:
            response = self.operation.sync_detailed(protocol.argument(given["backup_id"]), client=client())
        except Exception as error:  # noqa: BLE001: whatever the client throws is the result
            return protocol.raised(error)
        if 200 <= response.status_code < 300:
            return protocol.returned(response.parsed)
        return {"outcome": "raised", "raised": answered(response)}


def answered(response):
    """An error that is returned: what is read from it by the names that the generated types have."""
    parsed, nothing = response.parsed, {"value": None, "via": None}
    error = getattr(parsed, "error", None)
    message = protocol.exposed(error, "message")
    code = protocol.exposed(error, "code")
    if isinstance(parsed, str):
        message = {"value": parsed, "via": "parsed"}
    elif error is not None:
        message, code = under("parsed.error", message), under("parsed.error", code)
    return {
        "class": protocol.type_name(type(response)),
        "lineage": [protocol.type_name(type(response))],
        "display": repr(response),
        "status": {"value": int(response.status_code), "via": "status_code"},
        "code": code if error is not None else nothing,
        "message": message if parsed is not None else nothing,
        "body": protocol.exposed(response, "content"),
        "cause": [],
    }


def under(place, exposed):
    return exposed if exposed["via"] is None else {**exposed, "via": f"{place}.{exposed['via']}"}


if __name__ == "__main__":
    sys.exit(protocol.main(Generated()))
