// Driver for the C# SDK (protocol 1.1): one JSON line out for each that comes in. It reports; the harness judges.
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pinecone;

JsonObject Sdk()
{
    var assembly = typeof(PineconeClient).Assembly;
    var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
    return new JsonObject
    {
        ["name"] = "Pinecone.Client",
        // What follows "+" is the commit, which is no part of the version.
        ["version"] = version.Split('+')[0],
        ["source"] = "informational version of the assembly",
    };
}

JsonObject Exposed(JsonNode? value, string? via) => new() { ["value"] = value, ["via"] = via };

JsonObject Raised(Exception thrown)
{
    var lineage = new JsonArray();
    for (var type = thrown.GetType(); type != null && type != typeof(object); type = type.BaseType) lineage.Add(type.FullName);
    var causes = new JsonArray();
    for (var at = thrown.InnerException; at != null && causes.Count < 8; at = at.InnerException)
    {
        causes.Add(new JsonObject { ["class"] = at.GetType().FullName, ["message"] = at.Message });
    }
    var report = new JsonObject
    {
        ["class"] = thrown.GetType().FullName,
        ["lineage"] = lineage,
        ["display"] = thrown.Message,
        ["status"] = Exposed(null, null),
        ["code"] = Exposed(null, null),
        ["message"] = Exposed(thrown.Message, "Message"),
        ["body"] = Exposed(null, null),
        ["cause"] = causes,
    };
    if (thrown is PineconeApiException error)
    {
        report["status"] = Exposed(error.StatusCode, "StatusCode");
        report["body"] = Exposed(error.Body?.ToString(), "Body");
        if (error.Body is ErrorResponse response)
        {
            report["code"] = Exposed(JsonSerializer.SerializeToNode(response.Error.Code), "Body.Error.Code");
            report["message"] = Exposed(response.Error.Message, "Body.Error.Message");
        }
    }
    return report;
}

PineconeClient Open(JsonObject request)
{
    // Both are init-only; 30 s is the SDK's own default.
    var timeout = request["client"]?["timeout_ms"]?.GetValue<int>();
    var options = new ClientOptions
    {
        BaseUrl = request["base_url"]!.GetValue<string>(),
        Timeout = TimeSpan.FromMilliseconds(timeout ?? 30_000),
    };
    return new PineconeClient(request["api_key"]!.GetValue<string>(), options);
}

// An input value as the SDK is given it.
string? Argument(JsonNode value)
{
    if (value is not JsonObject given) return value.GetValue<string>();
    if (given.ContainsKey("json")) return null;
    if (given["utf16"] is JsonArray units) return string.Concat(units.Select(unit => (char)unit!.GetValue<int>()));
    return Encoding.UTF8.GetString(Convert.FromBase64String(given["b64"]!.GetValue<string>()));
}

async Task<JsonObject> Call(Lazy<PineconeClient> client, JsonObject request)
{
    try
    {
        using var cancelling = new CancellationTokenSource();
        if (request["client"]?["cancel_after_ms"] is { } after) cancelling.CancelAfter(after.GetValue<int>());
        var id = Argument(request["input"]!["backup_id"]!);
        await client.Value.Backups.DeleteAsync(id!, cancellationToken: cancelling.Token);
        return new JsonObject
        {
            ["outcome"] = "returned",
            ["returned"] = new JsonObject { ["type"] = "void", ["json"] = null },
        };
    }
    catch (Exception thrown)
    {
        return new JsonObject { ["outcome"] = "raised", ["raised"] = Raised(thrown) };
    }
}

JsonObject With(JsonObject outcome, JsonObject other)
{
    outcome["also"] = new JsonArray(other);
    return outcome;
}

// The outcome of the call that the line is about, and that of the other beside it.
async Task<JsonObject> Outcomes(JsonObject request)
{
    var client = new Lazy<PineconeClient>(() => Open(request));
    if (request["client"]?["second_client"] is JsonObject second)
    {
        var other = request.DeepClone().AsObject();
        foreach (var (name, value) in second) other[name] = value?.DeepClone();
        var both = await Task.WhenAll(Call(client, request), Call(new Lazy<PineconeClient>(() => Open(other)), other));
        return With(both[0], both[1]);
    }
    var first = await Call(client, request);
    return Repeats(request) ? With(await Call(client, request), first) : first;
}

bool Repeats(JsonObject request) => request["client"]?["repeat"] is not null;

JsonObject Unsettled(JsonObject request)
{
    var outcome = new JsonObject { ["outcome"] = "unsettled" };
    var hasOther = Repeats(request) || request["client"]?["second_client"] is not null;
    return hasOther ? With(outcome, new JsonObject { ["outcome"] = "unsettled" }) : outcome;
}

var results = Console.OpenStandardOutput();

void Write(JsonObject line)
{
    Console.Error.Flush();
    results.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
    results.Flush();
}

JsonObject Description() => new()
{
    ["protocol"] = new JsonArray(1, 1.1),
    ["driver"] = "pinecone-csharp",
    ["language"] = "csharp",
    ["runtime"] = RuntimeInformation.FrameworkDescription,
    ["sdk"] = Sdk(),
    ["operations"] = new JsonArray("delete_backup"),
    ["options"] = new JsonArray(
        "timeout_ms", "input_null", "input_utf16", "base_url_forms", "repeat", "second_client", "cancel_after_ms"),
    ["without"] = new JsonObject
    {
        ["input_json"] = "an id is a string: another type does not compile",
        ["headers"] = "the documentation names no option of the client for headers",
    },
    ["exposes"] = new JsonArray("status", "code", "message", "body"),
};

JsonObject? Read(string? line)
{
    try
    {
        var request = JsonNode.Parse(line ?? "")!.AsObject();
        if (request["base_url"]!.GetValue<string>() == "") throw new FormatException("base_url is empty");
        return request;
    }
    catch (Exception thrown)
    {
        Console.Error.WriteLine($"not a request line: {thrown.Message}");
        return null;
    }
}

async Task<JsonObject> Perform(JsonObject request)
{
    var result = new JsonObject
    {
        ["v"] = 1,
        ["case"] = request["case"]!.GetValue<string>(),
        ["nonce"] = request["nonce"]!.GetValue<string>(),
        ["sdk"] = Sdk(),
    };
    if (request["v"]!.GetValue<int>() != 1 || request["operation"]!.GetValue<string>() != "delete_backup")
    {
        result["outcome"] = "unsupported";
        result["elapsed_ms"] = 0;
        return result;
    }
    var watch = Stopwatch.StartNew();
    var call = Outcomes(request);
    var first = await Task.WhenAny(call, Task.Delay(request["deadline_ms"]!.GetValue<int>()));
    var outcome = first == call ? await call : Unsettled(request);
    foreach (var (name, value) in outcome) result[name] = value?.DeepClone();
    result["elapsed_ms"] = watch.ElapsedMilliseconds;
    return result;
}

// Whatever the SDK prints to the standard output goes to the standard error: only result lines may stand there.
Console.SetOut(Console.Error);
if (args is ["--describe"])
{
    Write(Description());
    return 0;
}
var serves = args is ["--serve"];
if (serves) Write(new JsonObject { ["v"] = 1.1, ["ready"] = true });
do
{
    var line = Console.In.ReadLine();
    if (line is null && serves) break;
    if (Read(line) is not { } request) return 64;
    Write(await Perform(request));
} while (serves);
// Not left to the last thread: a call that never ends would hold the process.
Environment.Exit(0);
return 0;
